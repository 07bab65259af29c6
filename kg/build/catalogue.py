"""The catalogue of a release in DCAT 3, as DCAT-AP 3 profiles it.

Sources: https://www.w3.org/TR/vocab-dcat-3/, https://semiceu.github.io/DCAT-AP/releases/3.0.0/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import __version__
from kg.build.digests import Digest, Digests
from kg.build.manifest import ReportEntry
from kg.build.parts import Parts
from kg.build.publication import Publication, Texts
from kg.mapping.graph import XSD, Graph, integer, string, text
from kg.regions import region_name
from kg.resources import toml, turtle
from kg.vocabulary import Namespace

#: The prefixes that a catalogue needs beside ours.
PREFIXES = {
    "dcatap": "http://data.europa.eu/r5r/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_EU = "http://publications.europa.eu/resource/authority/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_THEMES = (f"{_EU}data-theme/GOVE", f"{_EU}data-theme/ECON")
_TEXTS = toml(__package__, "catalogue.toml")


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

    def dataset(self, report: str) -> str:
        """The data set of a report: what is known of the report as something to download."""
        return f"{self.namespace.base}dataset/{self._name(report)}"

    def standing(self, reports: Sequence[Parts]) -> list[Quad]:
        """What is said of the catalogue, all data together, the years, the service, the build."""
        graph = self._graph()
        entries = [parts.entry for parts in reports]
        regions = sorted({parts.region for parts in reports if parts.region})
        self._agents(graph)
        self._catalogue(graph, regions)
        self._whole(graph, entries, regions)
        for year in sorted({entry.fiscal_year for entry in entries}):
            self._series(graph, year)
        self._service(graph)
        self._build(graph)
        for region in regions:
            graph.types(self.namespace.region(region), "dct:Location")
            graph.add(
                self.namespace.region(region), "skos:prefLabel", text(region_name(region) or region)
            )
        return [*graph, *self._common()]

    def report(self, parts: Parts, digests: Digests) -> list[Quad]:
        """What is said of one report; its own files are in no dump, so their digests can be."""
        graph, entry = self._graph(), parts.entry
        iri, name = self.dataset(entry.iri), self._name(entry.iri)
        words = {
            "unit": entry.unit_name,
            "year": entry.fiscal_year,
            "facts": sum(entry.facts.values()),
            "quads": entry.quads,
            "findings": entry.findings,
        }
        graph.add(self.iri, "dcat:dataset", iri)
        self._dataset(graph, iri, _said(_TEXTS["report"], words), name)
        graph.add(iri, "dcat:inSeries", self._year(entry.fiscal_year))
        graph.add(iri, "dct:isPartOf", self.whole)
        graph.add(iri, "dct:subject", entry.unit)
        graph.add(iri, "dct:relation", entry.iri)
        graph.add(iri, "dcat:landingPage", self._page(graph, f"dataset/{name}.html"))
        self._period(graph, iri, entry.fiscal_year, entry.fiscal_year)
        if parts.region:
            graph.add(iri, "dct:spatial", self.namespace.region(parts.region))
        self._measure(graph, iri, [entry])
        self._source(graph, iri, entry)
        for key, form in _TEXTS["report-distributions"].items():
            file = form["file"].format(name=name)
            distribution = self._distribution(graph, iri, key, form, file)
            self._size(graph, distribution, digests.of(file))
        return list(graph)

    def sizes(self, digests: Digests) -> list[Quad]:
        """How large the dumps are, and their digests, which no dump can hold itself."""
        graph = self._graph()
        for key, form in _TEXTS["distributions"].items():
            self._size(graph, f"{self.whole}/{key}", digests.of(form["file"]))
        return list(graph)

    # --- what the catalogue is made of

    def _catalogue(self, graph: Graph, regions: Iterable[str]) -> None:
        graph.types(self.iri, "dcat:Catalog")
        self._described(graph, self.iri, self.publication.title, self.publication.description)
        graph.add(self.iri, "dct:license", self._licence(graph))
        graph.add(self.iri, "foaf:homepage", self._page(graph, ""))
        graph.add(self.iri, "dcat:themeTaxonomy", f"{_EU}data-theme")
        graph.types(f"{_EU}data-theme", "skos:ConceptScheme")
        graph.add(f"{_EU}data-theme", "dct:title", text("Data theme", "en"))
        graph.add(self.iri, "dcat:dataset", self.whole)
        graph.add(self.iri, "dcat:service", self._endpoint)
        for region in regions:
            graph.add(self.iri, "dct:spatial", self.namespace.region(region))

    def _whole(self, graph: Graph, entries: Sequence[ReportEntry], regions: Iterable[str]) -> None:
        said = {"title": self.publication.title, "description": self.publication.description}
        self._dataset(graph, self.whole, said, "juesuan")
        graph.types(self.whole, "void:Dataset")
        graph.add(self.whole, "dcat:landingPage", self._page(graph, ""))
        graph.add(self.whole, "dct:accrualPeriodicity", f"{_EU}frequency/ANNUAL")
        graph.types(f"{_EU}frequency/ANNUAL", "dct:Frequency")
        years = [entry.fiscal_year for entry in entries]
        self._period(graph, self.whole, min(years), max(years))
        for region in regions:
            graph.add(self.whole, "dct:spatial", self.namespace.region(region))
        self._measure(graph, self.whole, entries)
        for key, form in _TEXTS["distributions"].items():
            self._distribution(graph, self.whole, key, form, form["file"])
        asked = f"{self.whole}/sparql"
        graph.types(asked, "dcat:Distribution")
        graph.add(self.whole, "dcat:distribution", asked)
        self._say(graph, asked, "dct:title", _TEXTS["service"]["title"])
        self._say(graph, asked, "dct:description", _TEXTS["service"]["description"])
        graph.add(asked, "dcat:accessURL", f"{self.site}sparql")
        graph.add(asked, "dcat:accessService", self._endpoint)
        self._terms(graph, asked)

    def _series(self, graph: Graph, year: int) -> None:
        iri, said = self._year(year), _said(_TEXTS["series"], {"year": year})
        graph.types(iri, "dcat:DatasetSeries")
        self._described(graph, iri, said["title"], said["description"])
        graph.add(self.iri, "dcat:resource", iri)
        graph.add(iri, "dcat:contactPoint", self._contact)
        self._period(graph, iri, year, year)

    def _service(self, graph: Graph) -> None:
        iri = self._endpoint
        graph.types(iri, "dcat:DataService")
        self._described(graph, iri, _TEXTS["service"]["title"], _TEXTS["service"]["description"])
        for name in ("dcat:endpointURL", "dcat:endpointDescription"):
            graph.add(iri, name, f"{self.site}sparql")
        graph.add(iri, "dcat:servesDataset", self.whole)
        graph.add(iri, "dcat:contactPoint", self._contact)
        graph.add(iri, "dct:conformsTo", "https://www.w3.org/TR/sparql11-protocol/")
        graph.add(iri, "dct:license", self._licence(graph))
        self._open(graph, iri)
        for theme in _THEMES:
            graph.add(iri, "dcat:theme", theme)

    def _build(self, graph: Graph) -> None:
        build, tool = f"{self.namespace.base}build", f"{self.namespace.base}build/juesuan"
        graph.types(build, "prov:Activity")
        self._say(
            graph, build, "rdfs:label", _said(_TEXTS["build"], {"version": __version__})["label"]
        )
        graph.add(build, "prov:wasAssociatedWith", tool)
        graph.types(tool, "prov:SoftwareAgent", "prov:Agent")
        graph.add(tool, "rdfs:label", string("juesuan"))
        graph.add(tool, "dcat:version", string(__version__))

    def _agents(self, graph: Graph) -> None:
        publisher, contact = self.publication.publisher, self.publication.contact
        graph.types(self._publisher, "foaf:Agent", "foaf:Organization")
        self._say(graph, self._publisher, "foaf:name", publisher.name)
        if publisher.homepage:
            graph.add(self._publisher, "foaf:homepage", publisher.homepage)
            graph.types(publisher.homepage, "foaf:Document")
        graph.types(self._contact, "vcard:Kind", "vcard:Organization")
        self._say(graph, self._contact, "vcard:fn", contact.name)
        if contact.email:
            graph.add(self._contact, "vcard:hasEmail", f"mailto:{contact.email}")
        if contact.page or not contact.email:
            graph.add(self._contact, "vcard:hasURL", contact.page or self.site)

    # --- what all data sets have

    def _dataset(self, graph: Graph, iri: str, said: Mapping[str, Texts], identifier: str) -> None:
        graph.types(iri, "dcat:Dataset")
        self._described(graph, iri, said["title"], said["description"])
        graph.add(iri, "dct:identifier", string(identifier))
        graph.add(iri, "dcat:contactPoint", self._contact)
        for language, words in _TEXTS["keywords"].items():
            for word in words:
                graph.add(iri, "dcat:keyword", text(word, language))
        for theme in _THEMES:
            graph.add(iri, "dcat:theme", theme)
            graph.types(theme, "skos:Concept")
        graph.add(iri, "dct:conformsTo", f"{self.namespace.base}ontology")
        graph.add(iri, "dct:conformsTo", f"{self.namespace.base}shapes")
        graph.add(iri, "prov:wasGeneratedBy", f"{self.namespace.base}build")
        self._open(graph, iri)

    def _described(self, graph: Graph, iri: str, title: Texts, description: Texts) -> None:
        self._say(graph, iri, "dct:title", title)
        self._say(graph, iri, "dct:description", description)
        graph.add(iri, "dct:publisher", self._publisher)
        graph.add(iri, "dct:language", f"{_EU}language/ZHO")
        graph.types(f"{_EU}language/ZHO", "dct:LinguisticSystem")
        graph.add(iri, "dct:issued", _date(self.publication.issued))
        graph.add(iri, "dct:modified", _date(self.publication.modified))

    def _open(self, graph: Graph, iri: str) -> None:
        """Anyone may have it."""
        graph.add(iri, "dct:accessRights", f"{_EU}access-right/PUBLIC")
        graph.types(f"{_EU}access-right/PUBLIC", "dct:RightsStatement")

    def _terms(self, graph: Graph, distribution: str) -> None:
        graph.add(distribution, "dct:license", self._licence(graph))
        graph.add(distribution, "dcatap:availability", f"{_EU}planned-availability/STABLE")
        graph.types(f"{_EU}planned-availability/STABLE", "skos:Concept")

    def _distribution(
        self, graph: Graph, dataset: str, key: str, form: Mapping[str, Any], file: str
    ) -> str:
        iri = f"{dataset}/{key}"
        graph.types(iri, "dcat:Distribution")
        graph.add(dataset, "dcat:distribution", iri)
        self._say(graph, iri, "dct:title", form["title"])
        self._say(graph, iri, "dct:description", form["title"])
        for name in ("dcat:accessURL", "dcat:downloadURL"):
            graph.add(iri, name, f"{self.site}dumps/{file}")
        graph.add(iri, "dcat:mediaType", _MEDIA + form["media"])
        graph.types(_MEDIA + form["media"], "dct:MediaType")
        graph.add(iri, "dct:format", f"{_EU}file-type/{form['type']}")
        graph.types(f"{_EU}file-type/{form['type']}", "dct:MediaTypeOrExtent")
        if packing := form.get("packing"):
            graph.add(iri, "dcat:compressFormat", _MEDIA + packing)
            graph.types(_MEDIA + packing, "dct:MediaType")
        self._terms(graph, iri)
        return iri

    def _size(self, graph: Graph, distribution: str, digest: Digest) -> None:
        size = Literal(str(digest.size), datatype=NamedNode(XSD + "nonNegativeInteger"))
        graph.add(distribution, "dcat:byteSize", size)
        self._checksum(graph, distribution, digest.sha256)

    def _checksum(self, graph: Graph, of: str, sha256: str) -> None:
        iri = f"{of}/checksum"
        graph.add(of, "spdx:checksum", iri)
        graph.types(iri, "spdx:Checksum")
        graph.add(iri, "spdx:algorithm", "spdx:checksumAlgorithm_sha256")
        value = Literal(sha256, datatype=NamedNode(XSD + "hexBinary"))
        graph.add(iri, "spdx:checksumValue", value)

    def _source(self, graph: Graph, dataset: str, entry: ReportEntry) -> None:
        """The file that was read: its name, its media type, its digest."""
        file, build = f"{dataset}/file", f"{self.namespace.base}build"
        graph.add(dataset, "prov:wasDerivedFrom", file)
        graph.add(build, "prov:used", file)
        graph.types(file, "prov:Entity")
        graph.add(file, "dct:title", string(entry.source))
        graph.add(file, "dcat:mediaType", _MEDIA + entry.format)
        graph.types(_MEDIA + entry.format, "dct:MediaType")
        self._checksum(graph, file, entry.sha256)

    def _measure(self, graph: Graph, dataset: str, entries: Sequence[ReportEntry]) -> None:
        """What the audit found and what reading left over, as quality measurements (DQV)."""
        counts = {
            "findings": sum(entry.findings for entry in entries),
            "unclaimed": sum(entry.unclaimed for entry in entries),
        }
        for metric, count in counts.items():
            iri = f"{dataset}/quality/{metric}"
            graph.add(dataset, "dqv:hasQualityMeasurement", iri)
            graph.types(iri, "dqv:QualityMeasurement")
            graph.add(iri, "dqv:computedOn", dataset)
            graph.add(iri, "dqv:isMeasurementOf", f"{self.namespace.base}quality/{metric}")
            graph.add(iri, "dqv:value", integer(count))

    def _period(self, graph: Graph, dataset: str, first: int, last: int) -> None:
        """The fiscal years, which are calendar years."""
        iri = f"{dataset}/period"
        graph.add(dataset, "dct:temporal", iri)
        graph.types(iri, "dct:PeriodOfTime")
        graph.add(iri, "dcat:startDate", _date(date(first, 1, 1)))
        graph.add(iri, "dcat:endDate", _date(date(last, 12, 31)))

    # --- names

    @property
    def site(self) -> str:
        """Where the release is served, ending in a slash."""
        return (self.publication.site or self.namespace.base).rstrip("/") + "/"

    @property
    def _publisher(self) -> str:
        return self.publication.publisher.iri or f"{self.namespace.base}publisher"

    @property
    def _contact(self) -> str:
        return f"{self.namespace.base}publisher/contact"

    @property
    def _endpoint(self) -> str:
        return f"{self.namespace.base}service/sparql"

    def _year(self, year: int) -> str:
        return f"{self.namespace.base}series/{year}"

    def _name(self, report: str) -> str:
        return report.removeprefix(f"{self.namespace.base}report/")

    def _page(self, graph: Graph, path: str) -> str:
        """A page of the site, for people."""
        graph.types(self.site + path, "foaf:Document")
        return self.site + path

    def _licence(self, graph: Graph) -> str:
        graph.types(self.publication.licence, "dct:LicenseDocument")
        return self.publication.licence

    def _graph(self) -> Graph:
        return Graph(self.namespace.graph("catalog"), self.namespace, PREFIXES)

    def _common(self) -> Iterator[Quad]:
        graph = NamedNode(self.namespace.graph("catalog"))
        said = turtle(Path(__file__).with_name("catalogue.ttl"), self.namespace.base)
        for quad in parse(said, format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)

    def _say(self, graph: Graph, subject: str, predicate: str, texts: Texts) -> None:
        for language, said in texts.items():
            graph.add(subject, predicate, text(said, language))


def _said(texts: Mapping[str, Texts], words: Mapping[str, object]) -> dict[str, Texts]:
    """Texts with words put in their places."""
    return {
        name: {language: said.format_map(words) for language, said in said_in.items()}
        for name, said_in in texts.items()
    }


def _date(day: date | None) -> Literal | None:
    return Literal(day.isoformat(), datatype=NamedNode(XSD + "date")) if day else None
