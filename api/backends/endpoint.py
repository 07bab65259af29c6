"""One SPARQL 1.1 endpoint: how it is asked, what its default graph is, whether it can be used."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from api.backends.conversion import JSON_WIRE, Wire, reader, results_of, rows_of
from api.errors import AnswerTooLong, FailedBackend, FailedQuery
from api.store import WHOLE, Dataset, Row
from api.workers import Body
from api.workers.spill import Full, Spill

#: How long a connection may take, and an answer of a probe, in seconds.
CONNECTING = 3.0
_PROBING = httpx.Timeout(30.0, connect=CONNECTING)
#: What an endpoint is left alone for after it couldn't be reached, in seconds.
_REST = 5.0
_UNREACHED = frozenset({502, 503, 504})
#: Ways to ask for the union of all graphs: the endpoint's own, or Oxigraph's parameter.
UNIONS: tuple[Mapping[str, str], ...] = ({}, {"union-default-graph": "true"})
#: Virtuoso says so where it gives but a part: it ran out of time, or of rows.
_PARTIAL = ("x-sql-state", "x-exec-db-cut")
_SAID = 300


class Unreached(Exception):
    """An endpoint that gives no answer: another may."""


class BrokenOff(Exception):
    """An endpoint that begins an answer and doesn't end it: it was stopped, or has stopped it."""


@dataclass
class Endpoint:
    """An endpoint at a URL. What it serves is found out before it is first asked."""

    url: str
    #: Added to each query, so that its default graph is the union of all.
    union: Mapping[str, str] = field(default_factory=dict)
    #: What tells its release from others; None until it is known.
    fingerprint: str | None = None
    _rests_until: float = 0.0

    @property
    def is_usable(self) -> bool:
        """Whether it isn't left alone for now."""
        return time.monotonic() >= self._rests_until

    def rest(self) -> None:
        """Leave it alone for a while; then see anew what it serves."""
        self._rests_until = time.monotonic() + _REST
        self.fingerprint = None

    async def fetch(
        self, client: httpx.AsyncClient, query: str, wire: Wire, dataset: Dataset, most: int
    ) -> Body:
        """The whole answer, as the endpoint writes it.

        Raises:
            Unreached: it doesn't answer.
            BrokenOff: it does, but not to the end.
            FailedQuery, FailedBackend, AnswerTooLong: it answers, but not with what was asked.
        """
        written = Spill(most, None)
        try:
            request = self._request(client, query, wire, dataset)
            answer = await client.send(request, stream=True)
            async with contextlib.aclosing(answer):
                if answer.status_code != httpx.codes.OK:
                    await answer.aread()
                self._refuse(answer)
                try:
                    async for chunk in answer.aiter_bytes():
                        written.write(chunk)
                except httpx.HTTPError as error:
                    raise BrokenOff from error
            return written.body()
        except httpx.HTTPError as error:
            raise Unreached(f"{self.url}: {str(error) or type(error).__name__}") from error
        except Full as error:
            raise AnswerTooLong(limit=most) from error
        finally:
            written.close()

    def select(self, query: str) -> list[Row]:
        """The solutions of a SELECT, asked without the event loop; raise as `fetch`."""
        try:
            with httpx.Client(timeout=_PROBING, trust_env=False) as client:
                answer = client.send(self._request(client, query, JSON_WIRE, WHOLE))
        except httpx.HTTPError as error:
            raise Unreached(f"{self.url}: {str(error) or type(error).__name__}") from error
        self._refuse(answer)
        with reader(Body(answer.content, len(answer.content))) as file:
            return rows_of(results_of(file))

    def _request(
        self, client: httpx.Client | httpx.AsyncClient, query: str, wire: Wire, dataset: Dataset
    ) -> httpx.Request:
        fields = [("query", query)]
        fields += [("default-graph-uri", iri) for iri in dataset.default]
        fields += [("named-graph-uri", iri) for iri in dataset.named]
        # a data set of its own has a default graph of its own
        fields += [] if dataset.is_given else list(self.union.items())
        form = "application/x-www-form-urlencoded"
        headers = {"Accept": wire.media_type, "Content-Type": form, "Accept-Encoding": "identity"}
        return client.build_request("POST", self.url, content=urlencode(fields), headers=headers)

    def _refuse(self, answer: httpx.Response) -> None:
        """Raise where an answer isn't what was asked for."""
        status = answer.status_code
        if status in _UNREACHED:
            raise Unreached(f"{self.url} answers {status}")
        if status == httpx.codes.BAD_REQUEST:
            said = " ".join(answer.text[:_SAID].split()).rstrip(".")
            raise FailedQuery(reason=f"the endpoint behind this one says “{said}”")
        if status != httpx.codes.OK:
            raise FailedBackend(reason=f"it answers {status} {answer.reason_phrase}")
        if any(name in answer.headers for name in _PARTIAL):
            raise FailedBackend(reason="it gives only a part of the answer")
