"""Builds the index of names once: in the background when the server starts, or when first asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import anyio.to_thread
from anyio import CapacityLimiter

from api.errors import Unavailable
from api.names.facets import Facets
from api.names.index import NameIndex
from api.names.reconciling import Query, Reconciler
from api.names.things import Things

_LOG = logging.getLogger("uvicorn.error")


@dataclass(frozen=True)
class Names:
    """The names of a release, ready to be asked."""

    index: NameIndex
    base: str

    @cached_property
    def reconciler(self) -> Reconciler:
        return Reconciler(self.index, self.base)

    @cached_property
    def facets(self) -> Facets:
        return Facets(self.index)


class NamesInTheMaking:
    """The names of a release that doesn't change: gathered once, in a thread of their own."""

    def __init__(self, gather: Callable[[], Things], base: str) -> None:
        self._gather = gather
        self._base = base
        self._names: Names | None = None
        self._making: asyncio.Task[None] | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether they are being made now: the server is up, but not yet of full use."""
        return self._making is not None

    async def ready(self) -> None:
        """Return when they can be had; begin to make them if nobody has yet."""
        if self._names is None:
            if self._making is None:
                self._making = asyncio.create_task(self._make())
            # who goes away while waiting doesn't stop the work for others
            await asyncio.shield(self._making)

    async def warm(self) -> None:
        """Make them before anybody asks; where that fails, who asks next tries again."""
        try:
            await self.ready()
        except Exception:
            _LOG.exception("the index of names can't be made")

    def get(self) -> Names:
        """The names, once they are ready; raise `Unavailable` before."""
        if self._names is None:
            raise Unavailable({"Retry-After": "1"})
        return self._names

    async def _make(self) -> None:
        try:
            # a limiter of its own: pages are worked on meanwhile
            self._names = await anyio.to_thread.run_sync(self._built, limiter=CapacityLimiter(1))
        finally:
            self._making = None

    def _built(self) -> Names:
        names = Names(NameIndex(self._gather()), self._base)
        # What is made or read when first needed is made now, not when somebody waits.
        _ = names.facets, names.reconciler.answer(Query("汉汊"))
        return names
