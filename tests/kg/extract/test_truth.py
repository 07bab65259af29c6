"""Generated reports, whose truth is known: everything they state is read, and nothing else.

What is compared: of an amount, its dimensions (function, year, place and all), its value, how it is
printed, and its characters, line, row and column; of a percentage and a change the same and what
they are relative to; of a reason its text and what it is given for; of a project's evaluation its
figures and texts. A self-evaluation of the whole unit isn't read yet.

`python tests/kg/extract/test_truth.py 20` measures units 1 to 20 in every style, with no errors
planted and with two.
"""

import sys
from collections import Counter
from itertools import product

import pytest

from kg.document.reading import from_text
from kg.extract import extract
from kg.facts import Change, Evaluation, Explanation, Fact, Indicator, Ratio, Statement
from kg.outline import outline
from kg.sample import STYLES, Style, generate

#: What a fact tells, to be compared with what is true.
Told = tuple[object, ...]

#: (seed, style, how many contradictions are planted): two units of each style.
SAMPLES: list[tuple[int, Style, int]] = [
    (3, "prose", 0),
    (11, "prose", 2),
    (1, "ocr", 0),
    (14, "ocr", 2),
    (7, "markdown", 0),
    (12, "markdown", 2),
]


def told(fact: Fact) -> Told:
    match fact:
        case Statement() | Change() | Ratio():
            return (fact,)
        case Explanation():
            return fact.place, fact.text, fact.passage.line, frozenset(fact.explains)
        case Evaluation():
            rate = fact.execution_rate and (fact.execution_rate.value, fact.execution_rate.reported)
            texts = fact.outputs, fact.problems, fact.improvements
            return fact.project, fact.fiscal_year, fact.budget, fact.executed, rate, texts


def is_told(fact: Fact) -> bool:
    """The truth of a generated report doesn't tell of the annex's tables."""
    return not isinstance(fact, Indicator) and getattr(fact, "place", None) != "annex"


def compared(seed: int, style: Style, errors: int) -> tuple[Counter[Told], Counter[Told]]:
    """What is true of a generated report, and what is read from it."""
    sample = generate(seed, style=style, errors=errors)
    document = from_text(sample.text, name="sample.txt", media_type="text/plain", sha256="")
    read = extract(outline(document))
    assert (read.head.unit, read.head.fiscal_year) == (sample.head.unit, sample.head.fiscal_year)
    return Counter(map(told, sample.facts)), Counter(map(told, filter(is_told, read.facts)))


@pytest.mark.parametrize(("seed", "style", "errors"), SAMPLES)
def test_all_that_is_true_is_read_and_nothing_else(seed: int, style: Style, errors: int) -> None:
    truth, read = compared(seed, style, errors)
    assert sum(truth.values()) > 100
    assert read - truth == Counter()  # precision
    assert truth - read == Counter()  # recall


if __name__ == "__main__":
    all_true, all_read, hits = 0, 0, 0
    for unit, form, planted in product(range(1, int(sys.argv[1]) + 1), STYLES, (0, 2)):
        true_facts, read_facts = compared(unit, form, planted)
        all_true += true_facts.total()
        all_read += read_facts.total()
        hits += (true_facts & read_facts).total()
    print(f"{all_true} true, {all_read} read")
    print(f"recall {hits / all_true:.5f}, precision {hits / all_read:.5f}")
