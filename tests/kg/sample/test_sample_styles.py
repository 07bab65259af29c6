"""The styles: one unit's accounts are the same in all of them."""

from decimal import Decimal
from functools import cache

import pytest

from kg.facts import Change, Dimensions, Ratio, Statement
from kg.sample import PLACES, STYLES, Style, generate
from kg.sample.styles import looks

#: What identifies a figure or a ratio, and what is said of it.
Said = dict[tuple[Dimensions, str | None], set[Decimal]]


@cache
def said(seed: int, style: Style) -> Said:
    """The values of each figure, wherever they are stated."""
    found: Said = {}
    for fact in generate(seed, style=style).facts:
        match fact:
            case Statement(about, money):
                found.setdefault((about.without_place(), None), set()).add(money.amount)
            case Change(about, base, money):
                found.setdefault((about.without_place(), base), set()).add(money.amount)
            case Ratio(about, _, percent):
                value = round(percent, 1)
                found.setdefault((about.without_place(), fact.base), set()).add(value)
    return found


def test_every_style_has_its_look() -> None:
    assert set(looks()) == set(STYLES)


@pytest.mark.parametrize("style", PLACES)
def test_the_same_accounts_in_every_style(style: Style) -> None:
    for seed in (1, 2, 3):
        national, other = said(seed, "ocr"), said(seed, style)
        common = national.keys() & other.keys()
        assert len(common) > 60
        for key in common:
            near = {abs(a - b) for a in national[key] for b in other[key]}
            # percentages are printed to one decimal or two
            assert max(near) <= (Decimal("0.1") if key[1] and "/" in key[1] else 0), key


@pytest.mark.parametrize("style", STYLES)
def test_no_mark_of_a_template_is_printed(style: Style) -> None:
    for seed in range(6):
        text = generate(seed, style=style).text
        assert not any(mark in text for mark in ("{{", "}}", "{%", "@toc", "@table", "[", "None"))
