"""What all entries of a catalogue have: titles, terms, distributions with sizes and digests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.build.digests import Digest
from kg.build.manifest import ReportEntry
from kg.build.publication import Publication, Texts
from kg.graph import XSD, Graph, integer, string, text
from kg.resources import toml
from kg.vocabulary import Namespace

#: The prefixes that a catalogue needs beside ours.
PREFIXES = {
    "dcatap": "http://data.europa.eu/r5r/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
EU = "http://publications.europa.eu/resource/authority/"
THEMES = (f"{EU}data-theme/GOVE", f"{EU}data-theme/ECON")
TEXTS = toml(__package__, "catalogue.toml")
_MEDIA = "https://www.iana.org/assignments/media-types/"


class Entries:
    """Entries of `graph/catalog`, as they are written."""

    def __init__(self, namespace: Namespace, publication: Publication) -> None:
        self.namespace = namespace
        self.publication = publication
        self.graph = Graph(namespace.graph("catalog"), namespace, PREFIXES)

    @property
    def site(self) -> str:
        """Where the release is served, ending in a slash."""
        return (self.publication.site or self.namespace.base).rstrip("/") + "/"

    @property
    def publisher(self) -> str:
        return self.publication.publisher.iri or f"{self.namespace.base}publisher"

    @property
    def contact(self) -> str:
        return f"{self.namespace.base}publisher/contact"

    @property
    def endpoint(self) -> str:
        return f"{self.namespace.base}service/sparql"

    def page(self, path: str) -> str:
        """A page of the site, for people."""
        self.graph.types(self.site + path, "foaf:Document")
        return self.site + path

    def licence(self) -> str:
        """The licence; of one that the EU's table of licences has, what it is there."""
        licence = self.publication.licence
        self.graph.types(licence, "dct:LicenseDocument")
        if name := TEXTS["licences"].get(licence):
            self.graph.add(licence, "skos:exactMatch", f"{EU}licence/{name}")
        return licence

    def dataset(self, iri: str, said: Mapping[str, Texts], identifier: str) -> None:
        self.graph.types(iri, "dcat:Dataset")
        self.described(iri, said["title"], said["description"])
        self.graph.add(iri, "dct:identifier", string(identifier))
        self.graph.add(iri, "dcat:contactPoint", self.contact)
        for language, words in TEXTS["keywords"].items():
            for word in words:
                self.graph.add(iri, "dcat:keyword", text(word, language))
        for theme in THEMES:
            self.graph.add(iri, "dcat:theme", theme)
            self.graph.types(theme, "skos:Concept")
        self.graph.add(iri, "dct:conformsTo", f"{self.namespace.base}ontology")
        self.graph.add(iri, "dct:conformsTo", f"{self.namespace.base}shapes")
        self.graph.add(iri, "prov:wasGeneratedBy", f"{self.namespace.base}build")
        self.open(iri)

    def described(self, iri: str, title: Texts, description: Texts) -> None:
        self.say(iri, "dct:title", title)
        self.say(iri, "dct:description", description)
        self.graph.add(iri, "dct:publisher", self.publisher)
        self.graph.add(iri, "dct:language", f"{EU}language/ZHO")
        self.graph.types(f"{EU}language/ZHO", "dct:LinguisticSystem")
        self.graph.add(iri, "dct:issued", day_of(self.publication.issued))
        self.graph.add(iri, "dct:modified", day_of(self.publication.modified))

    def open(self, iri: str) -> None:
        """Anyone may have it."""
        self.graph.add(iri, "dct:accessRights", f"{EU}access-right/PUBLIC")
        self.graph.types(f"{EU}access-right/PUBLIC", "dct:RightsStatement")

    def terms(self, distribution: str) -> None:
        self.graph.add(distribution, "dct:license", self.licence())
        self.graph.add(distribution, "dcatap:availability", f"{EU}planned-availability/STABLE")
        self.graph.types(f"{EU}planned-availability/STABLE", "skos:Concept")

    def distribution(self, dataset: str, key: str, form: Mapping[str, Any], file: str) -> str:
        iri = f"{dataset}/{key}"
        self.graph.types(iri, "dcat:Distribution")
        self.graph.add(dataset, "dcat:distribution", iri)
        self.say(iri, "dct:title", form["title"])
        self.say(iri, "dct:description", form["title"])
        for name in ("dcat:accessURL", "dcat:downloadURL"):
            self.graph.add(iri, name, f"{self.site}dumps/{file}")
        self.graph.add(iri, "dcat:mediaType", _MEDIA + form["media"])
        self.graph.types(_MEDIA + form["media"], "dct:MediaType")
        self.graph.add(iri, "dct:format", f"{EU}file-type/{form['type']}")
        self.graph.types(f"{EU}file-type/{form['type']}", "dct:MediaTypeOrExtent")
        if packing := form.get("packing"):
            self.graph.add(iri, "dcat:compressFormat", _MEDIA + packing)
            self.graph.types(_MEDIA + packing, "dct:MediaType")
        self.terms(iri)
        return iri

    def size(self, distribution: str, digest: Digest) -> None:
        size = Literal(str(digest.size), datatype=NamedNode(XSD + "nonNegativeInteger"))
        self.graph.add(distribution, "dcat:byteSize", size)
        self.checksum(distribution, digest.sha256)

    def checksum(self, of: str, sha256: str) -> None:
        iri = f"{of}/checksum"
        self.graph.add(of, "spdx:checksum", iri)
        self.graph.types(iri, "spdx:Checksum")
        self.graph.add(iri, "spdx:algorithm", "spdx:checksumAlgorithm_sha256")
        value = Literal(sha256, datatype=NamedNode(XSD + "hexBinary"))
        self.graph.add(iri, "spdx:checksumValue", value)

    def source(self, dataset: str, entry: ReportEntry) -> None:
        """The file that was read: its name, its media type, its digest."""
        file, build = f"{dataset}/file", f"{self.namespace.base}build"
        self.graph.add(dataset, "prov:wasDerivedFrom", file)
        self.graph.add(build, "prov:used", file)
        self.graph.types(file, "prov:Entity")
        self.graph.add(file, "dct:title", string(entry.source))
        self.graph.add(file, "dcat:mediaType", _MEDIA + entry.format)
        self.graph.types(_MEDIA + entry.format, "dct:MediaType")
        self.checksum(file, entry.sha256)

    def measure(self, dataset: str, entries: Sequence[ReportEntry]) -> None:
        """What the audit found and what reading left over, as quality measurements (DQV)."""
        counts = {
            "findings": sum(entry.findings for entry in entries),
            "unclaimed": sum(entry.unclaimed for entry in entries),
        }
        for metric, count in counts.items():
            iri = f"{dataset}/quality/{metric}"
            self.graph.add(dataset, "dqv:hasQualityMeasurement", iri)
            self.graph.types(iri, "dqv:QualityMeasurement")
            self.graph.add(iri, "dqv:computedOn", dataset)
            self.graph.add(iri, "dqv:isMeasurementOf", f"{self.namespace.base}quality/{metric}")
            self.graph.add(iri, "dqv:value", integer(count))

    def period(self, dataset: str, first: int, last: int) -> None:
        """The fiscal years, which are calendar years."""
        iri = f"{dataset}/period"
        self.graph.add(dataset, "dct:temporal", iri)
        self.graph.types(iri, "dct:PeriodOfTime")
        self.graph.add(iri, "dcat:startDate", day_of(date(first, 1, 1)))
        self.graph.add(iri, "dcat:endDate", day_of(date(last, 12, 31)))

    def say(self, subject: str, predicate: str, texts: Texts) -> None:
        for language, said in texts.items():
            self.graph.add(subject, predicate, text(said, language))


def filled(texts: Mapping[str, Texts], words: Mapping[str, object]) -> dict[str, Texts]:
    """Texts with words put in their places."""
    return {
        name: {language: said.format_map(words) for language, said in said_in.items()}
        for name, said_in in texts.items()
    }


def day_of(day: date | None) -> Literal | None:
    return Literal(day.isoformat(), datatype=NamedNode(XSD + "date")) if day else None
