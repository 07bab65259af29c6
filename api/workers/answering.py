"""What answers questions, whatever it is: workers of this machine, or servers elsewhere."""

from __future__ import annotations

from typing import Any, Protocol

from api.workers.body import Body
from api.workers.limits import NOBODY, Visitor


class Answering(Protocol):
    """Asked by the event loop; each question is a method of `Store` with its arguments."""

    async def ask(self, method: str, *arguments: Any, visitor: Visitor = NOBODY) -> Body:
        """The bytes of the answer to a query (`write`: query, format, data set)."""

    async def call(self, method: str, *arguments: Any) -> Any:
        """What a method of the store returns."""

    def close(self) -> None:
        """Stop answering."""
