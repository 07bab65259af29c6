"""Questions to workers, counted and timed by how they end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prometheus_client import Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from api.errors import ApiError
from api.workers import Body, Pool
from api.workers.answering import Answering
from api.workers.limits import NOBODY, Visitor

#: In seconds: from what is found at once to what is stopped.
_BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


class Measured:
    """What answers questions, with the time that each took; `asker` is who asks."""

    def __init__(self, asker: str, answering: Answering) -> None:
        self.answering = answering
        self._asker = asker
        self._seconds = Histogram(
            "juesuan_question_seconds",
            "How long questions to the store took, by who asked (pages, visitors) and how it "
            "ended: answered, or the code of an error.",
            ("asker", "ending"),
            buckets=_BUCKETS,
            registry=None,
        )

    async def ask(self, method: str, *arguments: Any, visitor: Visitor = NOBODY) -> Body:
        """The bytes of the answer to a query."""
        with self._timed():
            return await self.answering.ask(method, *arguments, visitor=visitor)

    async def call(self, method: str, *arguments: Any) -> Any:
        """What a method of the store returns."""
        with self._timed():
            return await self.answering.call(method, *arguments)

    def close(self) -> None:
        """Stop answering."""
        self.answering.close()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        started, ending = time.perf_counter(), "answered"
        try:
            yield
        except BaseException as error:
            ending = error.code if isinstance(error, ApiError) else "cancelled"
            raise
        finally:
            self._seconds.labels(self._asker, ending).observe(time.perf_counter() - started)

    def collect(self) -> Iterator[Metric]:
        """How long questions took, and what the workers do now, for Prometheus."""
        yield from self._seconds.collect()
        if isinstance(self.answering, Pool):
            pool = self.answering
            for name, said, value in (
                ("workers_busy", "Workers that are at a question.", pool.busy),
                ("workers_idle", "Workers that have nothing to do.", pool.idle),
                ("questions_waiting", "Questions that wait for a worker.", pool.waiting),
            ):
                gauge = GaugeMetricFamily(f"juesuan_{name}", said, labels=["asker"])
                gauge.add_metric([self._asker], value)
                yield gauge
            killed = CounterMetricFamily(
                "juesuan_workers_killed",
                "Workers that were killed: they took too long, or nobody waited any more.",
                labels=["asker"],
            )
            killed.add_metric([self._asker], pool.killed)
            yield killed
