"""Generated reports, whose truth is known: what they state is read, and nothing else.

What is compared: of an amount, its dimensions (function, year, place and all), its value, how it is
printed, and its characters, line, row and column; of a percentage and a change the same and what
they are relative to; of a count its item, number and unit; of a reason its text and what it is
given for; of a list of economic items its codes and line; of a project's evaluation its figures and
texts.

Extraction has been taught what it missed here, so 100 per cent says that nothing is lost again, not
how unseen reports fare. To learn that, add a wording to a template and measure before teaching it.

`python tests/kg/extract/test_truth.py 20` measures units 1 to 20 in every style, prints recall and
precision by style and by kind of record, and what is missed and made up most, by its section.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from unicodedata import normalize

import pytest

from kg.document.reading import from_text
from kg.extract import extract
from kg.facts import (
    Change,
    Composition,
    Count,
    Dimensions,
    Evaluation,
    Explanation,
    Extraction,
    Fact,
    Ratio,
    Statement,
)
from kg.outline import outline
from kg.sample import NATIONAL, STYLES, Sample, Style, generate

#: What a fact tells, to be compared with what is true: its kind, then whatever else.
Told = tuple[object, ...]

#: The least recall and precision of each style, in per cent: what has been reached is kept.
#: 未发生因公出国业务 is read as no trips, which the truth, told in numbers, doesn't have.
LEAST: dict[Style, tuple[float, float]] = {
    "ocr": (100, 99.8),
    "markdown": (100, 99.8),
    "prose": (100, 99.6),
}

#: (seed, how many contradictions are planted): the reports of each style.
REPORTS = ((3, 0), (14, 2))


def told(fact: Fact) -> Told:
    kind = type(fact).__name__
    match fact:
        case Statement() | Change() | Ratio():
            return kind, fact
        case Count(about, number, unit):
            unit = normalize("NFKC", unit)
            return kind, about.place, about.fiscal_year, about.item, number, unit
        case Explanation():
            return kind, fact.place, fact.text, fact.passage.line, frozenset(fact.explains)
        case Composition(about):
            of = about.place, about.fund, about.nature, about.economic, about.item
            return kind, of, fact.economic, fact.passage.line
        case Evaluation():
            rate = fact.execution_rate and (fact.execution_rate.value, fact.execution_rate.reported)
            texts = fact.outputs, fact.problems, fact.improvements
            return kind, fact.project, fact.fiscal_year, fact.budget, fact.executed, rate, texts
        case _:
            return (kind,)


#: What the truth of a generated report tells of.
TOLD = (Statement, Change, Ratio, Count, Explanation, Composition, Evaluation)
#: Places it tells nothing of.
UNTOLD = ("annex", "overview")


def is_told(fact: Fact) -> bool:
    about = getattr(fact, "dimensions", fact)
    return isinstance(fact, TOLD) and getattr(about, "place", None) not in UNTOLD


@cache
def read(sample: Sample) -> Extraction:
    document = from_text(sample.text, name="sample.txt", media_type="text/plain", sha256="")
    return extract(outline(document))


def compared(sample: Sample) -> tuple[Counter[Told], Counter[Told]]:
    """What is true of a generated report, and what is read from it."""
    found = read(sample)
    assert (found.head.unit, found.head.fiscal_year) == (
        sample.head.unit,
        sample.head.fiscal_year,
    )
    return Counter(map(told, sample.facts)), Counter(map(told, filter(is_told, found.facts)))


def rates(true: int, read: int, hits: int) -> tuple[float, float]:
    """Recall and precision in per cent."""
    return 100 * hits / max(true, 1), 100 * hits / max(read, 1)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_true_is_read_and_nothing_else(style: Style) -> None:
    true, found = Counter[Told](), Counter[Told]()
    for seed, errors in REPORTS:
        one, other = compared(generate(seed, style=style, errors=errors))
        true, found = true + one, found + other
    recall, precision = rates(true.total(), found.total(), (true & found).total())
    least = LEAST.get(style, (100, 100))
    assert recall >= least[0], list(true - found)[:10]
    assert precision >= least[1], list(found - true)[:10]


# --- the measure


def _lines(facts: Iterable[Fact], missed: Counter[Told], text: str) -> Iterator[tuple[str, str]]:
    """Each fact among the missed: its kind and place, and how it is printed."""
    left = Counter(missed)
    for fact in facts:
        if left[told(fact)]:
            left[told(fact)] -= 1
            about = getattr(fact, "dimensions", None)
            place = getattr(about or fact, "place", "")
            at = fact.passage
            before = text[max(0, at.start - 45) : at.start].rpartition("\n")[2]
            shown = f"{before}⟦{text[at.start : at.end][:60]}⟧{text[at.end : at.end + 12]}"
            yield f"{type(fact).__name__} {place}", shown.replace("\n", "⏎") + _about(about)


def _about(about: Dimensions | None) -> str:
    if about is None:
        return ""
    plain = Dimensions(about.fiscal_year, about.place)
    if about == plain:
        return ""
    return " " + repr(replace(about, place="")).removeprefix("Dimensions(")


def measure(units: int) -> None:
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    missed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for style in STYLES:
        for seed in range(1, units + 1):
            sample = generate(seed, style=style, errors=2 * (seed % 2) * (style in NATIONAL))
            try:
                true, found = compared(sample)
            except Exception as error:
                missed[f"{style} FAILED"].append((type(error).__name__, str(error)[:150]))
                true, found = Counter(map(told, sample.facts)), Counter[Told]()
            for name, counted in (("true", true), ("read", found), ("hits", true & found)):
                for fact, number in counted.items():
                    totals[style][name] += number
                    totals[str(fact[0])][name] += number
            if found:
                text = sample.text
                missed[f"{style} missed"] += _lines(sample.facts, true - found, text)
                made_up = filter(is_told, read(sample).facts)
                missed[f"{style} made up"] += _lines(made_up, found - true, text)
    for name, n in totals.items():
        recall, precision = rates(n["true"], n["read"], n["hits"])
        print(f"{name:12} recall {recall:6.2f}  precision {precision:6.2f}  of {n['true']}")
    for name, entries in missed.items():
        for (where, _), number in Counter((w, "") for w, _ in entries).most_common(12):
            examples = [shown for w, shown in entries if w == where][:3]
            print(f"\n{name}: {number} × {where}")
            print("\n".join(f"    {shown}" for shown in examples))


if __name__ == "__main__":
    measure(int(sys.argv[1]))
