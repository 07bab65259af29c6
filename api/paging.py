"""Long lists, a page at a time: ``?page=2``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from api.errors import BadNumber
from api.pages.view import View

T = TypeVar("T")
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and the addresses of the pages before and after them."""

    rows: Sequence[T]
    number: int
    previous: str | None
    next: str | None


def number_of(view: View) -> int:
    """The page asked for; the first where none is."""
    text = dict(view.parameters).get("page", "1")
    if not text.isascii() or not text.isdigit() or len(text) > _DIGITS or int(text) < 1:
        raise BadNumber(name="page")
    return int(text)


def page_of(rows: Sequence[T], view: View) -> Page[T]:
    """The rows of the page asked for, out of all of them."""
    size, number = view.site.settings.page_rows, number_of(view)
    start = (number - 1) * size
    return page_from(rows[start : start + size + 1], view)


def page_from(rows: Sequence[T], view: View) -> Page[T]:
    """The page asked for, of the rows from its offset on, with one more where there are more."""
    size, number = view.site.settings.page_rows, number_of(view)

    def address(other: int) -> str:
        return view.links.path(view.path, **(dict(view.parameters) | {"page": str(other)}))

    return Page(
        rows[:size],
        number,
        address(number - 1) if number > 1 else None,
        address(number + 1) if len(rows) > size else None,
    )
