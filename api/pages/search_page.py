"""What `/search` shows: the things found, and the facets that narrow them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.names.facets import FACETS
from api.names.searching import Found, search
from api.names.things import Thing
from api.pages.labels import Labels
from api.pages.view import View
from api.paging import Page, number_of, page_from

#: How many values of a facet are shown, the most frequent first.
_VALUES = 12
#: The longest words that are looked for.
_MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Result:
    """A thing found, as it is shown; its name in three parts: the middle one was sought."""

    thing: Thing
    before: str
    mark: str
    after: str
    kind: str
    description: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many of the things found have it, and where choosing it leads."""

    value: str
    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of what was found."""

    words: str
    chosen: Mapping[str, str]
    found: Found
    results: Page[Result]
    facets: Mapping[str, list[Choice]]


def search_content(view: View) -> Mapping[str, Any]:
    """What the template of the page shows."""
    return {"answer": _answer(view)}


def record(view: View) -> dict[str, Any]:
    """The same as JSON."""
    found = _answer(view)
    base = view.site.namespace.base
    return {
        "query": found.words,
        "chosen": dict(found.chosen),
        "total": found.found.total,
        "near": found.found.near,
        "page": found.results.number,
        "previous": found.results.previous,
        "next": found.results.next,
        "results": [
            {
                "id": result.thing.id,
                "iri": base + result.thing.id,
                "name": result.thing.name,
                "type": result.thing.kind,
                "code": result.thing.notation,
                "description": result.description,
                "years": sorted(result.thing.years),
                "url": result.href,
            }
            for result in found.results.rows
        ],
        "facets": {
            name: [{"value": c.value, "label": c.label, "count": c.count} for c in choices]
            for name, choices in found.facets.items()
        },
    }


def _answer(view: View) -> Answer:
    given = dict(view.parameters)
    words = given.get("q", "").strip()[:_MOST_CHARACTERS]
    chosen = {name: given[name] for name in FACETS if given.get(name)}
    size = view.site.settings.page_rows
    start = (number_of(view) - 1) * size
    names = view.site.names.get()
    if words or chosen:
        found = search(names, words, chosen, start, size + 1)
    else:
        found = Found([], 0, False, {})
    base, things = view.site.namespace.base, names.index.things
    classes = {value for value, _ in found.facets.get("class", [])}
    labels = view.labels(f"{base}code/functional/{value}" for value in classes)
    results = [
        Result(
            thing,
            *_marked(thing.name, words),
            view.text(f"kind.{thing.kind}"),
            things.description(thing),
            view.links.href(base + thing.id),
        )
        for thing in found.things
    ]
    facets = {
        name: _choices(view, name, values, chosen.get(name), labels)
        for name, values in found.facets.items()
    }
    return Answer(words, chosen, found, page_from(results, view), facets)


def _marked(name: str, words: str) -> tuple[str, str, str]:
    """A name in three parts, where it holds the words as they were typed."""
    before, mark, after = name.partition(words) if words else (name, "", "")
    return before, mark, after


def _choices(
    view: View, name: str, values: list[tuple[str, int]], chosen: str | None, labels: Labels
) -> list[Choice]:
    ordered = sorted(values, key=lambda value: (value[0] != chosen, -value[1], value[0]))
    if name == "year":
        ordered.sort(key=lambda value: value[0], reverse=True)
    others = {n: v for n, v in view.parameters if n not in (name, "page")}
    return [
        Choice(
            value,
            _label(view, name, value, labels),
            count,
            view.links.path("/search", **(others if value == chosen else others | {name: value})),
            value == chosen,
        )
        for value, count in ordered[:_VALUES]
    ]


def _label(view: View, name: str, value: str, labels: Labels) -> str:
    match name:
        case "type":
            return view.text(f"kind.{value}")
        case "region":
            return view.site.names.get().index.things.name(f"region/{value}") or value
        case "class":
            return labels.of(f"{view.site.namespace.base}code/functional/{value}").text
        case "findings":
            return view.text("search.with-findings")
    return value
