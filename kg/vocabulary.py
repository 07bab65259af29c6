"""The IRIs of the published data: namespaces of others, and our own, made from content alone."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.pinyin import syllables
from kg.traditional import simplified

DEFAULT_BASE = "https://w3id.org/juesuan/"

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "time": "http://www.w3.org/2006/time#",
    "unit": "http://qudt.org/vocab/unit/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: What names are compared without: white space and quotation marks.
NOT_COMPARED = re.compile(r"[\s\"'“”‘’「」]")

#: The EU currency authority's renminbi, as OpenBudgets.eu asks.
CNY = "http://publications.europa.eu/resource/authority/currency/CNY"


@dataclass(frozen=True, slots=True)
class Namespace:
    """The IRIs under one base (a setting: a publisher of its own uses its own)."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not re.fullmatch(r"https?://[!-~]+[/#]", self.base):
            raise ValueError(f"a base IRI is http(s), ASCII, and ends in /, unlike {self.base!r}")

    @property
    def ontology(self) -> str:
        return f"{self.base}ontology#"

    def prefixes(self) -> dict[str, str]:
        """All prefixes, ours (`bud:`) among them."""
        return {"bud": self.ontology, **PREFIXES}

    def code(self, path: str) -> str:
        """A concept of a code list: ``functional/2010301``, ``phase/final``."""
        return f"{self.base}code/{path}"

    def graph(self, name: str) -> str:
        return f"{self.base}graph/{name}"

    def region(self, code: str) -> str:
        return f"{self.base}region/{code}"

    def unit(self, name: str, region: str | None = None, region_name: str | None = None) -> str:
        """A unit by its name and region: the same name in two reports is one IRI.

        What the region's code says already, the readable part leaves out.

        >>> Namespace().unit("某市江汉区财政局", "420103", "江汉区")
        'https://w3id.org/juesuan/unit/420103-cai-zheng-ju-78ee'
        """
        place = f"{region}-" if region else ""
        plain = normal_name(name)
        local = plain.partition(region_name)[2] if region_name else plain
        return f"{self.base}unit/{place}{slug(name, local or plain)}"

    def report(self, unit: str, fiscal_year: int) -> str:
        """The report of a unit (its IRI) for a year."""
        return f"{self.base}report/{unit.removeprefix(self.base + 'unit/')}/{fiscal_year}"


@lru_cache(maxsize=1 << 12)
def normal_name(name: str) -> str:
    """A name as names are compared: NFKC, simplified, without spaces and quotation marks.

    >>> normal_name("某 区（本级）")
    '某区(本级)'
    """
    plain = unicodedata.normalize("NFKC", name).translate(simplified())
    return NOT_COMPARED.sub("", plain)


@lru_cache(maxsize=1 << 14)
def slug(name: str, readable: str | None = None) -> str:
    """A readable ASCII id of a Chinese name: its pinyin, and four hex digits against homophones.

    `readable` is the part of the name that is spelt out, if not all of it.

    >>> slug("财政局")
    'cai-zheng-ju-c8d6'
    """
    plain = normal_name(name)
    spelt = re.findall(r"[a-z0-9]+", syllables(readable or plain).lower())
    digest = hashlib.sha256(plain.encode()).hexdigest()[:4]
    return "-".join([*spelt[:24], digest])
