"""What every handler works with: the release, its store, the settings; held by the application."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import anyio.to_thread
import pyoxigraph as ox
from anyio import CapacityLimiter
from starlette.requests import Request

import kg
from api.queries import Example, Queries
from api.release import Release
from api.settings import Settings
from api.store import Store
from kg.vocabulary import Namespace

P = ParamSpec("P")
T = TypeVar("T")

_PACKAGE = Path(__file__).parent
_PAGE_FILES = {".css", ".html", ".py", ".rq", ".toml"}


@dataclass(frozen=True)
class Site:
    """One release being served. A new release is a new `Site`, put in the old one's place."""

    release: Release
    store: Store
    settings: Settings
    #: Changes with whatever an answer is made from: the release, this program, its pages.
    edition: str
    limiter: CapacityLimiter = field(repr=False)

    @classmethod
    def of(cls, release: Release, store: Store, settings: Settings) -> Site:
        limiter = CapacityLimiter(settings.query_threads)
        return cls(release, store, settings, _edition(release), limiter)

    @property
    def namespace(self) -> Namespace:
        return self.release.namespace

    @cached_property
    def queries(self) -> Queries:
        return Queries(self.namespace)

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


def _edition(release: Release) -> str:
    parts = hashlib.sha256(f"{kg.__version__} {release.digest}".encode())
    for file in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _PAGE_FILES):
        parts.update(file.read_bytes())
    return parts.hexdigest()[:16]


def site_of(request: Request) -> Site:
    """The site that the application serves now."""
    return cast(Site, request.app.state.site)
