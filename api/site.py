"""What every handler works with: the release, its store, the settings; held by the application."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import anyio.to_thread
import pyoxigraph as ox
from anyio import CapacityLimiter
from starlette.requests import Request

import kg
from api.backends import Endpoint, Replicas, release_of
from api.catalogue import Catalogue
from api.charts.fetching import ChartTables
from api.kept_answers import Answers
from api.names.gather import Gatherer
from api.names.ready import NamesInTheMaking
from api.operations.measured import Measured
from api.pages.labels import KnownLabels
from api.profiles import Profiles
from api.queries import Example, Queries
from api.release import CATALOGUE, Release, open_release
from api.settings import Settings
from api.store import Store
from api.workers import Answering, Bounds, Nursery, Place, Pool, PooledStore
from api.workers.limits import Turns
from kg.release import ReleaseError
from kg.vocabulary import Namespace

P = ParamSpec("P")
T = TypeVar("T")

_PACKAGE = Path(__file__).parent
#: Where the scope of a request names its site.
SITE = "juesuan.site"
_PAGE_FILES = {".css", ".html", ".js", ".py", ".rq", ".toml"}


@dataclass
class _Visits:
    """How many requests are being answered; whether those are the last."""

    now: int = 0
    last: bool = False
    #: When the latest was answered.
    ended: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Site:
    """One release being served. A new release is a new `Site`, put in the old one's place."""

    release: Release
    #: What forks workers; over backends, those that only read queries.
    nursery: Nursery
    #: For what pages ask; what visitors ask has workers of its own, so that no page waits for it.
    pages: Measured
    visitors: Measured
    answers: Answers
    settings: Settings
    #: Changes with whatever an answer is made from: the release, this program, its pages.
    edition: str
    limiter: CapacityLimiter = field(repr=False)
    #: How many threads may wait for workers of visitors, which may be long: as many as may ask.
    patience: CapacityLimiter = field(repr=False)
    _visits: _Visits = field(default_factory=_Visits, init=False, repr=False)

    @classmethod
    def open(cls, path: Path | None, settings: Settings) -> Site:
        """Load a release, or see what the backends serve; then `path` adds texts and files.

        Raises:
            ReleaseError: it can't be served.
        """
        if settings.backends:
            return cls._over(path, settings)
        if path is None:
            raise ReleaseError("there is nothing to serve: name a release's directory or --backend")
        release = open_release(path)
        nursery = cls._nursery(path, release, settings)
        pages = Pool(nursery, settings.page_workers, settings.page_workers, settings.query_seconds)
        visitors = Pool(
            nursery, settings.query_workers, settings.query_queue, settings.query_seconds
        )
        return cls._of(release, nursery, pages, visitors, settings)

    @classmethod
    def _over(cls, path: Path | None, settings: Settings) -> Site:
        known = None if path is None else open_release(path)
        endpoints = tuple(map(Endpoint, settings.backends))
        release, fingerprint = release_of(endpoints, known)
        nursery = cls._nursery(None, release, settings)
        seconds, most = settings.query_seconds, settings.answer_bytes
        pages = Turns(settings.page_workers, settings.page_workers, seconds)
        visitors = Turns(settings.query_workers, settings.query_queue, seconds)
        ours = Replicas(endpoints, release.namespace, fingerprint, pages, most)
        reader = Pool(nursery, settings.query_workers, settings.query_queue, seconds)
        return cls._of(
            release, nursery, ours, replace(ours, turns=visitors, reader=reader), settings
        )

    @classmethod
    def _nursery(cls, path: Path | None, release: Release, settings: Settings) -> Nursery:
        place = Place(settings.memory, settings.stores, release.digest, release.namespace.base)
        workers = settings.page_workers + 2 * settings.query_workers
        bounds = Bounds(settings.query_memory, settings.answer_bytes, workers)
        return Nursery.start(path, place, bounds)

    @classmethod
    def _of(
        cls,
        release: Release,
        nursery: Nursery,
        pages: Answering,
        visitors: Answering,
        settings: Settings,
    ) -> Site:
        kept, limiter = Answers(settings.answers_kept), CapacityLimiter(settings.page_workers)
        patience = CapacityLimiter(2 * settings.query_workers + settings.query_queue)
        measured = Measured("pages", pages), Measured("visitors", visitors)
        edition = _edition(release)
        return cls(release, nursery, *measured, kept, settings, edition, limiter, patience)

    @contextmanager
    def visit(self) -> Iterator[None]:
        """While a request is answered from this site, it stays open."""
        self._visits.now += 1
        try:
            yield
        finally:
            self._visits.now -= 1
            self._visits.ended = time.monotonic()
            if self._visits.last and not self._visits.now:
                self.close()

    @property
    def quiet_for(self) -> float:
        """For how many seconds nobody has asked for anything."""
        return 0.0 if self._visits.now else time.monotonic() - self._visits.ended

    def retire(self) -> None:
        """Close as soon as every request is answered that came so far: another site is served."""
        self._visits.last = True
        if not self._visits.now:
            self.close()

    def close(self) -> None:
        """End the processes that answer; what they are at is lost."""
        self.visitors.close()
        self.pages.close()
        self.nursery.close()

    @cached_property
    def store(self) -> Store:
        """What pages ask; its methods block, and are called in threads (`run`)."""
        return PooledStore(self.pages)

    @property
    def namespace(self) -> Namespace:
        return self.release.namespace

    @property
    def ontology(self) -> str:
        return self.namespace.ontology.removesuffix("#")

    @cached_property
    def ontologies(self) -> frozenset[str]:
        """The IRIs of the ontology: its own, and that of the version served."""
        names = {"ontology": self.ontology, "graph": self.namespace.graph("ontology")}
        rows = self.store.select(self.queries.make("versions", **names)).rows
        versions = (row["version"] for row in rows)
        return frozenset(
            {self.ontology, *(v.value for v in versions if isinstance(v, ox.NamedNode))}
        )

    @cached_property
    def queries(self) -> Queries:
        return Queries(self.namespace)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What there is to download; the release may be too old to have one."""
        return Catalogue(self.release.path / CATALOGUE, self.namespace)

    @cached_property
    def profiles(self) -> Profiles:
        """The views that there are of each resource."""
        return Profiles.of(self.ontology)

    @cached_property
    def charts(self) -> ChartTables:
        """The numbers of pages' charts."""
        return ChartTables(self.store, self.settings.page_workers, self.settings.chart_seconds)

    @cached_property
    def names(self) -> NamesInTheMaking:
        """The index of names, for reconciliation and search."""
        gatherer = Gatherer(self.store, self.queries, self.release)
        return NamesInTheMaking(gatherer.things, self.namespace.base)

    @cached_property
    def labels(self) -> KnownLabels:
        """What things are called."""
        return KnownLabels(self.store, self.queries, self.namespace)

    @cached_property
    def known_codes(self) -> dict[str, tuple[str, ...]]:
        """The codes of code lists, by list."""
        return {}

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        return self.queries.examples()

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many things there are of each class of the ontology; counted once."""
        counts: dict[str, int] = {}
        for row in self.store.select(self.queries.make("counts")).rows:
            class_, count = row["class"], row["count"]
            assert isinstance(class_, ox.NamedNode)
            assert isinstance(count, ox.Literal)
            counts[class_.value.removeprefix(self.namespace.ontology)] = int(count.value)
        return counts

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work`, done in a thread so that the event loop goes on."""
        return await anyio.to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self.limiter)

    async def wait(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `run`, of what visitors ask: however long it takes, pages have their threads."""
        return await anyio.to_thread.run_sync(lambda: work(*args, **kwargs), limiter=self.patience)


def _edition(release: Release) -> str:
    parts = hashlib.sha256(f"{kg.__version__} {release.digest}".encode())
    for file in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _PAGE_FILES):
        parts.update(file.read_bytes())
    return parts.hexdigest()[:16]


def site_of(request: Request) -> Site:
    """The site that answers a request."""
    return cast(Site, request.scope.get(SITE) or request.app.state.site)
