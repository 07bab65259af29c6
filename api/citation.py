"""How the data, or one report of it, is cited: which release, from where, seen when."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pyoxigraph as ox

from api.errors import NotFound
from api.site import Site
from api.texts import Language
from kg.vocabulary import PREFIXES

_DCT, _FOAF = PREFIXES["dct"], PREFIXES["foaf"]
#: How much of a release's digest tells it from others.
_DIGITS = 12
_LATEX = re.compile(r"([&%$#_{}])")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says; `licence` is an IRI."""

    key: str
    title: str
    author: str
    year: int | None
    url: str
    version: str
    accessed: date
    licence: str | None = None

    @property
    def bibtex(self) -> str:
        """As BibTeX (biblatex's ``@dataset``)."""
        fields = {
            "title": self.title,
            "author": f"{{{self.author}}}",
            "year": self.year,
            "version": self.version,
            "url": self.url,
            "urldate": self.accessed.isoformat(),
        }
        lines = (
            f"  {name} = {{{value if name == 'url' else _latex(str(value))}}},"
            for name, value in fields.items()
            if value is not None
        )
        return "\n".join([f"@dataset{{{self.key},", *lines, "}"]) + "\n"

    @property
    def csl(self) -> str:
        """As CSL-JSON, which Zotero and pandoc read."""
        seen = self.accessed
        item = {
            "id": self.key,
            "type": "dataset",
            "title": self.title,
            "author": [{"literal": self.author}],
            "issued": {"date-parts": [[self.year]]} if self.year else None,
            "version": self.version,
            "URL": self.url,
            "accessed": {"date-parts": [[seen.year, seen.month, seen.day]]},
        }
        return json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=1)


def citation_of(site: Site, of: str | None, language: Language) -> Citation:
    """The citation of a report by its path (``report/u/2023``), or of all data without one.

    Raises:
        NotFound: there is no such report.
    """
    base, version = site.namespace.base, site.release.digest[:_DIGITS]
    today = datetime.now(UTC).date()
    if of is not None:
        report = site.release.reports.get(base + of)
        if report is None:
            raise NotFound(name=base + of)
        key = of.replace("/", "-")
        year = report.fiscal_year
        return Citation(
            key, report.title, report.unit_name, year, report.iri, version, today, _licence(site)
        )
    whole = f"{base}dataset/juesuan"
    title = _catalogued(site, whole, f"{_DCT}title", language) or "决算 Juesuan"
    url = whole if site.catalogue.path.is_file() else base
    publisher = _linked(site, whole, f"{_DCT}publisher")
    author = _catalogued(site, publisher, f"{_FOAF}name", language) if publisher else None
    years = [report.fiscal_year for report in site.release.manifest.reports]
    return Citation(
        f"juesuan-{version}",
        title,
        author or "Juesuan",
        max(years, default=None),
        url,
        version,
        today,
        _licence(site),
    )


def _latex(text: str) -> str:
    inner = text.strip("{}")
    return text.replace(inner, _LATEX.sub(r"\\\1", inner))


def _licence(site: Site) -> str | None:
    return _linked(site, f"{site.namespace.base}dataset/juesuan", f"{_DCT}license")


def _values(site: Site, iri: str, property_: str) -> list[ox.NamedNode | ox.Literal]:
    if not site.catalogue.path.is_file():
        return []
    triples = site.catalogue.triples.get(ox.NamedNode(iri), ())
    return [
        triple.object
        for triple in triples
        if triple.predicate.value == property_
        and isinstance(triple.object, ox.NamedNode | ox.Literal)
    ]


def _linked(site: Site, iri: str, property_: str) -> str | None:
    found = (v.value for v in _values(site, iri, property_) if isinstance(v, ox.NamedNode))
    return next(found, None)


def _catalogued(site: Site, iri: str, property_: str, language: Language) -> str | None:
    texts = [v for v in _values(site, iri, property_) if isinstance(v, ox.Literal)]
    fitting = [text for text in texts if text.language == language]
    return next((text.value for text in (*fitting, *texts)), None)
