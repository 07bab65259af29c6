"""What charts there are: `charts.toml`, and a query beside it for each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from api.texts import Language

_FOLDER = Path(__file__).parent
_PARAMETER = re.compile(r"\$(\w+)")
#: The first SELECT clause, and the pattern behind it up to its last brace.
_SELECT = re.compile(r"^SELECT\b.*?\bWHERE\b(.*\}).*", re.DOTALL | re.MULTILINE)


class Chart(BaseModel):
    """One chart; `charts.toml` says what its fields mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    of: Literal["unit", "region", "function", "economic", "project"]
    form: Literal["columns", "bars", "map"]
    title: Mapping[Language, str]
    row: str
    values: tuple[str, ...]
    unit: Literal["yuan", "number"]
    series: str | None = None
    facts: tuple[str, ...] = ()
    describes: str | None = None
    stack: tuple[str, ...] = ()
    whole: str | None = None
    targets: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    within: str | None = None
    deepest: bool = False
    shares: bool = False

    def query(self, base: str, terms: Mapping[str, str]) -> str:
        """Its query, for data under `base`, each ``$parameter`` replaced by a term of SPARQL."""
        text = _read(self.name).replace("https://w3id.org/juesuan/", base)
        return _PARAMETER.sub(lambda found: terms[found[1]], text)

    def describing(self, query: str) -> str:
        r"""The query of the RDF that a chart's query reads: the same pattern, described.

        >>> chart = charts_of("unit")[0]
        >>> chart.describing("SELECT ?a WHERE { ?figure ?b ?a } ORDER BY ?a")
        'DESCRIBE ?figure WHERE { ?figure ?b ?a }\n'
        """
        wanted = dict.fromkeys((self.describes,) if self.describes else self.facts)
        names = " ".join(f"?{name}" for name in wanted)
        return _SELECT.sub(lambda found: f"DESCRIBE {names} WHERE{found[1]}\n", query, count=1)


@cache
def charts_of(kind: str) -> tuple[Chart, ...]:
    """The charts of a kind of thing, in the order of the file."""
    tables = tomllib.loads((_FOLDER / "charts.toml").read_text("utf-8"))
    charts = (Chart(name=name, **table) for name, table in tables.items())
    return tuple(chart for chart in charts if chart.of == kind)


@cache
def _read(name: str) -> str:
    return (_FOLDER / f"{name}.rq").read_text("utf-8")
