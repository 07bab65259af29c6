"""What a PDF repeats on its pages: their numbers, running heads and feet, the heads of tables."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from kg.document.formats.pdf.glyphs import Glyph
from kg.document.formats.pdf.lines import TextLine, lines_of
from kg.document.formats.pdf.rules import Rules
from kg.document.formats.pdf.wraps import has_number, numbers_columns

PAGE_NUMBER = re.compile(
    r"[-—–－·~\s]*\d{1,3}[-—–－·~\s]*"
    r"|第?\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?|共\s*\d{1,3}\s*页[\s,，/]*第\s*\d{1,3}\s*页"
    r"|(?:Page\s*)?\d{1,3}\s*(?:/|of)\s*\d{1,3}",
    re.IGNORECASE,
)
#: What a browser prints around a page: the time and the title, the address and the page's number.
PRINTED = re.compile(
    r"(?:https?|file)://\S+(?:\s+\d{1,3}/\d{1,3})?"
    r"|\d{1,4}/\d{1,2}/\d{1,4}[,，]?\s*(?:[上下]午)?\d{1,2}:\d\d(?:\s*[AP]M)?(?:\s.*)?"
)
#: How many lines at the top and the bottom of a page may be running ones, how far from the page's
#: edge they are at most (points), and how many characters from the edge they are looked for.
LINES, MARGIN, CHARACTERS = 2, 70.0, 300
#: A running line is on so many of so many pages before and behind, at one height (points).
OTHERS, AROUND, HEIGHT = 2, 4, 3.0
#: What differs from page to page in a running line. A line with these words is of a table.
COUNTED, OF_TABLE = re.compile(r"(?<![\d.,])\d{1,3}(?![\d.,])"), re.compile(r"表|[:：]")
#: A running line has so many characters besides.
TELLING = re.compile(r"(?:[^\W\d_][^\u3400-\u9fff]*){3}")
#: The head of a table reaches so many lines up from its first one, and down.
ABOVE, BELOW = 8, 20
#: And so many points.
REACH = 200.0
#: Behind a head are figures within so many lines.
BODY = 3
#: What is repeated has more words than that, or may be by chance.
WORDS = 2

HEIGHT_OF = attrgetter("middle")


class Page(NamedTuple):
    """A page's characters, the lines drawn on it, and the heights of its upper and lower edge."""

    glyphs: Sequence[Glyph]
    rules: Rules
    top: float
    bottom: float


class _Edges(NamedTuple):
    """The lines at a page's upper and lower edge, the outermost first."""

    page: Page
    head: Sequence[TextLine]
    foot: Sequence[TextLine]


def without_margins(pages: Iterable[Page]) -> Iterator[Page]:
    """Pages without their numbers, and with a running head or foot only where it is first."""
    said: set[str] = set()
    for edges, around in _with_others(map(_edges, pages)):
        feet = [*_running(edges.foot, [other.foot for other in around], said)]
        heads = [*_running(edges.head, [other.head for other in around], said)]
        glyphs = edges.page.glyphs
        for line in (*heads, *feet):
            glyphs = [g for g in glyphs if not line.top <= g.middle <= line.bottom]
        yield edges.page._replace(glyphs=glyphs)


def _with_others(pages: Iterator[_Edges]) -> Iterator[tuple[_Edges, list[_Edges]]]:
    """Each page with those before and behind it."""
    before: deque[_Edges] = deque(maxlen=AROUND)
    behind = deque(islice(pages, AROUND + 1))
    while behind:
        page = behind.popleft()
        yield page, [*before, *behind]
        before.append(page)
        behind.extend(islice(pages, 1))


def _edges(page: Page) -> _Edges:
    ordered = sorted(page.glyphs, key=HEIGHT_OF)
    head = lines_of(ordered[:CHARACTERS])[:LINES]
    foot = lines_of(ordered[-CHARACTERS:])[: -LINES - 1 : -1]
    return _Edges(
        page,
        [line for line in head if line.top < page.top + MARGIN],
        [line for line in foot if line.bottom > page.bottom - MARGIN],
    )


def _running(
    lines: Sequence[TextLine], others: Sequence[Sequence[TextLine]], said: set[str]
) -> Iterator[TextLine]:
    """The lines at an edge that are numbers of pages, or running lines that were said before."""
    for line in lines:
        if PAGE_NUMBER.fullmatch(line.text) or PRINTED.fullmatch(line.text):
            yield line
            continue
        words = _words(line)
        same = sum(any(_is_same(line, words, there) for there in other) for other in others)
        if OF_TABLE.search(words) or not TELLING.search(words) or same < OTHERS:
            return
        if words in said:
            yield line
        said.add(words)


def _is_same(line: TextLine, words: str, other: TextLine) -> bool:
    return abs(line.middle - other.middle) < HEIGHT and words == _words(other)


def _words(line: TextLine) -> str:
    return COUNTED.sub("#", line.text.replace(" ", ""))


def head_at(glyphs: Iterable[Glyph], top: float) -> list[TextLine]:
    """The lines of a page around the first one of a table that begins at a height."""
    lines = lines_of(g for g in glyphs if abs(g.middle - top) < REACH)
    first = sum(line.middle < top for line in lines)
    return lines[max(first - ABOVE, 0) : first + BELOW]


def without_head(glyphs: Sequence[Glyph], head: Sequence[TextLine]) -> Sequence[Glyph]:
    """A page's characters without the head of the table that goes on there, if it is repeated."""
    ordered = sorted(glyphs, key=HEIGHT_OF)
    lines = lines_of(ordered[: 2 * CHARACTERS])[:BELOW]
    for start in range(len(head)):
        count = _alike(lines, head[start:])
        words = sum(len(line.words) for line in lines[:count])
        if words > WORDS and has_number(head[start + count : start + count + BODY]):
            end = (lines[count - 1].middle + lines[count].middle) / 2
            return [glyph for glyph in glyphs if glyph.middle > end]
    return glyphs


def _alike(lines: Sequence[TextLine], head: Sequence[TextLine]) -> int:
    """How many lines of a head, which has no figures, say the same."""
    count = 0
    for line, above in zip(lines[:-1], head, strict=False):
        if line.text != above.text or (has_number([line]) and not numbers_columns([line])):
            break
        count += 1
    return count
