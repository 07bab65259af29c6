"""The explanation's sentences to facts: each figure gets the subject and the words it stands by."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.extract.claims import Figure, Said, claim
from kg.extract.functions import function_of_path, path_of
from kg.extract.phrases import Scanner, Token, phrases
from kg.facts import Change, ChangeBase, Dimensions, Explanation, Fact, Statement
from kg.outline import Section, Stream

#: What opens an item of a list, where a line begins.
ITEM = re.compile(
    r"[-•]{0,8}(?:\d{1,2}(?:、|\.(?!\d))|\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|[①-⑳])"
)
#: A remark in brackets speaks of other figures than the sentence around it; (类) is none.
REMARK = re.compile(r"\([^()]{5,200}\)")
FIGURE_OR_WORDS = re.compile(r"\d(?:[亿万]?元|%)|^\D*$")
SEMICOLON = re.compile(";")
#: What stands for each character of a remark while a sentence is read.
BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"


def read_prose(stream: Stream, section: Section, year: int) -> Iterator[Fact]:
    """The facts of one section's text, in reading order."""
    scanner = phrases().scanners[section.place]
    body = REMARK.sub(_blank, stream.text[section.start : section.end])
    text = stream.text[: section.start] + body
    for start, end in _items(stream, section):
        yield from _Item(stream, text, scanner, year).read(start, end)


def _blank(remark: re.Match[str]) -> str:
    return BLANK * len(remark[0]) if FIGURE_OR_WORDS.search(remark[0]) else remark[0]


def _items(stream: Stream, section: Section) -> Iterator[tuple[int, int]]:
    """The items of a section's lists, each without its mark, and what stands before the first."""
    start = section.start
    for position in stream.line_starts_between(section.start, section.end):
        if match := ITEM.match(stream.text, position, section.end):
            yield start, position
            start = match.end()
    yield start, section.end


@dataclass
class _Item:
    """One item of a list, read from left to right.

    `subject` is whose figure comes next, None where that isn't known; `head` is the item's first
    subject, which a sentence goes on about that names none; `named` counts the subjects of the
    sentence, `named_before` those of the last one that had any; `listing` is what the classes of a
    list are classes of; `recent` are the figures that a reason would be given for.
    """

    stream: Stream
    text: str
    scanner: Scanner
    year: int
    start: int = 0
    subject: Dimensions | None = None
    head: Dimensions | None = None
    listing: Dimensions | None = None
    named: int = 0
    named_before: int = 0
    year_named: int | None = None
    comparison: ChangeBase | None = None
    previous: Token | None = None
    recent: list[Figure] = field(default_factory=list)

    def read(self, start: int, end: int) -> Iterator[Fact]:
        """The facts of `text[start:end]`."""
        self.start = position = start
        while token := self.scanner.next(self.text, position, end):
            position = token.end
            match token.kind:
                case "subject" | "function" | "class":
                    self._turn_to(token)
                    continue
                case "phase" | "completion":
                    self._resume()
                case "comparison":
                    self._compare(token)
                case "money" | "percent":
                    yield from self._figure(token)
                case "reason":
                    position = self._sentence_end(token.end, end)
                    yield from self._reason(token.end, position)
                case "aside":
                    position = self._aside_end(token.end, end)
                case "end":
                    self._end_sentence()
            self.previous = token

    def _aside_end(self, start: int, end: int) -> int:
        """An aside reaches to its sentence's end, or to a semicolon with a subject behind it."""
        stop = self._sentence_end(start, end)
        for semicolon in SEMICOLON.finditer(self.text, start, stop):
            token = self.scanner.at(self.text, semicolon.end(), stop)
            if token and token.kind in ("subject", "function"):
                return token.start
        return stop

    def _sentence_end(self, start: int, end: int) -> int:
        match = phrases().end.search(self.text, start, end)
        return match.start() if match else end

    def _gap(self, token: Token) -> str:
        """What stands between the previous token and this one, without remarks."""
        start = self.previous.end if self.previous else token.start
        return self.text[start : token.start].replace(BLANK, "")

    # --- whose figure

    def _turn_to(self, token: Token) -> None:
        """A subject, for what follows in its sentence."""
        cue = self.previous
        match token.kind:
            case "subject":
                self._subject(token)
            case "function":
                self._function(token)
            case "class":
                self._class(token)
        joins = phrases().joins.fullmatch(self._gap(token)) is not None
        if joins and cue and cue.kind in ("subject", "function", "class"):
            self.subject = None  # 基本支出和项目支出共…: the figure is neither's
        if cue and self._compares(token):
            token = dataclasses.replace(cue, end=token.end)  # 比上年支出80万元 tells last year's
        self.previous = token

    def _compares(self, token: Token) -> bool:
        """Whether a subject is what a comparison right before it compares with: 比上年支出."""
        cue = self.previous
        return cue is not None and cue.kind == "comparison" and cue.end == token.start

    def _subject(self, token: Token) -> None:
        if token.entry.get("unknown") or not self._is_whole(token):
            self._lose_subject()
            return
        self._name(self._dimensions(token, **token.entry["dimensions"]))
        self.listing = self.subject if token.entry.get("lists_classes") else None

    def _is_whole(self, token: Token) -> bool:
        """Whether a subject isn't the end of a longer name, which would be another subject."""
        if not token.entry.get("stands_alone") or token.start == self.start:
            return True
        return phrases().alone.match(self.text, token.start) is not None

    def _function(self, token: Token) -> None:
        match = token.match
        path = path_of(match["class"], match["rest"], match["division"], self.year)
        function = function_of_path(path, self.year, self.scanner.defaults.get("fund"))
        self.head = self.listing = None
        self._name(self._dimensions(token, flow="expenditure", function=function))

    def _class(self, token: Token) -> None:
        """A class's bare name is a subject in a list of classes only; "…支出中" opens its item."""
        function = function_of_path([token.match[0].removesuffix("中")], self.year)
        if self.listing is not None and not token.match[0].endswith("中"):
            self._name(dataclasses.replace(self.listing, function=function))
            return
        self._lose_subject()
        if token.match[0].endswith("中"):
            self.head = self._dimensions(token, flow="expenditure", function=function)

    def _name(self, subject: Dimensions) -> None:
        self.subject = subject
        self.named += 1
        self.head = self.head or subject

    def _dimensions(self, token: Token, **given: Any) -> Dimensions:
        year = self._year_of(token) or self.year
        return Dimensions(year, self.scanner.place, **{**self.scanner.defaults, **given})

    def _year_of(self, token: Token) -> int | None:
        """The year that stands before a token, or before another one of its sentence."""
        if self._compares(token):
            return None
        before = max(0, token.start - len("2023年度"))
        if match := phrases().year_before.search(self.text, before, token.start):
            self.year_named = int(match["year"] or self.year - 1)
        return self.year_named

    def _lose_subject(self) -> None:
        """What follows in the sentence is about something that we don't know."""
        self.subject = None
        self.named += 1

    def _resume(self) -> None:
        """A sentence without a subject of its own goes on about the item's first."""
        if not self.named:
            self.subject = self.head

    def _compare(self, token: Token) -> None:
        """A comparison; after a sentence of several subjects it isn't sure which is compared."""
        self.comparison = token.entry["base"]
        if not self.named and self.named_before > 1:
            self.subject = None

    def _end_sentence(self) -> None:
        self.named, self.named_before = 0, self.named or self.named_before
        self.year_named = self.comparison = None

    # --- figures

    def _figure(self, token: Token) -> Iterator[Figure]:
        said = self._said(token)
        if said and (figure := claim(self.stream, self.scanner, said, token)):
            self.recent.append(figure)
            yield figure
            return
        self.recent.clear()  # a reason that follows is for a figure that we don't know
        if token.kind == "money":
            self._lose_subject()  # and so is what is said of it

    def _said(self, token: Token) -> Said | None:
        cue, subject = self.previous, self.subject
        if cue is None or subject is None:
            return None
        year = self._year_of(cue) or subject.fiscal_year
        return Said(subject, cue, self._gap(token), year, self.comparison or "prior-year")

    # --- reasons

    def _reason(self, start: int, end: int) -> Iterator[Explanation]:
        explained = _explained(self.recent)
        self.recent.clear()
        text = self.stream.printed(start, end) if start < end else ""
        if explained and text.strip(":：,，。;；"):
            passage = self.stream.passage(start, end)
            yield Explanation(text.lstrip(":："), explained, self.scanner.place, passage)


def _explained(recent: Sequence[Figure]) -> tuple[Figure, ...]:
    """What a reason is given for: the change of the last subject, or else its accounts."""
    if not recent:
        return ()
    subject = dataclasses.replace(recent[-1].dimensions, phase="final")
    facts = [f for f in recent if dataclasses.replace(f.dimensions, phase="final") == subject]
    changes = tuple(f for f in facts if isinstance(f, Change))
    finals = tuple(f for f in facts if isinstance(f, Statement) and f.dimensions.phase == "final")
    return changes or finals or tuple(facts[-1:])
