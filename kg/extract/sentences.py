"""One item's sentences, read from left to right: each figure by its subject and its words."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.extract.amounts import money_of
from kg.extract.breakdowns import Breakdown, next_part
from kg.extract.claims import Figure, Said, claim
from kg.extract.numbers import decimal
from kg.extract.phrases import Scanner, Token, phrases
from kg.extract.reasons import explained, figures_of
from kg.extract.references import Classifier, Reference, references
from kg.extract.subjects import Subjects
from kg.facts import Change, ChangeBase, Dimensions, Explanation, Fact, Statement
from kg.outline import Stream

#: Facts, and at last the position to read on at.
Reading = Generator[Fact, None, int]

FIGURE = re.compile(r"\d(?:[亿万]?元|%)")
MARKED = re.compile(r"[类款]|项[级)]|\(2\d\d")
#: Where an aside or a reason may end before its sentence does: if a subject stands behind. The
#: comma within 1,106.86 is none.
BREAK = re.compile(r";(?:其中:?|开支|列支)?|(?:(?<!\d),|,(?!\d{3}(?!\d)))(?:其中:?)?")
#: What no name of a part begins with.
NAMELESS = ("subject", "phase", "completion", "comparison", "share")
#: How deep lists stand in lists.
DEPTH = 4
#: No more subjects than these are told of respectively.
IN_A_ROW = 8
#: What a clause of its own may begin behind.
CLAUSES = ("money", "percent", "reason", "aside", "end")
#: A sentence longer than a title without any of these tells nothing.
TITLE_LENGTH = 30
TELLING = re.compile(
    r"[\d零一二两三四五六七八九十百千](?:[亿万]?元|[亿万]?[,;。、)])|%|原因|主要|其中|[类款项]级?\)"
)
#: The clause that a reason stands in, and how long it may be.
CLAUSE = re.compile(r"[^,;。:]{0,40}$")
LEAD_LENGTH = 40
#: What stands for each character of a remark while a sentence is read.
BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass
class Item:
    """One item of a list, read from left to right.

    `lists` are the breakdowns that are open, the innermost last; `above` is the class that the
    section spoke of last. `marked` are the 科目 with marks and `remarks` the remarks still to come,
    `ahead` the phrase found last and where it begins. `previous` is the token before the next,
    `told_to` where the last figure ends, `joined_at` where the first of joint subjects does;
    `shared` are those whose figures, told respectively, are still to come. `recent` are the figures
    that a reason would be given for, `before` those of the section so far, `is_explained` if one
    was; `named_at` is where the sentence has named its last subject; `amounts` are all of the item's;
    `divided` is the figure whose parts are told, where that is none of the year's accounts.
    """

    stream: Stream
    text: str
    scanner: Scanner
    classifier: Classifier
    subjects: Subjects = field(default_factory=Subjects)
    lists: list[Breakdown] = field(default_factory=list)
    above: tuple[str | None, ...] = ()
    start: int = 0
    end: int = 0
    year_named: int | None = None
    comparison: ChangeBase | None = None
    previous: Token | None = None
    told_to: int = 0
    joined_at: int = 0
    shared: deque[Said] = field(default_factory=deque)
    recent: list[Figure] = field(default_factory=list)
    before: list[Figure] = field(default_factory=list)
    named_at: int = -1
    is_explained: bool = False
    amounts: dict[Dimensions, Decimal] = field(default_factory=dict)
    marked: deque[Reference] = field(default_factory=deque)
    ahead: tuple[int, Token | None] | None = None
    mark_starts: list[int] = field(default_factory=list)
    remarks: deque[re.Match[str]] = field(default_factory=deque)
    divided: Dimensions | None = None

    def read(self, start: int, end: int, mark: str | None) -> Iterator[Fact]:
        """The facts of `text[start:end]`, which stood behind a mark of some style."""
        self.start = self.told_to = start
        self.end = end
        if MARKED.search(self.text, start, end):
            self.marked.extend(references(self.text, start, end, self.classifier.year))
            self.mark_starts = [reference.start for reference in self.marked]
        position = yield from self._opening(start, end, mark)
        while token := self._next(position, end):
            position = yield from self._read(token, end)

    def _next(self, position: int, end: int) -> Token | None:
        """The next token: a phrase, a 科目 by its marks, or a remark with figures."""
        while self.marked and self.marked[0].start < position:
            self.marked.popleft()
        while self.remarks and self.remarks[0].start() < position:
            self.remarks.popleft()
        token = self._phrase(position, end)
        if self.remarks and self.remarks[0].start() < (token.start if token else end):
            remark = self.remarks.popleft()
            return Token("remark", *remark.span(), remark, {})
        if self.marked and (token is None or self.marked[0].start <= token.start):
            return self._reference(self.marked.popleft())
        return token

    def _phrase(self, position: int, end: int) -> Token | None:
        """The next phrase; one that was found before and passed over isn't looked for again."""
        if self.ahead is None or self.ahead[0] < position:
            token = self.scanner.next(self.text, position, end)
            self.ahead = (token.start if token else end, token)
        return self.ahead[1]

    def _reference(self, reference: Reference) -> Token:
        entry = {"reference": reference}
        return Token("function", reference.start, reference.end, reference.match, entry)

    def _read(self, token: Token, end: int) -> Reading:
        """The facts of one token; where to read on."""
        position = token.end
        match token.kind:
            case "subject" | "function":
                self._turn_to(token)
                return position
            case "phase" | "completion":
                self._resume(token)
            case "comparison":
                self.comparison = token.entry["base"]
                self.subjects.compare(self.comparison or "prior-year")
            case "rise" | "fall":
                self.subjects.compare(self.comparison or "prior-year")
            case "opener":
                return (yield from self._list(token, end))
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
                position = self._break(token.end, end)
                yield from self._reason(token, position)
            case "aside":
                is_apposition = token.match["apposition"] is not None
                position = self._break(token.end, end, at_commas=is_apposition)
            case "end":
                self._end_sentence()
        self.previous = token
        if token.kind in CLAUSES:
            position = yield from self._clause(position, end)
        return self._next_telling(position, end) if token.kind == "end" else position

    def _clause(self, position: int, end: int) -> Reading:
        """What may stand where a clause begins: parts of a list, or a 科目 without marks."""
        start = yield from self._parts(position, end)
        if start > position or self.scanner.place not in phrases().by_function:
            return start
        before = self.text[position : position + 1]
        behind = position + (before in (";", ",", "、"))
        reference = self._heading(behind, end)
        begins = before == ";" or (self.previous and self.previous.kind == "end")
        if reference and (begins or (behind > position and reference.code)):
            return (yield from self._head(reference, end))
        return position

    def _heading(self, start: int, end: int) -> Reference | None:
        """The 科目 without marks that stands at a position, in sections that have such."""
        if self.scanner.place not in phrases().by_function:
            return None
        reference = self.classifier.heading(self.text, start, end)
        is_marked = reference is not None and self._is_marked(start, reference.end)
        return None if is_marked else reference

    def _is_marked(self, start: int, end: int) -> bool:
        """Whether a 科目 with marks begins in `text[start:end]`."""
        first = bisect_left(self.mark_starts, start)
        return first < len(self.mark_starts) and self.mark_starts[first] < end

    def _head(self, reference: Reference, end: int) -> Reading:
        token = self._reference(reference)
        self._turn_to(token)
        return (yield from self._list(token, end)) if reference.within else reference.end

    def _next_telling(self, position: int, end: int) -> int:
        """Where the next sentence begins that may tell something, or the end of one before it."""
        match = phrases().words["end"].search(self.text, position, end)
        stop = match.start() if match else end
        is_short = stop - position <= TITLE_LENGTH
        return position if is_short or TELLING.search(self.text, position, stop) else stop

    def _remark(self, token: Token) -> Iterator[Fact]:
        """A remark goes on about the subject before it, and turns its sentence to no other."""
        subjects = self.subjects.copy()
        comparison, year = self.comparison, self.year_named
        inner = Item(self.stream, self.stream.text, self.scanner, self.classifier, subjects)
        inner.comparison, inner.year_named = comparison, year
        inner.divided, inner.amounts = self._figure_before(token), self.amounts
        yield from inner.read(token.start + 1, token.end - 1, None)
        self.recent += inner.recent
        self.before += inner.before

    def _break(self, start: int, end: int, *, at_commas: bool = False) -> int:
        """Where an aside or a reason ends: with its sentence, or before a subject of its own.

        Behind a comma that subject may be of the aside itself, if it isn't over `at_commas`.
        """
        match = phrases().words["end"].search(self.text, start, end)
        stop = match.start() if match else end
        figure = FIGURE.search(self.text, start, stop)
        # what stands behind a figure of the reason's own may be of the reason as well
        for found in BREAK.finditer(self.text, start, figure.start() if figure else stop):
            goes_on = found[0] == "," and not at_commas
            tells = self._compares_anew if goes_on else self._tells_anew
            if tells(found.end(), stop) or self._explains_anew(found.end(), stop):
                return found.start()
        return stop

    def _explains_anew(self, start: int, end: int) -> bool:
        """Whether a clause begins with what another reason is for: 比上年增加的原因是."""
        return phrases().words["lead"].match(self.text, start, end) is not None

    def _tells_anew(self, start: int, end: int) -> bool:
        return self._tells(start, end) or self._compares_anew(start, end)

    def _tells(self, start: int, end: int) -> bool:
        """Whether a clause tells a figure of a subject that it begins with."""
        if self._part_at(start, end):
            return True
        following = BREAK.search(self.text, start, end)
        stop = following.start() if following else end
        if not FIGURE.search(self.text, start, stop):
            return False
        return self._names_subject(start, end) or self._heading(start, end) is not None

    def _compares_anew(self, start: int, end: int) -> bool:
        """Whether a clause tells a change against what hasn't been compared with yet."""
        token = self.scanner.at(self.text, start, end)
        if token is None or token.kind != "comparison":
            return False
        base = token.entry["base"]
        known = any(isinstance(f, Change) and f.base == base for f in self.recent)
        following = self.scanner.next(self.text, token.end, end)
        if following and following.kind == "subject":  # 与上年相比，收、支总计各减少…
            following = self.scanner.next(self.text, following.end, end)
        moves = following is not None and following.kind in ("rise", "fall")
        return moves and not known and base != self.comparison

    def _names_subject(self, position: int, end: int) -> bool:
        token = self.scanner.at(self.text, position, end)
        if token and token.kind == "subject":
            return True
        return self._is_marked(position, position + 1)

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
        if entry.get("refines") and self.subjects.head:
            given["function"] = self.subjects.head.function
        self.subjects.name(self._dimensions(token, **given), joins=joins, passing=passing)

    def _is_whole(self, token: Token) -> bool:
        """Whether a subject isn't the end of a longer name, which would be another subject."""
        if not token.entry.get("stands_alone") or token.start == self.start:
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
            self.recent.clear()  # a reason that follows is for a figure that we don't know
            if token.kind == "money":
                self.subjects.lose()  # and so is what is said of it

    def _is_other(self, token: Token) -> bool:
        """Whether a number without its sign is no percentage: the words before tell of none."""
        is_bare = not token.match[0].endswith("%")
        return is_bare and not phrases().words["filler"].fullmatch(self._gap(token))

    def _told(self, figure: Figure, subject: Dimensions) -> Figure:
        self.subjects.tell(subject, figure.base if isinstance(figure, Change) else None)
        if self.is_explained:
            self.recent.clear()
            self.is_explained = False
        self.recent.append(figure)
        self.before.append(figure)
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
            following = self.scanner.at(self.text, joint.end(), self.end) if joint else None
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

    def _opening(self, start: int, end: int, mark: str | None) -> Reading:
        """What an item begins with: the next part of a numbered list, or a bare 科目."""
        position = start
        if self.lists:
            listed = self.lists[0]
            if listed.mark in (None, mark):
                listed.mark = mark
                position = yield from self._parts(start, end, opens=True)
            if position == start:
                self.lists.clear()
        if position == start and (reference := self._heading(start, end)):
            position = yield from self._head(reference, end)
        return position

    def _figure_before(self, token: Token) -> Dimensions | None:
        """Whose figure stands right before a token: what that opens is about the figure."""
        last = self.recent[-1] if self.recent else None
        follows = self.previous is not None and self.previous.kind == "money"
        is_next = follows and phrases().words["goes_on"].fullmatch(self._gap(token)) is not None
        return last.dimensions if is_next and isinstance(last, Statement) else None

    def _list(self, token: Token, end: int) -> Reading:
        """A list of the parts of the current subject, where one follows."""
        self.subjects.resume()
        of, before = self.subjects.current, list(self.lists)
        if token.match[0].startswith("其中"):
            self.subjects.whole = self.subjects.whole or of
            self.divided = of = self._figure_before(token) or self.divided or of
        position = token.end
        if of is not None and len(self.lists) < DEPTH:
            numbered = token.end == end
            self.lists.append(Breakdown(of, self.amounts.get(of), numbered))
            position = yield from self._parts(token.end, end)
            if position > token.end or numbered or self._names_subject(token.end, end):
                return position
        position = self._aside(token, end)
        self.lists, self.previous = before, token
        return position

    def _aside(self, token: Token, end: int) -> int:
        """Where to read on behind an opener without parts: some tell what the money was for."""
        is_purpose = phrases().words["purpose"].fullmatch(token.match[0]) is not None
        return self._break(token.end, end) if is_purpose else token.end

    def _parts(self, position: int, end: int, *, opens: bool = False) -> Reading:
        """The parts of the open lists that stand one behind the other from a position on."""
        while self.lists and (opens or not self.lists[-1].numbered):
            match = self._part_at(position, end)
            if match is None:
                break
            money, name = money_of(self.stream, match), self._name(match)
            of = next_part(self.lists, name, money.amount, self.classifier)
            if of is None:
                break
            if of.part == name:
                stop = match.end("name")
                of = dataclasses.replace(of, part=self.stream.printed(stop - len(name), stop))
            self.subjects.name(of)
            self.recent.clear()
            yield self._told(Statement(of, money), of)
            position, opens = match.end(), False
            self.previous = Token("money", match.start("amount"), position, match, {})
        return position

    def _part_at(self, position: int, end: int) -> re.Match[str] | None:
        """The part that stands at a position: a name of no known subject, and its amount."""
        match = phrases().part.match(self.text, position, end) if self.lists else None
        if match is None or phrases().words["no_name"].search(self._name(match)):
            return None
        token = self.scanner.at(self.text, match.start("name"), end)
        if token and token.kind == "opener":  # 公用经费5万元，主要用于办公费: another list
            return None
        if self.lists[-1].is_known(self._name(match)):
            return match
        is_marked = self._is_marked(match.start("name"), match.start("name") + 1)
        return None if is_marked or (token and token.kind in NAMELESS) else match

    def _name(self, part: re.Match[str]) -> str:
        """A part's name, with its remarks."""
        name = self.stream.text[slice(*part.span("name"))]
        lead = phrases().words["before_name"].match(name)
        return name[lead.end() :] if lead else name

    # --- reasons

    def _reason(self, token: Token, end: int) -> Iterator[Explanation]:
        lead = self._lead(token)
        if self.is_explained and lead is None:
            self.recent.clear()
        named, is_weak = self.subjects.current, token.match["weak"] is not None
        recent = self.recent
        if named and self.named_at >= self.told_to:  # the reason names what it is for
            recent = figures_of(named, recent) or figures_of(named, self.before)
        facts = explained(recent, named, against=lead, is_weak=is_weak)
        self.is_explained, start = True, token.end
        text = self.stream.printed(start, end) if start < end else ""
        if facts and text.strip(":：,，。;；"):
            passage = self.stream.passage(start, end)
            yield Explanation(text.lstrip(":："), facts, self.scanner.place, passage)

    def _lead(self, token: Token) -> str | None:
        """What a reason says that it is for: how the accounts differ from budget or last year's."""
        before = CLAUSE.search(self.text, max(self.start, token.start - LEAD_LENGTH), token.start)
        start = before.start() if before else token.start
        lead = phrases().words["lead"].match(self.text, start, token.end)
        return lead.lastgroup if lead else None
