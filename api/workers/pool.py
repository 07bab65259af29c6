"""The server's side: hands questions to free workers, and kills those that go too far.

Nobody knows how long a question will take. So all begin alike, and while others wait, those that
have taken longer than most ever do make way: they go on beside, with what the others leave of the
processors, and as many as there are workers. What finds no place there is begun anew once there is.
"""

from __future__ import annotations

import asyncio
import contextlib
import pickle
from dataclasses import dataclass, field
from typing import Any

from api.errors import FailedQuery, Reason, TookTooLong
from api.workers import wire
from api.workers.body import Body
from api.workers.hand import Hand
from api.workers.limits import NOBODY, PATIENCE, Visitor, overloaded
from api.workers.nursery import Nursery
from api.workers.waiting import Line, Question

#: Who takes longer makes way for who waits, in seconds.
_LONG = 0.25


@dataclass
class Pool:
    """Workers of one release: `size` of them, and at most `queue` questions that wait for one.

    `seconds` is the longest that a question may take; waiting may take as long again.
    """

    nursery: Nursery
    size: int
    queue: int
    seconds: float
    _free: list[Hand] = field(default_factory=list, init=False)
    #: At work, the oldest first: those that began as all do, and those that have made way.
    _working: dict[Question, None] = field(default_factory=dict, init=False)
    _beside: dict[Question, None] = field(default_factory=dict, init=False)
    #: Who waits for a worker, and who has taken long and waits for a place beside.
    _waiting: Line = field(default_factory=Line, init=False)
    _put_off: Line = field(default_factory=Line, init=False)
    _hatching: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _started: bool = field(default=False, init=False)
    _looking: asyncio.TimerHandle | None = field(default=None, init=False)
    #: How many workers were killed.
    killed: int = field(default=0, init=False)

    async def ask(self, method: str, *arguments: Any, visitor: Visitor = NOBODY) -> Body:
        """What a method of the store answers: as it is written by `write`, of others pickled.

        Raises errors of the catalogue.
        """
        loop = asyncio.get_running_loop()
        sent = wire.question(method, arguments)
        question = Question(sent, visitor, loop.create_future(), loop.time())
        self._enter(question)
        if self._looking is None:
            self._looking = loop.call_later(PATIENCE, self._look)
        try:
            answer = await question.answered
        except BaseException as error:
            self._drop(question)
            if isinstance(error, EOFError):
                raise FailedQuery(reason=Reason("gave-up")) from error
            raise
        finally:
            if question.watch is not None:
                question.watch.cancel()
        self._leave(question, answer.last)
        if answer.ending is wire.Ending.ERROR:
            with answer.body as body:
                raise pickle.loads(body.read())
        return answer.body

    async def call(self, method: str, *arguments: Any) -> Any:
        """What a method of the store returns."""
        with await self.ask(method, *arguments) as body:
            return pickle.loads(body.read())

    @property
    def busy(self) -> int:
        """How many workers are at a question."""
        return len(self._working) + len(self._beside)

    @property
    def idle(self) -> int:
        """How many workers have nothing to do."""
        return len(self._free)

    @property
    def waiting(self) -> int:
        """How many questions wait for a worker."""
        return len(self._waiting) + len(self._put_off)

    def close(self) -> None:
        """End all workers that have nothing to do."""
        while self._free:
            self._free.pop().kill()

    def _enter(self, question: Question) -> None:
        """Give a question to a worker, or let it wait; raise `Overloaded` where too many do."""
        if not self._started:
            self._started = True
            for _ in range(self.size):
                self._hatch()
        if self._free:
            self._begin(question, self._free.pop(), self._working)
        # workers that are about to be there don't let anybody wait in the queue
        elif self.waiting < self.queue + len(self._hatching):
            self._waiting.put(question)
        else:
            raise overloaded(self.seconds)

    @staticmethod
    def _begin(question: Question, worker: Hand, among: dict[Question, None]) -> None:
        among[question] = None
        question.worker, question.since = worker, asyncio.get_running_loop().time()
        worker.ask(question.sent, question.answered)

    def _leave(self, question: Question, last: bool) -> None:
        """Take a worker back from a question that it has answered, perhaps as its last."""
        assert question.worker is not None
        if not last and question in self._working:
            del self._working[question]
            self._give(question.worker)
        else:
            self._replace(question)

    def _drop(self, question: Question) -> None:
        """Forget a question that nobody waits for any more; who is at it is killed."""
        self._waiting.remove(question)
        self._put_off.remove(question)
        self.killed += question.worker is not None
        self._replace(question)

    def _replace(self, question: Question) -> None:
        """End the worker of a question, and take in another where one is missed."""
        if question.worker is not None:
            question.worker.kill()
        if question in self._working:
            del self._working[question]
            self._hatch()
        elif question in self._beside:
            del self._beside[question]
            if next_ := self._put_off.next():
                self._beside[next_] = None
                self._hatch(next_)

    def _give(self, worker: Hand) -> None:
        """Let whose turn it is have a worker that is free."""
        while question := self._waiting.next():
            if not question.answered.done():
                self._begin(question, worker, self._working)
                return
        self._free.append(worker)

    def _look(self) -> None:
        """See who has waited too long or taken too long, and whose client may have left."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for questions in (self._working, self._beside, self._waiting, self._put_off):
            for question in questions:
                if now - question.since >= self.seconds:
                    late = TookTooLong(limit=f"{self.seconds:g}")
                    question.fail(late if question.worker else overloaded(self.seconds))
                elif now - question.since >= PATIENCE:
                    question.watch_client()
        self._make_way(now)
        is_needed = self.busy or self.waiting
        self._looking = loop.call_later(PATIENCE, self._look) if is_needed else None

    def _make_way(self, now: float) -> None:
        """Let the oldest questions go on beside, one for each that waits, or put them off."""
        wanted = max(0, len(self._waiting) - len(self._hatching))
        for question in list(self._working)[:wanted]:
            if now - question.since < _LONG or question.answered.done():
                return
            assert question.worker is not None
            del self._working[question]
            if len(self._beside) < self.size:
                self._beside[question] = None
                question.worker.stand_back()
            else:
                question.worker.kill()
                question.worker, question.since = None, now
                self.killed += 1
                self._put_off.put(question)
            self._hatch()

    def _hatch(self, question: Question | None = None) -> None:
        """Take in a new worker, for one question or for any."""
        task = asyncio.ensure_future(self._welcome(question))
        self._hatching.add(task)
        task.add_done_callback(self._hatching.discard)

    async def _welcome(self, question: Question | None) -> None:
        """Put a new worker to work once it has said that it is there."""
        with contextlib.suppress(OSError):  # the nursery is gone
            worker = Hand(self.nursery.hatch(), self._ended)
            try:
                await worker.greeted()
            except BaseException:
                worker.kill()
                raise
            if question is None:
                self._give(worker)
            elif question in self._beside:
                self._begin(question, worker, self._beside)
                worker.stand_back()
            else:
                worker.kill()

    def _ended(self, worker: Hand) -> None:
        """Take in a new worker for one that ended while nobody asked it."""
        if worker in self._free:
            self._free.remove(worker)
            worker.kill()
            self._hatch()
