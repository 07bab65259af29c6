"""Sentences of wordings/*.txt, each with its figures marked: what they state, by hand.

A file has sections: ``## heading @ defaults``. Each line below is a report of its own with that one
section. A figure is marked ``{12.50|kind dimensions}``, a reason ``<<text>>``; marks.toml says what
the short words mean. What a mark doesn't say is as in the section's defaults, else "all", the
final accounts of 2023.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.document import read
from kg.extract import extract
from kg.facts import YUAN, Change, Dimensions, Explanation, Ratio, Statement
from kg.outline import outline

FOLDER = Path(__file__).parent / "wordings"
MARKS: Mapping[str, Any] = tomllib.loads((FOLDER / "marks.toml").read_text("utf-8"))
MARK = re.compile(r"\{(?P<figure>[^{}|]*)\|(?P<told>[^{}]*)\}|<<(?P<reason>.*?)>>")
TITLE = "平泽市档案局2023年度部门决算\n第三部分 2023年度部门决算情况说明\n"

Figure = tuple[Any, ...]


def sentences() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.txt")):
        heading, defaults = "", ""
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.startswith("## "):
                heading, defaults = map(str.strip, line[3:].split("@"))
            elif line:
                yield pytest.param(heading, defaults, line, id=f"{path.stem}-{number}")


def told(words: str) -> dict[str, Any]:
    """What the words of a mark say."""
    said: dict[str, Any] = {}
    for word in words.split():
        key, _, value = word.rpartition(":")
        if word in MARKS:
            said |= MARKS[word]
        else:
            said[MARKS["keys"].get(key, "place")] = value
    return said


def expected(defaults: str, line: str) -> tuple[Counter[Figure], list[str]]:
    figures: Counter[Figure] = Counter()
    reasons = [bare(m["reason"]) for m in MARK.finditer(line) if m["reason"]]
    for mark in MARK.finditer(re.sub("<<|>>", "", line)):
        said = {"year": "2023", **told(defaults), **told(mark["told"])}
        value = Decimal(mark["figure"].replace(",", ""))
        figures[(*({**MARKS["otherwise"], **said}[name] for name in MARKS["fields"]), value)] += 1
    return figures, reasons


def bare(line: str) -> str:
    """A line without its marks."""
    return MARK.sub(lambda mark: (mark["figure"] or "").lstrip("-") or bare(mark["reason"]), line)


def figure(fact: Statement | Ratio | Change) -> Figure:
    of: Dimensions = fact.dimensions
    match fact:
        case Ratio(kind=kind, percent=value):
            pass
        case Change(money=money):
            kind, value = "change", money.amount / YUAN[money.unit]
        case Statement(money=money):
            kind, value = "statement", money.amount / YUAN[money.unit]
    function = of.function.code or of.function.text if of.function else "all"
    named = (of.place, of.flow, of.fund, of.phase, of.nature, of.item, function, of.economic)
    return (kind, *named, str(of.fiscal_year), value)


@pytest.mark.parametrize(("heading", "defaults", "line"), list(sentences()))
def test_wording(heading: str, defaults: str, line: str, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(f"{TITLE}{heading}\n{bare(line)}\n", "utf-8")
    facts = extract(outline(read(report))).facts
    figures, reasons = expected(defaults, line)
    found = Counter(figure(f) for f in facts if isinstance(f, Statement | Ratio | Change))
    assert found == figures
    assert [fact.text for fact in facts if isinstance(fact, Explanation)] == reasons
