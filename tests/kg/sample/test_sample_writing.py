"""Folders of samples: the same arguments give the same bytes, everywhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.sample import generate, write_samples

CODE = """
from kg.sample import generate
print(repr([generate(seed, errors=3) for seed in range(3)]))
"""


def test_equal_arguments_give_equal_files(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        truth = tmp_path / f"{name}.jsonl"
        paths = write_samples(tmp_path / name, units=4, years=2, seed=7, errors=2, truth=truth)
        written.append([p.read_bytes() for p in paths] + [truth.read_bytes()])
    assert written[0] == written[1]


def test_nothing_depends_on_the_order_of_sets() -> None:
    hashed = os.environ.get("PYTHONHASHSEED")
    elsewhere = subprocess.run(
        [sys.executable, "-c", CODE],
        env={**os.environ, "PYTHONHASHSEED": "2" if hashed == "1" else "1", "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    assert elsewhere == f"{[generate(seed, errors=3) for seed in range(3)]!r}\n"


def test_styles_take_turns_and_units_differ(tmp_path: Path) -> None:
    paths = write_samples(tmp_path / "out", units=6, years=2, truth=tmp_path / "truth.jsonl")
    assert [p.name for p in paths[:5]] == [
        "0001-2022-ocr.txt",
        "0001-2023-ocr.txt",
        "0002-2022-sichuan.txt",
        "0002-2023-sichuan.txt",
        "0003-2022-markdown.txt",
    ]
    lines = (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    heads = [r for r in map(json.loads, lines) if r["kind"] == "head"]
    assert [r["source"] for r in heads] == [p.name for p in paths]
    assert len({r["unit"] for r in heads}) == 6
    assert b"\r" not in paths[0].read_bytes()


def test_a_style_for_all(tmp_path: Path) -> None:
    paths = write_samples(tmp_path, units=2, style="markdown")
    assert all(p.name.endswith("-markdown.txt") for p in paths)


def test_the_same_accounts_in_three_styles() -> None:
    texts = {style: generate(3, style=style).text for style in ("prose", "ocr", "markdown")}
    assert "\t" not in texts["prose"] and "收入决算表" not in texts["prose"]
    assert "\t" in texts["ocr"] and "#" not in texts["ocr"]
    assert texts["markdown"].count("\n#") > 20 and "<b>" in texts["markdown"]
    assert max(map(len, texts["prose"].split("\n"))) < 80


@pytest.mark.parametrize("year", [2019, 2024])
def test_other_years(year: int) -> None:
    sample = generate(2, year=year)
    assert sample.head.fiscal_year == year
    assert f"{year}年度" in sample.text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"units": 1, "years": 9}, "ask for fewer years"),
        ({"units": 1, "last_year": 2031}, "2019 to 2024"),
        ({"units": 10**7}, "at most"),
    ],
)
def test_what_can_not_be_invented_is_refused(
    tmp_path: Path, arguments: dict[str, int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        write_samples(tmp_path, **arguments)  # type: ignore[arg-type]
