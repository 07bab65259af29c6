"""The truth says what the text says, at the very characters."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import pytest

from kg.facts import Evaluation, Explanation, Money, Passage, Percent, Ratio, as_json
from kg.sample import STYLES, Sample, Style, generate
from kg.sample.records import json_lines

PAGE_NUMBER = re.compile(r"\n\n\d{1,3}\n\n")


def parts(value: Any) -> Iterator[Any]:
    """A record and all records in it."""
    if is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in fields(value):
            yield from parts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from parts(part)


def bare(text: str) -> str:
    """Text without white space and page numbers."""
    return re.sub(r"\s", "", PAGE_NUMBER.sub("", text))


@cache
def samples(style: Style) -> list[Sample]:
    return [generate(seed, style=style, errors=seed % 4) for seed in range(8)]


@pytest.mark.parametrize("style", STYLES)
def test_numbers_stand_where_the_truth_says(style: Style) -> None:
    for sample in samples(style):
        for fact in sample.facts:
            for part in parts(fact):
                if isinstance(part, Money | Percent | Ratio):
                    at = part.passage
                    printed = re.sub(r"\s", "", sample.text[at.start : at.end])
                    assert printed == part.reported, (part, sample.text[at.start - 20 : at.end])


@pytest.mark.parametrize("style", STYLES)
def test_texts_stand_where_the_truth_says(style: Style) -> None:
    for sample in samples(style):
        for fact in sample.facts:
            if isinstance(fact, Explanation):
                at = fact.passage
                assert bare(sample.text[at.start : at.end]) == bare(fact.text)
                assert sample.text[at.end] == "。" or sample.text[at.end].isspace()
            if isinstance(fact, Evaluation):
                said = bare(sample.text[fact.passage.start : fact.passage.end])
                for text in (fact.project, fact.outputs, fact.problems, fact.improvements):
                    assert bare(text or "") in said


@pytest.mark.parametrize("style", STYLES)
def test_lines_rows_and_columns(style: Style) -> None:
    for sample in samples(style):
        lines = sample.text.split("\n")
        for fact in sample.facts:
            for at in (p for p in parts(fact) if isinstance(p, Passage)):
                assert sample.text.count("\n", 0, at.start) + 1 == at.line
                line = lines[at.line - 1]
                assert (at.row is not None) == ("\t" in line)
                if at.row and at.column:
                    cell = line.split("\t")[at.column - 1]
                    assert sample.text[at.start : at.end] in cell
                    assert "\t" in lines[at.line - at.row]
                    assert at.line == at.row or "\t" not in lines[at.line - at.row - 1]


@pytest.mark.parametrize("style", STYLES)
def test_facts_come_in_reading_order_and_once(style: Style) -> None:
    for sample in samples(style):
        starts = [fact.passage.start for fact in sample.facts]
        assert starts == sorted(starts)
        assert len(set(sample.facts)) == len(sample.facts)
        assert not re.search("[\U000f0000-\U0010ffff]", sample.text)


def test_the_head_stands_in_the_text() -> None:
    for seed in range(6):
        sample = generate(seed)
        at = sample.head.passage
        assert bare(sample.text[at.start : at.end]) == sample.head.title
        assert sample.head.unit in sample.head.title


def test_records_are_those_of_kg_facts() -> None:
    sample = generate(4, errors=3)
    records = [json.loads(line) for line in json_lines(sample, "a.txt").splitlines()]
    expected = [as_json(fact) for fact in (sample.head, *sample.facts)]
    for record in expected:
        record.pop("read", None)  # the truth is what was written, however it is read
    assert records[: len(expected)] == [{"source": "a.txt", **record} for record in expected]
    planted = records[len(expected) :]
    assert [r["kind"] for r in planted] == ["contradiction"] * 3
    assert planted[0].keys() >= {"source", "rule", "passage", "expected", "found"}
