"""A report says the same in whatever format it is published."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rendered_reports import (
    Block,
    as_docx,
    as_html,
    as_pdf,
    as_text,
    as_xlsx,
    blocks_of,
    facts_of,
    tables_of,
)

from kg.document import read
from kg.sample import Style, generate

REPORTS: tuple[tuple[int, Style], ...] = ((4, "ocr"), (3, "markdown"), (1, "prose"))
#: How much of what tables without lines say is found at least, and how much is made up at most.
FOUND, WRONG = 0.98, 0.015


@cache
def blocks(seed: int, style: Style) -> list[Block]:
    return blocks_of(generate(seed, style=style).text)


def text_read(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return read(path).text


@pytest.mark.parametrize(("seed", "style"), REPORTS)
@pytest.mark.parametrize(
    ("name", "render"),
    [
        ("report.html", as_html),
        ("gb.html", lambda found: as_html(found, "gb18030")),
        ("report.docx", as_docx),
        ("report.pdf", as_pdf),
        ("wide.pdf", lambda found: as_pdf(found, wide=True)),
    ],
)
def test_all_facts_are_found(
    tmp_path: Path, name: str, render: Callable[[Any], bytes], seed: int, style: Style
) -> None:
    expected = blocks(seed, style)
    text = text_read(tmp_path / name, render(expected))
    assert facts_of(text) == facts_of(as_text(expected))


@pytest.mark.parametrize(("seed", "style"), REPORTS[:2])
def test_all_facts_of_the_tables_are_found_in_a_workbook(
    tmp_path: Path, seed: int, style: Style
) -> None:
    expected = tables_of(blocks(seed, style))
    text = text_read(tmp_path / "report.xlsx", as_xlsx(expected))
    assert facts_of(text) == facts_of(as_text(expected))
    assert facts_of(text).total() > 250


@pytest.mark.parametrize("pad", [0, 3], ids=["tight", "wide-set"])
@pytest.mark.parametrize("wide", [False, True], ids=["portrait", "landscape"])
def test_tables_without_lines(tmp_path: Path, pad: float, wide: bool) -> None:
    expected = blocks(4, "ocr")
    text = text_read(tmp_path / "report.pdf", as_pdf(expected, ruled=False, wide=wide, pad=pad))
    stated, found = facts_of(as_text(expected)), facts_of(text)
    assert (stated & found).total() >= FOUND * stated.total()
    assert (found - stated).total() <= WRONG * stated.total()
