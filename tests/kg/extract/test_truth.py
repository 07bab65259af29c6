"""Generated reports, whose truth is known: everything they state is read, and nothing else.

What is compared: of an amount, its dimensions (function, year, place and all), its value, how it is
printed, and its characters, line, row and column; of a percentage and a change the same and what
they are relative to; of a reason its text and what it is given for; of a project's evaluation its
figures and texts. A self-evaluation of the whole unit isn't read yet.
"""

from collections import Counter

import pytest

from kg.document.reading import from_text
from kg.extract import extract
from kg.facts import Change, Evaluation, Explanation, Fact, Ratio, Statement
from kg.outline import outline
from kg.sample import Style, generate

#: (seed, style, how many contradictions are planted): two units of each style.
SAMPLES: list[tuple[int, Style, int]] = [
    (3, "prose", 0),
    (11, "prose", 2),
    (1, "ocr", 0),
    (14, "ocr", 2),
    (7, "markdown", 0),
    (12, "markdown", 2),
]


def told(fact: Fact) -> tuple[object, ...]:
    """What a fact tells, to be compared with what is true."""
    match fact:
        case Statement() | Change() | Ratio():
            return (fact,)
        case Explanation():
            return fact.place, fact.text, fact.passage.line, frozenset(fact.explains)
        case Evaluation():
            rate = fact.execution_rate and (fact.execution_rate.value, fact.execution_rate.reported)
            texts = fact.outputs, fact.problems, fact.improvements
            return fact.project, fact.fiscal_year, fact.budget, fact.executed, rate, texts


def is_read(fact: Fact) -> bool:
    return not isinstance(fact, Evaluation) or fact.project is not None


@pytest.mark.parametrize(("seed", "style", "errors"), SAMPLES)
def test_all_that_is_true_is_read_and_nothing_else(seed: int, style: Style, errors: int) -> None:
    sample = generate(seed, style=style, errors=errors)
    document = from_text(sample.text, name="sample.txt", media_type="text/plain", sha256="")
    read = extract(outline(document))
    assert (read.head.unit, read.head.fiscal_year) == (sample.head.unit, sample.head.fiscal_year)
    truth = Counter(told(fact) for fact in sample.facts if is_read(fact))
    facts = Counter(map(told, read.facts))
    assert sum(truth.values()) > 100
    assert facts - truth == Counter()  # precision
    assert truth - facts == Counter()  # recall
