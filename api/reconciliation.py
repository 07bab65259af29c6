"""What the reconciliation service says of itself: manifest, types, properties, previews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import kg
from api.names.extending import described
from api.names.properties import Property, properties
from api.names.things import ENTITIES, Thing, Things
from api.pages.view import View

#: The size that previews are made for, in pixels.
_WIDTH, _HEIGHT = 420, 220


def manifest(view: View, address: str) -> dict[str, Any]:
    """The service manifest (Reconciliation API 0.2 §3.1); `address` is where the site is."""
    base = view.site.namespace.base
    suggest = {
        name: {
            "service_url": address,
            "service_path": f"/reconcile/suggest/{name}",
            "flyout_service_url": address,
            "flyout_service_path": f"/reconcile/flyout/{name}?id=${{id}}",
        }
        for name in ("entity", "type", "property")
    }
    return {
        "versions": ["0.1", "0.2"],
        "name": view.text("reconcile.name"),
        "identifierSpace": base,
        "schemaSpace": base,
        "documentation": f"{address}/reconcile",
        "serviceVersion": kg.__version__,
        "defaultTypes": [{"id": id_, "name": name} for id_, name in type_names(view).items()],
        "view": {"url": f"{address}/{{{{id}}}}"},
        "preview": {
            "url": f"{address}/reconcile/preview?id={{{{id}}}}",
            "width": _WIDTH,
            "height": _HEIGHT,
        },
        "suggest": suggest,
        "extend": {
            "propose_properties": {
                "service_url": address,
                "service_path": "/reconcile/properties",
            },
            "property_settings": [
                {
                    "name": "limit",
                    "label": view.text("reconcile.limit"),
                    "type": "number",
                    "default": 0,
                    "help_text": view.text("reconcile.limit-help"),
                }
            ],
        },
    }


def type_names(view: View) -> dict[str, str]:
    """The names of all types by id: classes, and the code lists that the release has."""
    things = view.site.names.get().index.things
    schemes = things.schemes
    labels = view.labels(view.site.namespace.base + scheme for scheme in schemes)
    classes = [kind for kind in ENTITIES if kind != "code"]
    return {f"ontology#{kind.capitalize()}": view.text(f"kind.{kind}") for kind in classes} | {
        scheme: labels.of(view.site.namespace.base + scheme).text for scheme in schemes
    }


def properties_of(types: tuple[str, ...]) -> list[Property]:
    """The properties of a type; all without one."""
    kinds = {kind for kind in ENTITIES for type_ in types if _is_kind(type_, kind)}
    return [p for p in properties().values() if not kinds or kinds & set(p.of)]


def _is_kind(type_: str, kind: str) -> bool:
    if kind == "code":
        return type_.startswith("code")
    return type_ == f"ontology#{kind.capitalize()}"


def holding(prefix: str, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries whose name or id holds what was typed."""
    wanted = prefix.strip().lower()
    return [e for e in entries if wanted in f"{e['name']}\n{e['id']}".lower()]


def preview(view: View, thing: Thing) -> Mapping[str, Any]:
    """What a preview shows of a thing."""
    things: Things = view.site.names.get().index.things
    names = type_names(view)
    return {
        "thing": thing,
        "types": [names.get(type_, type_) for type_ in thing.types],
        "description": things.description(thing),
        "others": [name for name in thing.others if name != thing.name],
        "years": sorted(thing.years),
        "href": view.links.href(view.site.namespace.base + thing.id),
    }


def property_entries(view: View, types: tuple[str, ...]) -> list[dict[str, Any]]:
    return [described(property_, view.language) for property_ in properties_of(types)]
