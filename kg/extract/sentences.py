"""One item's sentences, read from left to right: each figure by its subject and its words."""

from __future__ import annotations

import dataclasses
import re
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from kg.extract.amounts import money_of
from kg.extract.asides import FIGURE, Aside
from kg.extract.breakdowns import Breakdown, name_of, next_part, part_at
from kg.extract.claims import Figure, claim
from kg.extract.context import Context
from kg.extract.functions import DIGITS, functions_named
from kg.extract.phrases import Token, phrases
from kg.extract.reasons import Reasons
from kg.extract.references import Reference
from kg.extract.said import lead_to, said_of
from kg.extract.tokens import token_of
from kg.facts import (
    Change,
    ChangeBase,
    Dimensions,
    Explanation,
    Fact,
    Statement,
    Use,
    UseKind,
)
from kg.outline import Stream

#: Facts, and at last the position to read on at.
Reading = Generator[Fact, None, int]

#: How deep lists stand in lists.
DEPTH = 4
#: What a clause of its own may begin behind.
CLAUSES = ("money", "percent", "reason", "aside", "end")
#: How far before a movement a number of things may stand that moved.
COUNTED = 12
#: What may tell its amount before its percentage: 完成年初预算80万元的95%, 占本年支出80万元的5%.
OF_AMOUNTS = ("completion", "share")
#: Parts with one of these between them stand in no row.
APART = re.compile("[;。]")
#: A shorter text tells no use of money.
USE_LENGTH = 3


@dataclass
class Item:
    """One item of a list, read from left to right.

    `lists` are the breakdowns that are open, the innermost last; `context` is what has been said,
    `reasons` has what a reason would be given for; `amounts` are all of the item's; `row` are the
    parts that stand one behind the other, and of none of which it was said what it brought about.
    """

    stream: Stream
    context: Context
    reasons: Reasons = field(default_factory=Reasons)
    lists: list[Breakdown] = field(default_factory=list)
    amounts: dict[Dimensions, Decimal] = field(default_factory=dict)
    row: list[Statement] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tokens, self.subjects = self.context.tokens, self.context.subjects
        self.text, self.scanner = self.tokens.text, self.tokens.scanner

    def read(self, mark: str | None = None) -> Iterator[Fact]:
        """The facts of the item, which stood behind a mark of some style."""
        position = yield from self._opening(mark)
        while token := self.tokens.next(position):
            position = yield from self._read(token)

    def _read(self, token: Token) -> Reading:
        """The facts of one token; where to read on."""
        position = token.end
        match token.kind:
            case "subject" | "function":
                self._turn_to(token)
                return position
            case "phase" | "completion":
                self.context.resume(token)
            case "comparison" | "rise" | "fall":
                token = self.context.compare(token)
            case "opener":
                return (yield from self._list(token))
            case "remark":
                yield from self._remark(token)
                return position
            case "percent" if self._is_other(token):
                return position
            case "money" | "percent":
                yield from self._figure(token)
                previous = self.context.previous
                if token.kind == "money" and previous and previous.kind in OF_AMOUNTS:
                    token = dataclasses.replace(previous, end=token.end)
            case "reason":
                position = self._aside(token.end).end()
                yield from self._reason(token, position)
            case "aside" if not self.tokens.is_marked(position, position + 1):
                is_apposition = token.match["apposition"] is not None
                aside = self._aside(token.end, at_commas=is_apposition)
                position = aside.end_of_outcome() if self._goes_on(token) else aside.end()
                yield from self._use(token, position)
            case "end":
                self._end_sentence()
        self.context.previous = token
        if token.kind in CLAUSES:
            position = yield from self._clause(position)
        return self.tokens.next_telling(position) if token.kind == "end" else position

    def _clause(self, position: int) -> Reading:
        """What may stand where a clause begins: parts of a list, or a 科目 without marks."""
        start = yield from self._parts(position)
        if start > position:
            return start
        before = self.text[position : position + 1]
        behind = position + (before in (";", ",", "、"))
        begins = before == ";" or self.context.is_behind("end")
        if begins or behind > position:
            reference = self.tokens.heading(behind)
            if reference and (begins or reference.code):
                return (yield from self._head(reference))
        return position

    def _head(self, reference: Reference) -> Reading:
        token = token_of(reference)
        self._turn_to(token)
        return (yield from self._list(token)) if reference.within else reference.end

    def _turn_to(self, token: Token) -> None:
        """A subject, for what follows; lists within a 科目 are over with it."""
        self.context.turn_to(token)
        if token.kind == "function":
            self.lists = [breakdown for breakdown in self.lists if not breakdown.of.function]

    def _end_sentence(self) -> None:
        self.context.end_sentence()
        self.lists = [breakdown for breakdown in self.lists if breakdown.lasts()]

    def _remark(self, token: Token) -> Iterator[Fact]:
        """A remark goes on about the subject before it, and turns its sentence to no other."""
        tokens = dataclasses.replace(
            self.tokens,
            text=self.stream.text,
            start=token.start + 1,
            end=token.end - 1,
            remarks=deque(),
        )
        context = self.context.remark(tokens, self._figure_before(token))
        gives_reason = FIGURE.search(token.match[0]) is None
        reasons = self.reasons if gives_reason else self.reasons.beside()
        inner = Item(self.stream, context, reasons, amounts=self.amounts)
        yield from inner.read()
        if not gives_reason:
            self.reasons.recent += reasons.recent

    def _aside(self, start: int, *, at_commas: bool = False) -> Aside:
        """An aside or a reason that begins at a position."""
        return Aside(self.tokens, start, self._starts_part, self._is_told, at_commas)

    def _goes_on(self, token: Token) -> bool:
        """Whether an aside tells what the money of a project or of a 科目 brought about."""
        of = self.subjects.current
        is_of_one = of is not None and (of.part is not None or of.function is not None)
        return is_of_one and phrases().words["outcome"].fullmatch(token.match[0]) is not None

    def _starts_part(self, position: int) -> bool:
        if self.lists and self.lists[-1].numbered:
            return False  # its parts stand at the head of items alone
        return part_at(self.stream, self.tokens, self.lists, position) is not None

    def _is_told(self, base: ChangeBase | None) -> bool:
        return base == self.context.comparison or self.reasons.compares(base)

    # --- figures

    def _figure(self, token: Token) -> Iterator[Figure]:
        """What a figure states, of each subject that it is told of."""
        claimed = False
        if self.context.comparison is None and self._is_left_of_budget(token):
            self.context.comparison = self.context.budget
        every = list(said_of(self.context, token))
        self.context.told_to = token.end
        if self.context.is_behind("difference"):
            return  # 差值为0.9万元 doesn't say which way or whose, and the sentence goes on
        for said in every:
            if figure := claim(self.stream, self.scanner, said, token):
                claimed = True
                yield self._told(figure, said.subject)
        if not claimed:
            self.reasons.recent.clear()  # a reason that follows is for one that we don't know
            if token.kind == "money":
                self.subjects.lose()  # and so is what is said of it

    def _is_left_of_budget(self, token: Token) -> bool:
        """Whether an amount is by how much the accounts differ from the budget just told."""
        subject, budget = self.subjects.current, self.context.budget
        if subject is None or budget is None or token.kind != "money":
            return False
        final = self.amounts.get(dataclasses.replace(subject, phase="final"))
        planned = self.amounts.get(dataclasses.replace(subject, phase=budget))
        if final is None or planned is None:
            return False
        return abs(final - planned) == money_of(self.stream, token.match).amount

    def _is_other(self, token: Token) -> bool:
        """Whether a percentage is of what was counted, or a number without its sign is none."""
        words, cue = phrases().words, self.context.previous
        if cue and cue.kind in ("rise", "fall"):  # 较上年减少119批次,下降20%
            before = max(self.tokens.start, cue.start - COUNTED)
            if words["counted"].search(self.text, before, cue.start):
                return True
        is_bare = not token.match[0].endswith("%")
        return is_bare and not words["filler"].fullmatch(self.context.gap(token))

    def _told(self, figure: Figure, subject: Dimensions) -> Figure:
        self.subjects.tell(subject, figure.base if isinstance(figure, Change) else None)
        self.reasons.tell(figure)
        if isinstance(figure, Statement):
            self.amounts[figure.dimensions] = figure.money.amount
        return figure

    # --- lists

    def _opening(self, mark: str | None) -> Reading:
        """What an item begins with: the next part of a numbered list, or a bare 科目."""
        start = position = self.tokens.start
        if self.lists:
            listed = self.lists[0]
            if listed.mark in (None, mark):
                listed.mark = mark
                position = yield from self._parts(start, opens=True)
            if position == start:
                self.lists.clear()
        if position == start and (reference := self.tokens.heading(start)):
            position = yield from self._head(reference)
        return position

    def _figure_before(self, token: Token) -> Dimensions | None:
        """Whose figure stands right before a token: what that opens is about the figure."""
        recent = self.reasons.recent
        last = recent[-1] if recent else None
        follows = self.context.previous is not None and self.context.previous.kind == "money"
        is_next = (
            follows and phrases().words["goes_on"].fullmatch(self.context.gap(token)) is not None
        )
        return last.dimensions if is_next and isinstance(last, Statement) else None

    def _list(self, token: Token) -> Reading:
        """A list of the parts of the current subject, where one follows."""
        self.subjects.resume()
        of, before = self.subjects.current or self.context.of_section(token), list(self.lists)
        if token.match[0].startswith("其中"):
            self.subjects.whole = self.subjects.whole or of
            self.context.divided = of = self._figure_before(token) or self.context.divided or of
        position = token.end
        if of is not None and len(self.lists) < DEPTH:
            numbered = token.end == self.tokens.end
            self.lists.append(Breakdown(of, self.amounts.get(of), numbered))
            position = yield from self._parts(token.end)
            if position > token.end or numbered or self.tokens.names_subject(token.end):
                return position
        is_purpose = phrases().words["purpose"].fullmatch(token.match[0]) is not None
        position = self._aside(token.end).end() if is_purpose else token.end
        yield from self._use(token, position)
        self.lists, self.context.previous = before, token
        return position

    def _use(self, token: Token, end: int) -> Iterator[Use]:
        """What the money told before was for, or what it brought about."""
        kinds: tuple[UseKind, ...] = ("purpose", "outcome")
        words, subject = phrases().words, self.subjects.current
        kind = next((kind for kind in kinds if words[kind].fullmatch(token.match[0])), None)
        if kind is None or subject is None or self.scanner.place not in phrases().with_uses:
            return
        money, start = self._used(subject, kind), token.end
        if kind == "purpose" and (over := words["use_end"].search(self.text, start, end)):
            end = over.start()
        if money and end - start >= USE_LENGTH:
            text, passage = self.stream.printed(start, end), self.stream.passage(start, end)
            code = subject.function.code if subject.function and kind == "purpose" else None
            named = functions_named(text, code) if code and len(code) == DIGITS[0] else ()
            yield Use(kind, text.strip(":：,，"), money, self.scanner.place, passage, named)

    def _used(self, subject: Dimensions, kind: UseKind) -> tuple[Statement, ...]:
        """What money a use is told of: what the parts in a row brought about is of all of them, or
        of the whole that they divide.
        """
        row, self.row = self.row, []
        if kind == "purpose" or len(row) < 2 or row[-1].dimensions != subject:
            return self.reasons.accounts(subject)
        whole = dataclasses.replace(subject, part=subject.within, within=None)
        return (subject.within and self.reasons.accounts(whole)) or tuple(row)

    def _parts(self, position: int, *, opens: bool = False) -> Reading:
        """The parts of the open lists that stand one behind the other from a position on."""
        while self.lists and (opens or not self.lists[-1].numbered):
            match = part_at(self.stream, self.tokens, self.lists, position)
            if match is None:
                break
            money, name = money_of(self.stream, match), name_of(self.stream, match)
            of = next_part(self.lists, name, money.amount, self.tokens.classifier)
            if of is None:
                break
            if of.part == name:
                stop = match.end("name")
                of = dataclasses.replace(of, part=self.stream.printed(stop - len(name), stop))
            self.subjects.name(of)
            self.reasons.recent.clear()
            part = Statement(of, money)
            is_apart = APART.search(self.text, position, match.start("name")) is not None
            if is_apart or (self.row and self.row[-1].dimensions.within != of.within):
                self.row.clear()
            self.row.append(part)
            yield self._told(part, of)
            position, opens = match.end(), False
            self.context.previous = Token("money", match.start("amount"), position, match, {})
        return position

    # --- reasons

    def _reason(self, token: Token, end: int) -> Iterator[Explanation | Use]:
        lead, start = lead_to(self.context, token), token.end
        facts = self.reasons.explain(lead)
        text = self.stream.printed(start, end) if start < end else ""
        if facts and text.strip(":：,，。;；"):
            passage = self.stream.passage(start, end)
            place, said = self.scanner.place, text.lstrip(":：,，")
            yield Explanation(said, facts, place, passage, lead.direction)
        elif lead.is_weak and not facts:  # 占3%,主要是办案经费
            yield from self._use(token, end)
