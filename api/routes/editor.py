"""`/editor.json`: what the SPARQL editor completes: prefixes, classes and properties with names."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, tag_of, unchanged
from api.formats import JSON
from api.pages.shown import iris_of
from api.pages.view import View

router = APIRouter(tags=["SPARQL"])

_VARY = "Accept-Language, X-Forwarded-Prefix"
_KINDS = {"class": "classes", "property": "properties"}


@router.head("/editor.json", include_in_schema=False)
@router.get("/editor.json", summary="Words for a SPARQL editor", response_class=Response)
async def editor_words(request: Request) -> Response:
    """Prefixes, and the classes and properties of the data with their names in a language."""
    view = View.of(request)
    tag = tag_of(view.site, JSON.extension, view.language, *view.links.root.split("/"))
    known = unchanged(request, tag, _VARY)
    if known:
        return known
    words = await view.site.run(_words, view)
    body = json.dumps(words, ensure_ascii=False).encode()
    return answer(request, body, JSON.content_type(), vary=_VARY, tag=tag)


def _words(view: View) -> dict[str, Any]:
    site = view.site
    graph = site.namespace.graph("ontology")
    rows = site.store.select(site.queries.make("editor_words", graph=graph)).rows
    names = view.labels(iris_of(row["term"] for row in rows))
    found: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS.values()}
    for row in rows:
        kind, term = row["kind"], row["term"]
        assert isinstance(kind, ox.Literal)
        assert isinstance(term, ox.NamedNode)
        found[_KINDS[kind.value]][term.value] = names.of(term.value).text
    return {
        "base": site.namespace.base,
        "root": f"{view.links.root}/",
        "prefixes": site.namespace.prefixes() | _schemes(view),
        "label": view.text("sparql.query"),
        **{
            kind: [{"iri": iri, "label": terms[iri]} for iri in sorted(terms)]
            for kind, terms in found.items()
        },
    }


def _schemes(view: View) -> dict[str, str]:
    """A prefix for each code list, by its own name: ``phase:final``."""
    site = view.site
    rows = site.store.select(site.queries.make("code_lists")).rows
    lists = sorted(iris_of(row["list"] for row in rows))
    base = site.namespace.code("")
    return {iri.removeprefix(base): f"{iri}/" for iri in lists if iri.startswith(base)}
