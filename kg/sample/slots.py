"""Places of a report that are filled with figures, names and words, before the report has a layout.

A draft is text in which one private-use character stands for each slot, and a pair of them around
each span. So text can be composed, moved and wrapped without losing where anything is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.facts import Dimensions

#: First characters of Unicode's private planes: slots, and the edges of spans.
_SLOT = 0xF0000
_EDGE = 0x100000
MARKS = re.compile("[\U000f0000-\U0010fffd]")


@dataclass(slots=True, eq=False)
class Slot:
    """One printed figure, name or word; what it states, if anything, is told by the other fields.

    `label` says what it is: ``statement``, ``change``, a kind of ratio, or one of the words that
    errors can be planted in (``direction``, ``money-unit``, ``unit-name``, ...).
    """

    label: str
    printed: str
    place: str
    dimensions: Dimensions | None = None
    base: str | None = None
    #: The word that says whether a change or growth is upward.
    direction: Slot | None = None
    #: The word for the money's unit, where it can be misprinted.
    unit: Slot | None = None
    #: What it is counted in, otherwise: a unit of money, or of things.
    counted_in: str = "万元"
    #: The printed name of the row's 科目, or the class that its path begins with.
    name: Slot | None = None
    #: Of such a name, the code that is printed beside it, or its last level.
    code: Slot | None = None
    #: What the accounts say and which error was planted, where `printed` says otherwise.
    expected: str | None = None
    rule: str | None = None


@dataclass(slots=True, eq=False)
class Span:
    """A stretch of text that is a fact itself: a reason, a self-evaluation, a list, the title."""

    kind: str
    place: str
    explains: tuple[Slot, ...] = ()
    figures: dict[str, Slot] = field(default_factory=dict)
    #: Spans of its own texts: a project's name, outputs, problems, improvements.
    texts: dict[str, Span] = field(default_factory=dict)
    #: Of a list of economic items: what it is the make-up of, and the codes of its names.
    dimensions: Dimensions | None = None
    economic: tuple[str, ...] = ()


class Draft:
    """The slots and spans of one report; text refers to them by their marks."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.spans: list[Span] = []

    def mark(self, slot: Slot) -> str:
        """The mark that stands for a new slot."""
        self.slots.append(slot)
        return chr(_SLOT + len(self.slots) - 1)

    def around(self, span: Span, text: str) -> str:
        """Text with the marks of a new span around it."""
        first = _EDGE + 2 * len(self.spans)
        self.spans.append(span)
        return f"{chr(first)}{text}{chr(first + 1)}"

    def text(self, span: Span, name: str, text: str) -> str:
        """Text that belongs to a span under a name, itself a span."""
        span.texts[name] = Span("text", span.place)
        return self.around(span.texts[name], text)

    def slots_in(self, text: str) -> list[Slot]:
        return [self.slots[ord(m) - _SLOT] for m in MARKS.findall(text) if ord(m) < _EDGE]

    def expand(self, text: str) -> Expanded:
        """Text with its slots filled, and where each of them and each span is in it."""
        parts: list[str] = []
        length = 0
        after = 0
        found = Expanded()
        opened: dict[int, int] = {}
        for match in MARKS.finditer(text):
            start = match.start()
            parts.append(text[after:start])
            length += start - after
            after = start + 1
            code = ord(match[0])
            if code < _EDGE:
                slot = self.slots[code - _SLOT]
                parts.append(slot.printed)
                found.places.append((slot, length, length + len(slot.printed)))
                length += len(slot.printed)
            elif code % 2 == 0:
                opened[code] = length
            else:
                span = self.spans[(code - _EDGE) // 2]
                found.places.append((span, opened.pop(code - 1), length))
        parts.append(text[after:])
        found.text = "".join(parts)
        return found


@dataclass(slots=True)
class Expanded:
    """Text as printed but for its line breaks, with the characters of its slots and spans."""

    text: str = ""
    places: list[tuple[Slot | Span, int, int]] = field(default_factory=list)
