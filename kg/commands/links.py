"""`juesuan links`: mappings to the vocabularies of others, made from what they answer."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.commands.console import complain, fail
from kg.links.wikidata import QUERY, AnswerError, read_answer, region_items

app = typer.Typer(help="Mappings to the vocabularies of others.", rich_markup_mode=None)


@app.callback()
def _links() -> None:
    """A group with one command stays a group."""


@app.command("wikidata")
def wikidata_command(
    answer: Annotated[
        Path | None,
        typer.Argument(help="What Wikidata answered, as JSON; without it, the query."),
    ] = None,
) -> None:
    """Print the query to ask Wikidata, or rows of its answer for region-wikidata.sssom.tsv.

    Nothing is changed: the rows are for a person to put into ontology/links.
    """
    if answer is None:
        print(QUERY)
        return
    try:
        rows = read_answer(answer)
    except (AnswerError, OSError) as error:
        fail(str(error))
    items = list(region_items(rows))
    csv.writer(sys.stdout, delimiter="\t", lineterminator="\n").writerows(i.row() for i in items)
    complain(f"{len(items)} regions; the other codes have no one certain item")
