"""One item's sentences, read from left to right: each figure by its subject and its words."""

from __future__ import annotations

import dataclasses
import re
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.extract.amounts import money_of
from kg.extract.asides import Aside
from kg.extract.breakdowns import Breakdown, name_of, next_part, part_at
from kg.extract.claims import Figure, Said, claim
from kg.extract.numbers import decimal
from kg.extract.phrases import Token, phrases
from kg.extract.reasons import Lead, Reasons
from kg.extract.references import Reference
from kg.extract.subjects import Subjects
from kg.extract.tokens import Tokens, token_of
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
#: No more subjects than these are told of respectively.
IN_A_ROW = 8
#: What a clause of its own may begin behind.
CLAUSES = ("money", "percent", "reason", "aside", "end")
#: The clause that a reason stands in, and how long it may be.
CLAUSE = re.compile(r"[^,;。:]{0,40}$")
LEAD_LENGTH = 40
#: A shorter text tells no use of money.
USE_LENGTH = 3
#: What stands for each character of a remark while a sentence is read.
BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass
class Item:
    """One item of a list, read from left to right.

    `lists` are the breakdowns that are open, the innermost last; `above` is the class that the
    section spoke of last. `previous` is the token before the next, `told_to` where the last figure
    ends, `named_at` where the sentence named its last subject, `joined_at` where the first of joint
    subjects ends; `shared` are those whose figures, told respectively, are still to come. `reasons`
    has what a reason would be given for; `amounts` are all of the item's; `divided` is the figure
    whose parts are told, where that is none of the year's accounts.
    """

    stream: Stream
    tokens: Tokens
    subjects: Subjects = field(default_factory=Subjects)
    reasons: Reasons = field(default_factory=Reasons)
    lists: list[Breakdown] = field(default_factory=list)
    above: tuple[str | None, ...] = ()
    year_named: int | None = None
    comparison: ChangeBase | None = None
    previous: Token | None = None
    told_to: int = 0
    named_at: int = -1
    joined_at: int = 0
    shared: deque[Said] = field(default_factory=deque)
    amounts: dict[Dimensions, Decimal] = field(default_factory=dict)
    divided: Dimensions | None = None

    def __post_init__(self) -> None:
        self.text, self.scanner = self.tokens.text, self.tokens.scanner
        self.classifier = self.tokens.classifier
        self.told_to = self.tokens.start

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
                self._resume(token)
            case "comparison" | "rise" | "fall":
                self.comparison = token.entry.get("base", self.comparison)
                self.subjects.compare(self.comparison or "prior-year")
            case "opener":
                return (yield from self._list(token))
            case "remark":
                yield from self._remark(token)
                return position
            case "percent" if self._is_other(token):
                return position
            case "money" | "percent":
                yield from self._figure(token)
                if token.kind == "money" and self.previous and self.previous.kind == "completion":
                    token = dataclasses.replace(self.previous, end=token.end)  # …80万元的95%
            case "reason":
                position = self._aside_end(token.end)
                yield from self._reason(token, position)
            case "aside":
                is_apposition = token.match["apposition"] is not None
                position = self._aside_end(token.end, at_commas=is_apposition)
                yield from self._use(token, position)
            case "end":
                self._end_sentence()
        self.previous = token
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
        begins = before == ";" or (self.previous and self.previous.kind == "end")
        if begins or behind > position:
            reference = self.tokens.heading(behind)
            if reference and (begins or reference.code):
                return (yield from self._head(reference))
        return position

    def _head(self, reference: Reference) -> Reading:
        token = token_of(reference)
        self._turn_to(token)
        return (yield from self._list(token)) if reference.within else reference.end

    def _remark(self, token: Token) -> Iterator[Fact]:
        """A remark goes on about the subject before it, and turns its sentence to no other."""
        tokens = dataclasses.replace(
            self.tokens,
            text=self.stream.text,
            start=token.start + 1,
            end=token.end - 1,
            remarks=deque(),
        )
        inner = Item(self.stream, tokens, self.subjects.copy(), self.reasons.beside())
        inner.comparison, inner.year_named = self.comparison, self.year_named
        inner.divided, inner.amounts = self._figure_before(token), self.amounts
        yield from inner.read()
        self.reasons.recent += inner.reasons.recent

    def _aside_end(self, start: int, *, at_commas: bool = False) -> int:
        """Where an aside or a reason that begins at a position ends."""
        return Aside(self.tokens, start, self._starts_part, self._is_told, at_commas).end()

    def _starts_part(self, position: int) -> bool:
        return part_at(self.stream, self.tokens, self.lists, position) is not None

    def _is_told(self, base: ChangeBase) -> bool:
        return base == self.comparison or self.reasons.compares(base)

    def _gap(self, token: Token) -> str:
        """What stands between the previous token and this one, without remarks."""
        start = self.previous.end if self.previous else token.start
        return self.text[start : token.start].replace(BLANK, "")

    # --- whose figure

    def _turn_to(self, token: Token) -> None:
        """A subject, for what follows in its sentence."""
        cue = self.previous
        joins = (
            cue is not None
            and cue.kind in ("subject", "function")
            and phrases().words["joins"].fullmatch(self._gap(token)) is not None
        )
        if not joins:
            self.joined_at = token.end
        if token.kind == "function":
            self._function(token, joins)
        else:
            self._subject(token, joins)
        if cue and self._compares(token):
            token = dataclasses.replace(cue, end=token.end)  # 比上年支出80万元 tells last year's
        else:
            self.named_at = token.start
        self.previous = token

    def _compares(self, token: Token) -> bool:
        """Whether a subject is what a comparison right before it compares with: 比上年支出."""
        cue = self.previous
        return cue is not None and cue.kind == "comparison" and cue.end == token.start

    def _subject(self, token: Token, joins: bool) -> None:
        entry = token.entry
        if entry.get("unknown") or not self._is_whole(token):
            self.subjects.lose()
            return
        recalled = self.subjects.last_of_flow.get(entry.get("recalls", ""))
        passing = bool(entry.get("passing"))
        if recalled:
            self.subjects.name(recalled, joins=joins, passing=passing)
            return
        if ";" in self._gap(token):
            self.divided = None
        given = dict(entry["dimensions"])
        if flow := entry.get("recalls"):
            given["flow"] = flow
        if entry.get("refines"):
            given = self._refined(given)
        if entry.get("goes_on") and (fund := self.subjects.fund_told()):
            given["fund"] = fund
        subject, aside = self._dimensions(token, **given), bool(entry.get("aside"))
        self.subjects.name(subject, joins=joins, passing=passing, aside=aside)

    def _refined(self, given: dict[str, Any]) -> dict[str, Any]:
        """Dimensions with those of what they are part of: the item's 科目, what 其中 divides."""
        head, whole = self.subjects.head, self.subjects.whole
        function = {"function": head.function} if head else {}
        nature = {"nature": whole.nature} if whole else {}
        return {**function, **nature, **given}

    def _is_whole(self, token: Token) -> bool:
        """Whether a subject isn't the end of a longer name, which would be another subject."""
        if not token.entry.get("stands_alone") or token.start == self.tokens.start:
            return True
        return phrases().words["alone"].match(self.text, token.start) is not None

    def _function(self, token: Token, joins: bool = False) -> None:
        reference: Reference = token.entry["reference"]
        function = self.classifier.of_reference(reference, self.above)
        if reference.names[0]:
            self.above = reference.names
        dimensions = self._dimensions(token, flow="expenditure", function=function)
        if not joins:
            self.subjects.head = None
        self.lists = [breakdown for breakdown in self.lists if not breakdown.of.function]
        self.subjects.name(dimensions, joins=joins)

    def _dimensions(self, token: Token, **given: Any) -> Dimensions:
        year = self._year_of(token) or self.classifier.year
        return Dimensions(year, self.scanner.place, **{**self.scanner.defaults, **given})

    def _year_of(self, token: Token) -> int | None:
        """The year that stands before a token, or before another one of its sentence."""
        if self._compares(token):
            return None
        before = max(0, token.start - len("2023年度"))
        if match := phrases().year_before.search(self.text, before, token.start):
            self.year_named = int(match["year"] or self.classifier.year - 1)
        return self.year_named

    def _resume(self, token: Token) -> None:
        """A budget, its completion, the accounts: of whom, where the sentence hasn't told."""
        self.divided = None
        alone = self.previous is None or self.previous.kind == "end"
        if token.entry.get("ratio") == "execution" and alone:
            self.subjects.name(self._dimensions(token), passing=True)
        self.subjects.resume()
        if self._compares(token) and token.entry.get("phase", "final") != "final":
            self.comparison = token.entry["phase"]  # 比2023年三公经费年初预算减少…

    def _end_sentence(self) -> None:
        self.subjects.end_sentence()
        self.shared.clear()
        self.lists = [breakdown for breakdown in self.lists if breakdown.lasts()]
        self.year_named = self.comparison = self.divided = None
        self.named_at = -1

    # --- figures

    def _figure(self, token: Token) -> Iterator[Figure]:
        """What a figure states, of each subject that it is told of."""
        claimed = False
        said_of = list(self._said(token))
        self.told_to = token.end
        for said in said_of:
            if figure := claim(self.stream, self.scanner, said, token):
                claimed = True
                yield self._told(figure, said.subject)
        if not claimed:
            self.reasons.recent.clear()  # a reason that follows is for one that we don't know
            if token.kind == "money":
                self.subjects.lose()  # and so is what is said of it

    def _is_other(self, token: Token) -> bool:
        """Whether a number without its sign is no percentage: the words before tell of none."""
        is_bare = not token.match[0].endswith("%")
        return is_bare and not phrases().words["filler"].fullmatch(self._gap(token))

    def _told(self, figure: Figure, subject: Dimensions) -> Figure:
        self.subjects.tell(subject, figure.base if isinstance(figure, Change) else None)
        self.reasons.tell(figure)
        if isinstance(figure, Statement):
            self.amounts[figure.dimensions] = figure.money.amount
        return figure

    def _said(self, token: Token) -> Iterator[Said]:
        """What is said up to a figure, of each subject that it is told of."""
        if self.shared and self._goes_on(token):
            yield self.shared.popleft()
            return
        self.shared.clear()
        cue, subjects = self.previous, self.subjects
        if cue is None:
            return
        between = self.text[self.told_to : token.start]
        respectively = phrases().words["respectively"].search(between)
        if respectively and (count := self._in_a_row(token)) > 1:
            of = subjects.respective(count)
            self.shared.extend(self._said_of(subject, cue, self._gap(token)) for subject in of)
            if self.shared:
                yield self.shared.popleft()
        elif subjects.current:
            yield self._said_of(subjects.current, cue, self._gap(token))
        elif self._is_of_each(token):
            for subject in subjects.joint:
                yield self._said_of(subject, cue, self._gap(token))

    def _is_of_each(self, token: Token) -> bool:
        """Whether a figure is of each of the joint subjects: 均为5万元; and so is nothing."""
        said = phrases().words["each"].search(self.text, self.joined_at, token.start)
        return said is not None or not decimal(token.match["amount"] or token.match["percent"])

    def _in_a_row(self, token: Token) -> int:
        """How many figures of its kind follow on each other, this one the first."""
        count, position = 1, token.end
        while count <= IN_A_ROW:
            joint = phrases().words["next_figure"].match(self.text, position)
            following = self.tokens.at(joint.end()) if joint else None
            if following is None or following.kind != token.kind:
                break
            count, position = count + 1, following.end
        return count

    def _said_of(self, subject: Dimensions, cue: Token, gap: str) -> Said:
        told = self._year_of(cue) if cue.kind in ("subject", "function", "phase") else None
        year = told or subject.fiscal_year
        if cue.kind in ("rise", "fall"):  # what moved is the year's, 2022年80万元，增加5万元
            subject = dataclasses.replace(subject, fiscal_year=self.classifier.year)
        elif self.divided and cue.kind in ("subject", "function"):
            of = self.divided  # 年初预算5万元，其中:基本支出3万元 tells the budget's
            subject = dataclasses.replace(subject, phase=of.phase, fiscal_year=of.fiscal_year)
        return Said(subject, cue, gap, year, self.comparison or "prior-year")

    def _goes_on(self, token: Token) -> bool:
        """Whether a figure follows on that of another subject: A、B分别为5万元、6万元."""
        kinds = ("money", "percent")
        follows = self.previous is not None and self.previous.kind == token.kind
        next_figure = phrases().words["next_figure"]
        return follows and token.kind in kinds and bool(next_figure.fullmatch(self._gap(token)))

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
        follows = self.previous is not None and self.previous.kind == "money"
        is_next = follows and phrases().words["goes_on"].fullmatch(self._gap(token)) is not None
        return last.dimensions if is_next and isinstance(last, Statement) else None

    def _list(self, token: Token) -> Reading:
        """A list of the parts of the current subject, where one follows."""
        self.subjects.resume()
        of, before = self.subjects.current, list(self.lists)
        if token.match[0].startswith("其中"):
            self.subjects.whole = self.subjects.whole or of
            self.divided = of = self._figure_before(token) or self.divided or of
        position = token.end
        if of is not None and len(self.lists) < DEPTH:
            numbered = token.end == self.tokens.end
            self.lists.append(Breakdown(of, self.amounts.get(of), numbered))
            position = yield from self._parts(token.end)
            if position > token.end or numbered or self.tokens.names_subject(token.end):
                return position
        is_purpose = phrases().words["purpose"].fullmatch(token.match[0]) is not None
        position = self._aside_end(token.end) if is_purpose else token.end
        yield from self._use(token, position)
        self.lists, self.previous = before, token
        return position

    def _use(self, token: Token, end: int) -> Iterator[Use]:
        """What the money told before was for, or what it brought about."""
        kinds: tuple[UseKind, ...] = ("purpose", "outcome")
        words, subject = phrases().words, self.subjects.current
        kind = next((kind for kind in kinds if words[kind].fullmatch(token.match[0])), None)
        if kind is None or subject is None or self.scanner.place not in phrases().with_uses:
            return
        money, start = self.reasons.accounts(subject), token.end
        if over := words["use_end"].search(self.text, start, end):
            end = over.start()
        if money and end - start >= USE_LENGTH:
            text, passage = self.stream.printed(start, end), self.stream.passage(start, end)
            yield Use(kind, text.strip(":：,，"), money, self.scanner.place, passage)

    def _parts(self, position: int, *, opens: bool = False) -> Reading:
        """The parts of the open lists that stand one behind the other from a position on."""
        while self.lists and (opens or not self.lists[-1].numbered):
            match = part_at(self.stream, self.tokens, self.lists, position)
            if match is None:
                break
            money, name = money_of(self.stream, match), name_of(self.stream, match)
            of = next_part(self.lists, name, money.amount, self.classifier)
            if of is None:
                break
            if of.part == name:
                stop = match.end("name")
                of = dataclasses.replace(of, part=self.stream.printed(stop - len(name), stop))
            self.subjects.name(of)
            self.reasons.recent.clear()
            yield self._told(Statement(of, money), of)
            position, opens = match.end(), False
            self.previous = Token("money", match.start("amount"), position, match, {})
        return position

    # --- reasons

    def _reason(self, token: Token, end: int) -> Iterator[Explanation]:
        facts, start = self.reasons.explain(self._lead(token)), token.end
        text = self.stream.printed(start, end) if start < end else ""
        if facts and text.strip(":：,，。;；"):
            passage = self.stream.passage(start, end)
            yield Explanation(text.lstrip(":："), facts, self.scanner.place, passage)

    def _lead(self, token: Token) -> Lead:
        """What leads to a reason."""
        first = max(self.tokens.start, token.start - LEAD_LENGTH)
        before = CLAUSE.search(self.text, first, token.start)
        start = before.start() if before else token.start
        lead = phrases().words["lead"].match(self.text, start, token.end)
        begins = self.previous is not None and self.previous.kind == "end"
        return Lead(
            self.subjects.current,
            is_named=self.named_at >= self.told_to,
            head=self.subjects.head if begins else None,
            against=lead.lastgroup if lead else None,
            is_weak=token.match["weak"] is not None,
        )
