"""Each kind of error plants exactly one difference, and the truth tells which."""

import re
from functools import cache

import pytest

from kg.sample import Sample, Style, error_kinds, generate
from kg.sample.slips import BROKEN

PAGE_NUMBER = re.compile(r"\n\n\d{1,3}\n\n")
#: Reports that between them have a place for every kind: the national template, and other places'.
REPORTS: tuple[tuple[int, Style], ...] = (
    (6, "prose"),
    (7, "ocr"),
    (8, "markdown"),
    (10, "ocr"),
    (7, "sichuan"),
    (8, "yunnan"),
)


@cache
def clean(seed: int, style: Style) -> Sample:
    return generate(seed, style=style)


def bare(sample: Sample) -> str:
    return re.sub(r"\s", "", PAGE_NUMBER.sub("", sample.text))


def difference(one: str, other: str) -> tuple[str, str]:
    """What is left of two texts without what they have in common at either end."""
    start = in_common(one, other)
    end = in_common(one[start:][::-1], other[start:][::-1])
    return one[start : len(one) - end], other[start : len(other) - end]


def in_common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


@pytest.mark.parametrize("kind", error_kinds())
def test_a_kind_changes_one_place(kind: str) -> None:
    planted = 0
    for seed, style in REPORTS:
        right, wrong = clean(seed, style), generate(seed, style=style, errors=1, kinds=[kind])
        if not wrong.contradictions:
            assert wrong == right
            continue
        planted += 1
        [error] = wrong.contradictions
        expected, found = difference(bare(right), bare(wrong))
        assert (expected, found) != ("", "")
        assert expected in error.expected and found in error.found
        assert error.rule == kind and error.expected != error.found
        at = error.passage
        # what is left out stands nowhere: the character behind it does
        assert not error.found or re.sub(r"\s", "", wrong.text[at.start : at.end]) == error.found
        states_nothing = wrong.contradictions[0].found == BROKEN
        assert len(right.facts) == len(wrong.facts) + states_nothing
    assert planted >= 2, "this kind is never planted"


def test_several_errors_are_of_different_kinds() -> None:
    for seed, _ in REPORTS:
        planted = generate(seed, style="ocr", errors=10).contradictions
        assert len({error.rule for error in planted}) == 10
        assert len({error.passage for error in planted}) == 10


def test_what_is_stated_wrong_is_the_fact() -> None:
    sample = generate(1, style="ocr", errors=1, kinds=["money-unit"])
    units = [getattr(getattr(fact, "money", None), "unit", None) for fact in sample.facts]
    assert units.count("yuan") == 1
    sample = generate(1, style="ocr", errors=1, kinds=["code-name"])
    [error] = sample.contradictions
    named = [f for f in sample.facts if getattr(getattr(f, "dimensions", None), "function", None)]
    assert any(f.dimensions.function.text == error.found for f in named)  # type: ignore[union-attr]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no-such-kind.*completion-rate"):
        generate(1, errors=1, kinds=["no-such-kind"])


def test_every_kind_says_what_it_is() -> None:
    assert len(error_kinds()) >= 12
    for kind in error_kinds().values():
        assert kind.zh and kind.en and kind.where
