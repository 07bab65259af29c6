"""Terms as pages show them: names with links, amounts in 万元, passages with their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from api.links import passage
from api.nodes import DERIVED, Node
from api.pages.labels import Labels
from api.pages.money import grouped, wan
from api.pages.view import View
from api.store import Term

#: Properties whose decimals are yuan.
_MONEY = (
    *("amount", "initialAmount", "budgetAmount", "receivedAmount"),
    *("executedAmount", "expected", "found", "difference"),
)
_NUMBERS = ("decimal", "integer", "double", "float", "int", "long")
_XSD = "http://www.w3.org/2001/XMLSchema#"
#: How many characters of text are shown on either side of a passage.
_CONTEXT = 24
#: What is left of a number or word that begins before, or goes on after, what is shown.
_CUT_START = re.compile(r"^[\w.,%]+(?=[^\w.,%])", re.ASCII)
_CUT_END = re.compile(r"(?<=[^\w.,%])[\w.,%]+$", re.ASCII)
#: How much of a long passage is shown.
_QUOTED = 120


@dataclass(frozen=True, slots=True)
class Shown:
    """A term on a page: its words, where they lead, the code and detail that go with them."""

    text: str
    href: str | None = None
    code: str | None = None
    title: str | None = None
    language: str | None = None
    number: bool = False
    detail: str | None = None
    before: str = ""
    after: str = ""
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in the report: the passage's address, its line or its page."""

    href: str
    line: int | None
    page: int | None


def iris_of(terms: Iterable[Term]) -> set[str]:
    """The IRIs among terms: what a page needs names for."""
    return {term.value for term in terms if isinstance(term, ox.NamedNode)}


class Shower:
    """Shows terms to one reader."""

    def __init__(self, view: View, labels: Labels, source: Callable[[str], str | None]) -> None:
        self._view = view
        self._labels = labels
        self._source = source

    def iri(self, iri: str) -> Shown:
        label = self._labels.of(iri)
        return Shown(label.text, self._view.links.href(iri), label.notation, iri)

    def term(self, term: Term, of: str | None = None) -> Shown:
        """A term, as the value of the property `of`."""
        if isinstance(term, ox.NamedNode):
            found = self._passage(term.value)
            return found or self.iri(term.value)
        if not isinstance(term, ox.Literal):
            return Shown(str(term))
        datatype = term.datatype.value.removeprefix(_XSD)
        if datatype in _NUMBERS:
            return self._number(term.value, of)
        return Shown(term.value, language=term.language)

    def spot(self, node: Node) -> Spot | None:
        """Where a fact stands; None for what has no passage."""
        href = self._view.links.href(node.one(DERIVED) or "")
        bud = self._view.site.namespace.ontology
        line, page = node.integer(f"{bud}line"), node.integer(f"{bud}page")
        return Spot(href, line, page) if href else None

    def _number(self, value: str, of: str | None) -> Shown:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return Shown(value)
        if not number.is_finite():
            return Shown(value, number=True)
        bud = self._view.site.namespace.ontology
        shown = Shown(grouped(number), title=value, number=True)
        if of and of.startswith(bud) and of.removeprefix(bud) in _MONEY:
            yuan = self._view.text("unit.yuan", number=shown.text)
            wan_yuan = self._view.text("unit.wan", number=wan(number))
            return replace(shown, text=wan_yuan, detail=yuan)
        return shown

    def _passage(self, iri: str) -> Shown | None:
        """A passage as the words that stand there, with a few on either side."""
        found = passage(iri)
        text = self._source(found.source) if found else None
        if found is None or text is None or found.end > len(text):
            return None
        words = _one_line(text[found.start : found.end])
        before, after = around(text, found.start, found.end)
        return Shown(
            words if len(words) <= _QUOTED else words[:_QUOTED] + "…",
            self._view.links.href(iri),
            title=iri,
            before=before,
            after=after,
            quoted=True,
        )


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Some characters before and after a place, without numbers and words that are cut in two.

    >>> around("本年收入 1,234.00 支出 5,678.00 年末结转和结余资金共计 9,999,999.00 元", 17, 25)
    ('本年收入 1,234.00 支出 ', ' 年末结转和结余资金共计 ')
    """
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    if start > _CONTEXT:
        before = _CUT_START.sub("", before)
    if end + _CONTEXT < len(text):
        after = _CUT_END.sub("", after)
    return _one_line(before), _one_line(after)


def _one_line(text: str) -> str:
    """Text without its line breaks, which wrapped prose has anywhere."""
    return text.replace("\n", "").replace("\t", " ")


def sources_of(view: View) -> Callable[[str], str | None]:
    """A reader of canonical texts by their IRI, which reads each of them once."""
    known: dict[str, str | None] = {}

    def source(iri: str) -> str | None:
        if iri not in known:
            known[iri] = view.site.release.source(iri.removesuffix("/source"))
        return known[iri]

    return source
