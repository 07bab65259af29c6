"""Regions and their items of Wikidata: an answer of its query service in, mappings out.

https://query.wikidata.org answers online alone, and a build is offline. So a person asks it once,
and what it answers is compared with GB/T 2260 here: SPARQL 1.1 Query Results JSON Format, with
?code (P442), ?item, and its label ?name in Chinese.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.regions import everyday_names, former_names, region_name
from kg.traditional import to_simplified

#: What to ask the query service.
QUERY = """SELECT ?code ?item ?name ?english WHERE {
  ?item wdt:P442 ?code .
  FILTER NOT EXISTS { ?item wdt:P576 ?dissolved }
  OPTIONAL { ?item rdfs:label ?simplified FILTER(LANG(?simplified) = "zh-cn") }
  OPTIONAL { ?item rdfs:label ?chinese FILTER(LANG(?chinese) = "zh") }
  OPTIONAL { ?item rdfs:label ?english FILTER(LANG(?english) = "en") }
  BIND(COALESCE(?simplified, ?chinese) AS ?name)
}"""

_ITEM = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]*)")
#: With the code and the name; with the code, and what it is also or was once called.
_SAME, _NEARLY = Decimal("0.98"), Decimal("0.9")


class AnswerError(ValueError):
    """A file that is no answer to the query: one sentence, and what was expected."""


@dataclass(frozen=True, slots=True)
class RegionItem:
    """A division of GB/T 2260 and the one item that has its code and its name."""

    code: str
    name: str
    item: str
    label: str
    confidence: Decimal

    def row(self) -> tuple[str, ...]:
        """The cells of a row of `ontology/links/region-wikidata.sssom.tsv`."""
        same = ("skos:exactMatch", f"wd:{self.item}", self.label)
        why = ("semapv:BackgroundKnowledgeBasedMatching", str(self.confidence), "")
        return (f"region:{self.code}", self.name, *same, *why)


def read_answer(file: Path) -> list[Mapping[str, str]]:
    """The rows of an answer, each value by its variable.

    Raises:
        AnswerError: the file is no SPARQL result in JSON, or lacks ?code or ?item.
    """
    try:
        answer = json.loads(file.read_text("utf-8"))
        rows: list[Mapping[str, str]] = [
            {variable: term["value"] for variable, term in binding.items()}
            for binding in answer["results"]["bindings"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AnswerError(
            f"{file}: no SPARQL 1.1 query results in JSON; download them from the query service"
        ) from error
    if not all({"code", "item"} <= row.keys() for row in rows):
        raise AnswerError(f"{file}: each row must have ?code and ?item; ask the query as printed")
    return rows


def region_items(rows: Iterable[Mapping[str, str]]) -> Iterator[RegionItem]:
    """The regions that exactly one item has the code and a name of, by code.

    A code of no division today, one that two items have, and one whose item is called otherwise are
    left out: a wrong item is worse than none.

    >>> [found.item for found in region_items([
    ...     {"code": "420103", "item": "http://www.wikidata.org/entity/Q1", "name": "江漢區"}])]
    ['Q1']
    """
    found: defaultdict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for row in rows:
        if item := _ITEM.fullmatch(row["item"]):
            found[_in_full(row["code"])].setdefault(item[1], row)
    for code, items in sorted(found.items()):
        name = region_name(code)
        if name is None or len(items) > 1:
            continue
        [(item_id, row)] = items.items()
        if confidence := _confidence(code, name, to_simplified(row.get("name", ""))):
            yield RegionItem(code, name, item_id, row.get("english") or name, confidence)


def _in_full(code: str) -> str:
    """The six digits of GB/T 2260, which Wikidata writes with spaces and without zeros behind.

    >>> _in_full("42 01 03"), _in_full("42 01"), _in_full("420000")
    ('420103', '420100', '420000')
    """
    return "".join(code.split()).ljust(6, "0")


def _confidence(code: str, name: str, label: str) -> Decimal | None:
    if label == name:
        return _SAME
    return _NEARLY if label in {*everyday_names(name), *former_names(code)} else None
