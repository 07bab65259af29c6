"""Each folder of tests/cases: a small report (report.txt or .md) and its records (facts.jsonl).

The records are those of `Extraction.records()`, made short for people: a passage is its line; how
it was read and what a figure isn't broken down by are left out; a reason names the printed figures
it is given for.
After a change that is meant, `python tests/kg/extract/test_cases.py` writes them anew: read them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.document import read
from kg.extract import extract
from kg.outline import outline

CASES = sorted(path.parent for path in (Path(__file__).parents[2] / "cases").glob("*/report.*"))
#: What a report tells of itself is compared in the cases of its form alone.
FORM = ("heading", "mention", "denial", "irregularity", "target")


def records(case: Path) -> list[dict[str, Any]]:
    (report,) = case.glob("report.*")
    found = extract(outline(read(report))).records()
    of_form = case.name.startswith("form-")
    return [shortened(r) for r in found if of_form or r["kind"] not in FORM]


def shortened(record: dict[str, Any]) -> dict[str, Any]:
    return dict(_fields(record))


def _fields(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if name == "passage":
            yield "line", value["line"]
        elif name in ("dimensions", "money"):
            yield from _fields(value)
        elif name in ("explains", "tells_of"):
            yield name, [fact.get("reported") or fact["money"]["reported"] for fact in value]
        elif isinstance(value, dict):
            yield name, shortened(value)
        elif name != "read" and value != "all":
            yield name, value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    expected = (case / "facts.jsonl").read_text("utf-8").splitlines()
    assert records(case) == list(map(json.loads, expected))


def test_there_are_cases() -> None:
    assert len(CASES) >= 10


if __name__ == "__main__":
    for folder in CASES:
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records(folder))
        (folder / "facts.jsonl").write_text("".join(lines), "utf-8")
