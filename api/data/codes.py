"""The code lists and their concepts."""

from __future__ import annotations

import pyoxigraph as ox

from api.data.models.entities import Code, CodeList
from api.data.reader import Reader
from api.store import Term


def code_lists(reader: Reader) -> list[CodeList]:
    """All code lists, by id; blocks."""
    site, folder = reader.site, f"{reader.base}code/"
    rows = site.store.select(site.queries.make("code_lists")).rows
    counts = {_text(row["list"]): int(_text(row["count"])) for row in rows}
    ours = sorted(iri for iri in counts if iri.startswith(folder))
    reader.prepare(ours)
    return [
        CodeList(
            iri=iri,
            id=iri.removeprefix(folder),
            label=reader.label(iri),
            concepts=counts[iri],
        )
        for iri in ours
    ]


def codes(reader: Reader, list_: str, after: str | None, limit: int) -> list[Code]:
    """The first concepts of a code list (its IRI) after one, by their IRIs; blocks."""
    site = reader.site
    query = site.queries.make(
        "data/code_list", list=list_, after=ox.Literal(after) if after else None, limit=limit
    )
    rows = site.store.select(query).rows
    reader.prepare(_text(row["concept"]) for row in rows)
    return [
        Code(
            iri=_text(row["concept"]),
            code=_text(row["notation"])
            if "notation" in row
            else reader.code(_text(row["concept"])),
            label=reader.label(_text(row["concept"])),
            broader=_text(row["broader"]) if "broader" in row else None,
        )
        for row in rows
    ]


def _text(term: Term) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value
