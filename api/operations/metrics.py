"""All that is counted, as Prometheus reads it.

Source: https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric

import kg
from api.operations.seen import Seen
from api.site import Site

_BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)
_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class Metrics:
    """The counts of one application; `site` gives what it serves now."""

    def __init__(self, site: Callable[[], Site]) -> None:
        self._site = site
        self._requests = Counter(
            "juesuan_requests",
            "Requests, by route and status.",
            ("method", "route", "status"),
            registry=None,
        )
        self._seconds = Histogram(
            "juesuan_request_seconds",
            "How long requests took, to the last byte.",
            ("route",),
            buckets=_BUCKETS,
            registry=None,
        )
        self._now = 0

    def begin(self) -> None:
        """A request has come."""
        self._now += 1

    def end(self, seen: Seen) -> None:
        """A request is answered."""
        self._now -= 1
        method = seen.method if seen.method in _METHODS else "other"
        self._requests.labels(method, seen.route, seen.status).inc()
        self._seconds.labels(seen.route).observe(seen.seconds)

    def collect(self) -> Iterator[Metric]:
        """Everything, for Prometheus."""
        site = self._site()
        yield from self._requests.collect()
        yield from self._seconds.collect()
        yield GaugeMetricFamily("juesuan_requests_now", "Requests being answered.", self._now)
        yield from _merged([*site.pages.collect(), *site.visitors.collect()])
        answers = site.answers
        looked = CounterMetricFamily(
            "juesuan_kept_answers", "Queries that were asked before, or not.", labels=["found"]
        )
        looked.add_metric(["yes"], answers.hits)
        looked.add_metric(["no"], answers.misses)
        yield looked
        yield GaugeMetricFamily("juesuan_kept_answers_bytes", "Answers kept.", answers.size)
        yield GaugeMetricFamily("juesuan_reports", "Reports served.", len(site.release.reports))
        yield GaugeMetricFamily("juesuan_quads", "Quads served.", site.release.manifest.quads)
        said = {"version": kg.__version__, "release": site.release.digest}
        yield InfoMetricFamily("juesuan", "What is served.", said)


def _merged(metrics: list[Metric]) -> list[Metric]:
    """Metrics of one name as one, with the samples of all."""
    found: dict[str, Metric] = {}
    for metric in metrics:
        if metric.name in found:
            found[metric.name].samples += metric.samples
        else:
            found[metric.name] = metric
    return [*found.values()]
