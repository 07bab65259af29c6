"""`juesuan sample`: invented reports with known truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.console import out
from kg.sample import Style, write_samples


def sample_command(
    to: Annotated[Path, typer.Option("--out", help="Where the reports go.")] = Path("samples"),
    units: Annotated[int, typer.Option(min=1, help="How many units.")] = 3,
    years: Annotated[int, typer.Option(min=1, help="How many years of each.")] = 2,
    seed: Annotated[int, typer.Option(help="The same seed gives the same reports.")] = 1,
    style: Annotated[
        Style | None, typer.Option(help="How the reports look; without it each style in turn.")
    ] = None,
    errors: Annotated[int, typer.Option(min=0, help="Contradictions planted in each.")] = 0,
    truth: Annotated[
        Path | None, typer.Option(help="Where the true facts go, one JSON object a line.")
    ] = None,
) -> None:
    """Write invented reports of invented units, and what is true of them."""
    written = write_samples(
        to, units=units, years=years, seed=seed, style=style, errors=errors, truth=truth
    )
    out.print(f"{len(written)} reports in {to}" + (f", their facts in {truth}" if truth else ""))
