"""Makes records for one reader: names what IRIs stand for, links and quotes passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.requests import Request

from api.data.models.common import Concept, Passage, UnitName
from api.links import passage, report_of
from api.nodes import DERIVED, Node
from api.pages.view import View
from api.site import Site

#: How much of a long line is quoted on either side of a passage, in characters.
_AROUND = 100


class Reader:
    """What a request's records need; `prepare` fetches the names of a page at once."""

    def __init__(self, request: Request) -> None:
        self.view = View.of(request)
        address = urlsplit(str(request.base_url))
        self.origin = f"{address.scheme}://{address.netloc}"
        self._sources: dict[str, str | None] = {}
        self._labels: dict[str, str] = {}

    @property
    def site(self) -> Site:
        return self.view.site

    @property
    def base(self) -> str:
        return self.site.namespace.base

    def prepare(self, iris: Iterable[str]) -> None:
        """Fetch the names of what will be shown."""
        wanted = set(filter(None, iris))
        labels = self.site.labels.of(self.view.language, wanted)
        self._labels |= {iri: labels.of(iri).text for iri in wanted}

    def label(self, iri: str) -> str:
        """The name of an IRI; its last part where it has none, or wasn't prepared."""
        return self._labels.get(iri) or iri.rpartition("/")[2]

    def code(self, iri: str) -> str | None:
        """The code of a concept, region or rule; None for what only a report has."""
        kind, _, rest = iri.removeprefix(self.base).partition("/")
        if kind == "code":
            return rest.partition("/")[2] or None
        return rest if kind in ("region", "rule") else None

    def concept(self, iri: str) -> Concept:
        return Concept(iri=iri, code=self.code(iri), label=self.label(iri))

    def concept_or_none(self, iri: str | None) -> Concept | None:
        return self.concept(iri) if iri else None

    def unit(self, iri: str) -> UnitName:
        return UnitName(iri=iri, id=iri.removeprefix(f"{self.base}unit/"), name=self.label(iri))

    def url(self, iri: str) -> str:
        """Where an IRI of the data leads on this server."""
        return self.origin + (self.view.links.href(iri) or "")

    def passage(self, iri: str, place: Mapping[str, str]) -> Passage:
        """A passage; `place` has the line, page, row and column, as far as they are known."""
        numbers = {
            name: int(place[name]) for name in ("line", "page", "row", "column") if place.get(name)
        }
        return Passage(iri=iri, url=self.url(iri), quote=self.quote(iri), **numbers)

    def passages(self, node: Node) -> list[Passage]:
        """The passages that a node rests on, in the order of the report; with its line, if one."""
        iris = sorted(node.iris(DERIVED), key=_start)
        bud = self.site.namespace.ontology
        names = ("line", "page", "row", "column")
        place = {name: node.one(bud + name) or "" for name in names} if len(iris) == 1 else {}
        return [self.passage(iri, place) for iri in iris]

    def quote(self, iri: str) -> str | None:
        """The line in which a passage begins, cut around it where it is long."""
        found = passage(iri)
        text = self.source(iri) if found else None
        if found is None or text is None or found.end > len(text):
            return None
        start = text.rfind("\n", 0, found.start) + 1
        end = text.find("\n", found.end)
        end = len(text) if end < 0 else end
        return text[max(start, found.start - _AROUND) : min(end, found.end + _AROUND)].strip()

    def source(self, iri: str) -> str | None:
        """The text of the report that an IRI is of; None where the release has none."""
        report = report_of(iri, self.base)
        if report is None:
            return None
        if report not in self._sources:
            self._sources[report] = self.site.release.source(report)
        return self._sources[report]


def _start(iri: str) -> int:
    found = passage(iri)
    return found.start if found else 0
