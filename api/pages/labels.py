"""What IRIs are called on a page: one query for all of them, then the best name for the reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from api.links import report_of
from api.queries import Queries
from api.store import Store
from api.texts import TEXTS, Language
from kg.vocabulary import Namespace

_OF_REPORT = re.compile(r"report/[^/]+/[0-9]{4}/(.+)")
#: How many names are remembered; then all are asked for again.
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Label:
    """A name, and the code that goes with it (2010301, T03), where it has one."""

    text: str
    notation: str | None = None


class Labels:
    """Names by IRI; an IRI without one is called by its last part, shortened."""

    def __init__(
        self, namespace: Namespace, language: Language, found: Mapping[str, Label] | None = None
    ) -> None:
        self._namespace = namespace
        self._prefixes = namespace.prefixes()
        self._language = language
        self._found = dict(found or {})

    def of(self, iri: str) -> Label:
        label = self._found.get(iri)
        if label is None:
            short = self.short(iri)
            label = Label(TEXTS.find(f"term.{short.replace(':', '.')}", self._language) or short)
            self._found[iri] = label
        return label

    def adding(self, names: Mapping[str, Label]) -> Labels:
        """These names and others."""
        return Labels(self._namespace, self._language, {**self._found, **names})

    def short(self, iri: str) -> str:
        """``dct:title``, ``unit/u``, ``T03/2010301.final`` (of a report), or the whole IRI."""
        for prefix, start in self._prefixes.items():
            if iri.startswith(start) and re.fullmatch(r"[\w-]+", iri[len(start) :]):
                return f"{prefix}:{iri[len(start) :]}"
        if not iri.startswith(self._namespace.base):
            return iri
        local = iri.removeprefix(self._namespace.base)
        within = _OF_REPORT.fullmatch(local)
        return within[1] if within else local or iri


class KnownLabels:
    """The names of one release's things. What is of no report is asked for once: most pages show
    the same codes and properties.
    """

    def __init__(self, store: Store, queries: Queries, namespace: Namespace) -> None:
        self._store = store
        self._queries = queries
        self._namespace = namespace
        #: None for what has no name. Threads share it: it is replaced, and never emptied.
        self._known: dict[tuple[Language, str], Label | None] = {}

    def of(self, language: Language, iris: Iterable[str]) -> Labels:
        """The names of `iris` that the store knows, in the language or the next best."""
        # A passage has no name of its own, and a page may show hundreds.
        wanted = {iri for iri in iris if iri and "#char=" not in iri}
        known = self._known
        found = {iri: known[language, iri] for iri in wanted if (language, iri) in known}
        if asked := sorted(wanted - found.keys()):
            fetched = self._fetch(language, asked)
            found |= fetched
            self._remember({(language, iri): fetched.get(iri) for iri in asked})
        labels = {iri: label for iri, label in found.items() if label}
        return Labels(self._namespace, language, labels)

    def _remember(self, labels: Mapping[tuple[Language, str], Label | None]) -> None:
        base = self._namespace.base
        kept = {key: label for key, label in labels.items() if report_of(key[1], base) is None}
        if len(self._known) + len(kept) > _MOST:
            self._known = {}
        self._known.update(kept)

    def _fetch(self, language: Language, iris: Sequence[str]) -> Mapping[str, Label]:
        best: dict[str, tuple[int, Label]] = {}
        for row in self._store.select(self._queries.make("labels", resources=iris)).rows:
            resource, label = row["resource"], row["label"]
            assert isinstance(resource, ox.NamedNode)
            if not isinstance(label, ox.Literal):
                continue
            rank = _rank(label.language, language)
            if resource.value not in best or rank < best[resource.value][0]:
                notation = row.get("notation")
                code = notation.value if isinstance(notation, ox.Literal) else None
                # A code of letters alone (“final”) says nothing beside its label.
                coded = code if code and any(c.isdigit() for c in code) else None
                best[resource.value] = rank, Label(label.value, coded)
        return {iri: label for iri, (_, label) in best.items()}


def _rank(tag: str | None, language: Language) -> int:
    primary = (tag or "").partition("-")[0]
    order = (language, "zh", "", "en")
    return order.index(primary) if primary in order else len(order)
