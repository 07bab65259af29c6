"""Builds the index of names once: in the background when the server starts, or when first asked."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from api.names.facets import Facets
from api.names.index import NameIndex
from api.names.likeness import likeness
from api.names.reconciling import Reconciler
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
    """The names of a release that doesn't change: gathered once, whoever asks first."""

    def __init__(self, gather: Callable[[], Things], base: str) -> None:
        self._gather = gather
        self._base = base
        self._lock = threading.Lock()
        self._names: Names | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether they are being made now: the server is up, but not yet of full use."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin to make them in a thread of their own; who asks meanwhile waits."""
        self._thread = threading.Thread(target=self._try, name="names", daemon=True)
        self._thread.start()

    def _try(self) -> None:
        try:
            self.get()
        except Exception:  # whoever asks next tries again, and is told
            _LOG.exception("the index of names can't be made")

    def get(self) -> Names:
        """The names; blocks while they are made."""
        with self._lock:
            if self._names is None:
                names = Names(NameIndex(self._gather()), self._base)
                _ = names.facets, likeness("汉", "汊")  # whose data is read when first needed
                self._names = names
            return self._names
