"""Samples made and written: one, or a folder of them with the file of their truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from kg.sample.accounts import Accounts
from kg.sample.dice import Dice
from kg.sample.invention import invent_years, unit_of
from kg.sample.layout import Layout
from kg.sample.markdown import MarkdownLayout
from kg.sample.ocr import OcrLayout
from kg.sample.planting import plant
from kg.sample.prose import ProseLayout
from kg.sample.records import json_lines
from kg.sample.report import compose
from kg.sample.styles import STYLES, Style, looks
from kg.sample.text import TextLayout
from kg.sample.truth import Sample, sample_of
from kg.sample.units import names_possible

#: The year of the newest report, unless the caller says otherwise.
LAST_YEAR = 2023

LAYOUTS: dict[str, type[Layout]] = {
    "text": TextLayout,
    "prose": ProseLayout,
    "ocr": OcrLayout,
    "markdown": MarkdownLayout,
}


def generate(
    seed: int,
    *,
    year: int = LAST_YEAR,
    style: Style | None = None,
    errors: int = 0,
    kinds: Sequence[str] | None = None,
) -> Sample:
    """One invented report of an invented unit.

    Args:
        seed: equal seeds give equal reports.
        year: the fiscal year, 2019 to 2024.
        style: how it is printed; None takes the styles in turn by seed.
        errors: how many contradictions to plant.
        kinds: the kinds to plant (ids of `planted/*.toml`); None is all of them.

    >>> sample = generate(1, style="ocr", errors=2)
    >>> len(sample.contradictions)
    2
    """
    accounts = invent_years(seed, last=year, count=1)[0]
    return print_accounts(accounts, seed, style or STYLES[seed % len(STYLES)], errors, kinds)


def print_accounts(
    accounts: Accounts,
    seed: object,
    style: Style,
    errors: int = 0,
    kinds: Sequence[str] | None = None,
) -> Sample:
    """The report of some accounts in a style, with contradictions planted after composing it."""
    year = accounts.year
    report = compose(accounts, style, Dice(seed, year, style, "words"))
    if errors:
        plant(report, errors, Dice(seed, year, "errors"), kinds)
    page = LAYOUTS[looks()[style].layout](report, Dice(seed, year, style, "layout")).written()
    return sample_of(page, accounts)


def write_samples(
    out: Path,
    *,
    units: int,
    years: int = 1,
    seed: int = 0,
    style: Style | None = None,
    errors: int = 0,
    truth: Path | None = None,
    last_year: int = LAST_YEAR,
) -> list[Path]:
    """Write the reports of `units` invented units for `years` years each to the folder `out`.

    Args:
        out: made if it isn't there.
        units: how many units, each with a name of its own.
        years: how many years of each, up to `last_year`.
        seed: equal arguments give equal files.
        style: one style for all; None takes them in turn by unit.
        errors: how many contradictions to plant in each report.
        truth: where to write what the reports state (JSON lines), if anywhere.
        last_year: the newest fiscal year.

    Returns:
        The files of the reports, in order.

    Raises:
        ValueError: more units than there are names for, or years that there are no samples of.
    """
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    with truth.open("w", encoding="utf-8", newline="\n") if truth else nullcontext() as lines:
        for n, unit_seed in enumerate(_seeds(units, seed)):
            chosen = style or STYLES[n % len(STYLES)]
            for accounts in invent_years(unit_seed, last=last_year, count=years):
                sample = print_accounts(accounts, unit_seed, chosen, errors)
                path = out / f"{n + 1:04d}-{accounts.year}-{chosen}.txt"
                path.write_text(sample.text, encoding="utf-8", newline="\n")
                paths.append(path)
                if lines:
                    lines.write(json_lines(sample, path.name))
    return paths


def _seeds(units: int, seed: int) -> Iterator[str]:
    """Seeds of so many units of different names."""
    if units > names_possible() // 2:
        raise ValueError(f"at most {names_possible() // 2} units can be invented, not {units}")
    names: set[str] = set()
    attempt = 0
    while len(names) < units:
        unit_seed = f"{seed}:{attempt}"
        attempt += 1
        name = unit_of(unit_seed).name
        if name not in names:
            names.add(name)
            yield unit_seed
