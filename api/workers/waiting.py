"""Those who wait: each client's questions in their order, and the clients in turn.

So whoever asks a hundred questions at once keeps nobody waiting but themselves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from api.errors import ApiError
from api.workers.hand import Answer, Hand
from api.workers.limits import Visitor, watched


@dataclass(eq=False, slots=True)
class Question:
    """A question on its way: as it is sent to a worker, and who asks it."""

    sent: bytes
    visitor: Visitor
    answered: asyncio.Future[Answer]
    #: When it began to wait, or was given to a worker, by the clock of the event loop.
    since: float
    worker: Hand | None = None
    watch: asyncio.Future[object] | None = None

    def watch_client(self) -> None:
        """From now on a client that leaves ends the question."""
        if self.watch is None:
            self.watch = watched(self.visitor, self.fail)

    def fail(self, error: ApiError) -> None:
        """End it with an error, if it isn't answered yet."""
        if not self.answered.done():
            self.answered.set_exception(error)


class Line:
    """Questions that wait, by client."""

    def __init__(self) -> None:
        self._by_client: dict[str | None, dict[Question, None]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._by_client.values()))

    def __iter__(self) -> Iterator[Question]:
        return (question for own in self._by_client.values() for question in own)

    def put(self, question: Question) -> None:
        """Let a question wait behind those of its client."""
        self._by_client.setdefault(question.visitor.client, {})[question] = None

    def next(self) -> Question | None:
        """Whose turn it is: the first question of the client who has waited longest for a turn."""
        for client, own in self._by_client.items():
            question = next(iter(own))
            self.remove(question)
            if client in self._by_client:  # what else it asks comes after the others'
                self._by_client[client] = self._by_client.pop(client)
            return question
        return None

    def remove(self, question: Question) -> None:
        """Let a question wait no more, if it does."""
        own = self._by_client.get(question.visitor.client, {})
        own.pop(question, None)
        if not own:
            self._by_client.pop(question.visitor.client, None)
