"""The catalogue of a release in DCAT 3, as DCAT-AP 3 profiles it.

Sources: https://www.w3.org/TR/vocab-dcat-3/, https://semiceu.github.io/DCAT-AP/releases/3.0.0/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg import __version__
from kg.build.digests import Digests
from kg.build.entries import EU, TEXTS, THEMES, Entries, filled
from kg.build.manifest import ReportEntry, SupersededEntry
from kg.build.parts import Parts
from kg.build.publication import Publication, Texts
from kg.graph import string, text
from kg.regions import region_name
from kg.resources import turtle
from kg.tables import tables
from kg.vocabulary import Namespace

_PUBLISHER_TYPES = "http://purl.org/adms/publishertype/"


@dataclass(frozen=True)
class Catalogue:
    """What a catalogue says; all but `sizes` is in the release's own data, as `graph/catalog`."""

    namespace: Namespace
    publication: Publication

    @property
    def iri(self) -> str:
        return f"{self.namespace.base}catalog"

    @property
    def whole(self) -> str:
        """The data set of all that is in the release."""
        return f"{self.namespace.base}dataset/juesuan"

    @property
    def site(self) -> str:
        """Where the release is served, ending in a slash."""
        return self._entries().site

    def dataset(self, report: str) -> str:
        """The data set of a report: what is known of the report as something to download."""
        return f"{self.namespace.base}dataset/{self._name(report)}"

    def standing(self, reports: Sequence[Parts], digests: Digests) -> list[Quad]:
        """What is said of the catalogue, all data together, the years, the service, the build."""
        said = self._entries()
        entries = [parts.entry for parts in reports]
        regions = sorted({parts.region for parts in reports if parts.region})
        _agents(said)
        self._catalogue(said, regions)
        self._whole(said, entries, regions)
        self._tables(said, digests)
        for year in sorted({entry.fiscal_year for entry in entries}):
            self._series(said, year)
        self._service(said)
        _build(said)
        for region in regions:
            iri, name = self.namespace.region(region), text(region_name(region) or region)
            said.graph.types(iri, "dct:Location")
            said.graph.add(iri, "skos:prefLabel", name)
        return [*said.graph, *self._common()]

    def report(self, parts: Parts, digests: Digests) -> list[Quad]:
        """What is said of one report; its own files are in no dump, so their digests can be."""
        said, entry = self._entries(), parts.entry
        iri, name = self.dataset(entry.iri), self._name(entry.iri)
        words = {
            "unit": entry.unit_name,
            "year": entry.fiscal_year,
            "facts": sum(entry.facts.values()),
            "quads": entry.quads,
            "findings": entry.findings,
        }
        said.graph.add(self.iri, "dcat:dataset", iri)
        said.dataset(iri, filled(TEXTS["report"], words), name)
        said.graph.add(iri, "dcat:inSeries", self._year(entry.fiscal_year))
        # DCAT-AP 3's own shapes look for it, too
        said.graph.add(self._year(entry.fiscal_year), "dcat:seriesMember", iri)
        said.graph.add(iri, "dct:isPartOf", self.whole)
        said.graph.add(iri, "dct:subject", entry.unit)
        said.graph.add(iri, "dct:relation", entry.iri)
        said.graph.add(iri, "dcat:landingPage", said.page(f"dataset/{name}.html"))
        said.period(iri, entry.fiscal_year, entry.fiscal_year)
        if parts.region:
            said.graph.add(iri, "dct:spatial", self.namespace.region(parts.region))
        said.measure(iri, [entry])
        said.source(iri, entry)
        for key, form in TEXTS["report-distributions"].items():
            file = form["file"].format(name=name)
            said.size(said.distribution(iri, key, form, file), digests.of(file))
        return list(said.graph)

    def superseded(self, entries: Iterable[SupersededEntry], digests: Digests) -> list[Quad]:
        """Reports that were corrected, as data sets that no catalogue lists any more.

        `entries` come in the order in which they were published, the reports' oldest first.
        """
        said = self._entries()
        for iri, versions in groupby(entries, key=lambda entry: entry.iri):
            revised = None
            for entry in versions:
                older = f"{self.dataset(iri)}/revision/{entry.sha256[:8]}"
                self._superseded(said, older, entry, digests)
                said.graph.add(older, "prov:wasRevisionOf", revised)
                revised = older
            said.graph.add(self.dataset(iri), "prov:wasRevisionOf", revised)
            said.graph.add(self.dataset(iri), "dcat:previousVersion", revised)
        return list(said.graph)

    def _superseded(
        self, said: Entries, iri: str, entry: SupersededEntry, digests: Digests
    ) -> None:
        year = entry.fiscal_year
        words = {"unit": entry.unit_name, "year": year}
        name = f"{self._name(entry.iri)}/{entry.sha256[:8]}"
        said.dataset(iri, filled(TEXTS["superseded"], words), name)
        said.graph.types(iri, "prov:Entity")
        said.graph.add(iri, "dct:isVersionOf", self.dataset(entry.iri))
        said.graph.add(iri, "dct:source", string(entry.source))
        said.graph.add(iri, "dcat:landingPage", said.page(f"dataset/{self._name(entry.iri)}.html"))
        said.period(iri, year, year)
        for key, form in TEXTS["superseded-distributions"].items():
            file = form["file"].format(name=name)
            said.size(said.distribution(iri, key, form, file), digests.of(file))

    def sizes(self, digests: Digests) -> list[Quad]:
        """How large the dumps are, and their digests, which no dump can hold itself."""
        said = self._entries()
        for key, form in TEXTS["distributions"].items():
            said.size(f"{self.whole}/{key}", digests.of(form["file"]))
        return list(said.graph)

    def _catalogue(self, said: Entries, regions: Iterable[str]) -> None:
        graph = said.graph
        graph.types(self.iri, "dcat:Catalog")
        said.described(self.iri, self.publication.title, self.publication.description)
        graph.add(self.iri, "dct:license", said.licence())
        graph.add(self.iri, "foaf:homepage", said.page(""))
        graph.add(self.iri, "dcat:themeTaxonomy", f"{EU}data-theme")
        graph.types(f"{EU}data-theme", "skos:ConceptScheme")
        graph.add(f"{EU}data-theme", "dct:title", text("Data theme", "en"))
        graph.add(self.iri, "dcat:dataset", self.whole)
        graph.add(self.iri, "dcat:service", said.endpoint)
        for region in regions:
            graph.add(self.iri, "dct:spatial", self.namespace.region(region))

    def _whole(self, said: Entries, entries: Sequence[ReportEntry], regions: Iterable[str]) -> None:
        graph = said.graph
        texts = {"title": self.publication.title, "description": self.publication.description}
        said.dataset(self.whole, texts, "juesuan")
        graph.types(self.whole, "void:Dataset")
        graph.add(self.whole, "dcat:landingPage", said.page(""))
        graph.add(self.whole, "dct:accrualPeriodicity", f"{EU}frequency/ANNUAL")
        graph.types(f"{EU}frequency/ANNUAL", "dct:Frequency")
        years = [entry.fiscal_year for entry in entries]
        said.period(self.whole, min(years), max(years))
        for region in regions:
            graph.add(self.whole, "dct:spatial", self.namespace.region(region))
        said.measure(self.whole, entries)
        for key, form in TEXTS["distributions"].items():
            said.distribution(self.whole, key, form, form["file"])
        asked = f"{self.whole}/sparql"
        graph.types(asked, "dcat:Distribution")
        graph.add(self.whole, "dcat:distribution", asked)
        said.say(asked, "dct:title", TEXTS["service"]["title"])
        said.say(asked, "dct:description", TEXTS["service"]["description"])
        graph.add(asked, "dcat:accessURL", f"{said.site}sparql")
        graph.add(asked, "dcat:accessService", said.endpoint)
        said.terms(asked)

    def _tables(self, said: Entries, digests: Digests) -> None:
        """All data as tables: each a file, and what describes them."""
        for key, form in _table_files():
            file = form["file"]
            said.size(said.distribution(self.whole, key, form, file), digests.of(file))

    def _series(self, said: Entries, year: int) -> None:
        iri, texts = self._year(year), filled(TEXTS["series"], {"year": year})
        said.graph.types(iri, "dcat:DatasetSeries")
        said.described(iri, texts["title"], texts["description"])
        said.graph.add(self.iri, "dcat:resource", iri)
        said.graph.add(iri, "dcat:contactPoint", said.contact)
        said.period(iri, year, year)

    def _service(self, said: Entries) -> None:
        iri, graph = said.endpoint, said.graph
        graph.types(iri, "dcat:DataService")
        said.described(iri, TEXTS["service"]["title"], TEXTS["service"]["description"])
        for name in ("dcat:endpointURL", "dcat:endpointDescription"):
            graph.add(iri, name, f"{said.site}sparql")
        graph.add(iri, "dcat:servesDataset", self.whole)
        graph.add(iri, "dcat:contactPoint", said.contact)
        graph.add(iri, "dct:conformsTo", "https://www.w3.org/TR/sparql11-protocol/")
        graph.add(iri, "dct:license", said.licence())
        said.open(iri)
        for theme in THEMES:
            graph.add(iri, "dcat:theme", theme)

    def _common(self) -> Iterator[Quad]:
        graph = NamedNode(self.namespace.graph("catalog"))
        common = turtle(Path(__file__).with_name("catalogue.ttl"), self.namespace.base)
        for quad in parse(common, format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)

    def _year(self, year: int) -> str:
        return f"{self.namespace.base}series/{year}"

    def _name(self, report: str) -> str:
        return report.removeprefix(f"{self.namespace.base}report/")

    def _entries(self) -> Entries:
        return Entries(self.namespace, self.publication)


def _agents(said: Entries) -> None:
    publisher, contact = said.publication.publisher, said.publication.contact
    graph = said.graph
    graph.types(said.publisher, "foaf:Agent", "foaf:Organization")
    said.say(said.publisher, "foaf:name", publisher.name)
    if publisher.type:
        graph.add(said.publisher, "dct:type", f"{_PUBLISHER_TYPES}{publisher.type}")
        graph.types(f"{_PUBLISHER_TYPES}{publisher.type}", "skos:Concept")
    if publisher.homepage:
        graph.add(said.publisher, "foaf:homepage", publisher.homepage)
        graph.types(publisher.homepage, "foaf:Document")
    graph.types(said.contact, "vcard:Kind", "vcard:Organization")
    said.say(said.contact, "vcard:fn", contact.name)
    if contact.email:
        graph.add(said.contact, "vcard:hasEmail", f"mailto:{contact.email}")
    if contact.page or not contact.email:
        graph.add(said.contact, "vcard:hasURL", contact.page or said.site)


def _build(said: Entries) -> None:
    base, graph = said.namespace.base, said.graph
    build, tool = f"{base}build", f"{base}build/juesuan"
    graph.types(build, "prov:Activity")
    said.say(build, "rdfs:label", filled(TEXTS["build"], {"version": __version__})["label"])
    graph.add(build, "prov:wasAssociatedWith", tool)
    graph.types(tool, "prov:SoftwareAgent", "prov:Agent")
    graph.add(tool, "rdfs:label", string("juesuan"))
    graph.add(tool, "dcat:version", string(__version__))


def _table_files() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The files of `tables/`: the id of each and what it is, as catalogue.toml says it."""
    for key, form in TEXTS["table-distributions"].items():
        for table in tables():
            titles: Texts = {
                tag: said.format(table=table.title[tag]) for tag, said in form["title"].items()
            }
            yield f"{key}-{table.name}", {
                **form, "file": form["file"].format(name=table.name), "title": titles
            }  # fmt: skip
    yield from TEXTS["table-descriptions"].items()
