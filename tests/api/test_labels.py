"""Names are asked for once as long as a release is served, but those of one report's things."""

from __future__ import annotations

import pyoxigraph as ox

from api.pages.labels import KnownLabels
from api.queries import Queries
from api.store import EmbeddedStore
from kg.vocabulary import Namespace

NAMESPACE = Namespace("http://x/")
NAMED = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  <http://x/code/phase/final> skos:prefLabel "决算"@zh, "Final"@en .
  <http://x/report/u/2023/item/i> skos:prefLabel "一项"@zh
}"""


class Counting(EmbeddedStore):
    """Notes what it is asked."""

    def __init__(self) -> None:
        store = ox.Store()
        store.update(NAMED)
        super().__init__(store)
        self.asked: list[str] = []

    def select(self, query, *rest):
        self.asked.append(query)
        return super().select(query, *rest)


def test_a_code_is_asked_for_once_in_each_language():
    store = Counting()
    labels = KnownLabels(store, Queries(NAMESPACE), NAMESPACE)
    code, nameless = "http://x/code/phase/final", "http://x/code/phase/none"
    for _ in range(2):
        found = labels.of("zh", [code, nameless])
        assert (found.of(code).text, found.of(nameless).text) == ("决算", "code/phase/none")
    assert len(store.asked) == 1
    assert labels.of("en", [code]).of(code).text == "Final"


def test_a_reports_things_are_asked_for_each_time():
    store = Counting()
    labels = KnownLabels(store, Queries(NAMESPACE), NAMESPACE)
    for times in (1, 2):
        item = "http://x/report/u/2023/item/i"
        assert labels.of("zh", [item]).of(item).text == "一项"
        assert len(store.asked) == times
