"""CI's last word on the five real reports: what a built release says of them, asked in SPARQL.

python tests/corpus_counts.py RELEASE
"""

import json
import sys
from pathlib import Path

from pyoxigraph import Literal, QuerySolutions, Store

from kg.release import load_store
from kg.vocabulary import Namespace

LINES = """
  ?s a bud:Statement ; bud:place place:S05-3 ; bud:phase phase:%s ; bud:nature nature:all ;
     bud:function ?function . FILTER(?function != functional:all)"""
REVIEWS = "?s a bud:Evaluation ; bud:place place:S13 ; bud:project ?project ."
TABLE = "?s a bud:Statement ; bud:place place:%s ."
ITEMS = """
  ?s a bud:Statement ; bud:place place:S05-3 ; bud:phase phase:final ; bud:fund fund:general ;
     bud:nature nature:all ; bud:function ?item ; bud:amount ?amount .
  ?item a bud:FunctionItem ; skos:broader/skos:broader ?class ."""
PRINTED_CLASSES = f"""
  {{ SELECT ?report ?class (SUM(?amount) AS ?sum) {{ ?s bud:report ?report . {ITEMS} }}
    GROUP BY ?report ?class }}
  ?s a bud:Statement ; bud:place place:S05-2 ; bud:function ?class ; bud:amount ?sum ."""

#: report, what is counted (or summed), how, and what it must be
EXPECTED = [
    ("000", "lines with accounts", "COUNT(?s)", LINES % "final", "35"),
    ("000", "lines with a budget", "COUNT(?s)", LINES % "initial-budget", "35"),
    ("001", "lines with accounts", "COUNT(?s)", LINES % "final", "46"),
    ("001", "lines with a budget", "COUNT(?s)", LINES % "initial-budget", "18"),
    ("002", "lines with accounts", "COUNT(?s)", LINES % "final", "26"),
    ("002", "lines with a budget", "COUNT(?s)", LINES % "initial-budget", "26"),
    ("000", "project reviews", "COUNT(?s)", REVIEWS, "23"),
    ("001", "project reviews", "COUNT(?s)", REVIEWS, "4"),
    ("002", "project reviews", "COUNT(?s)", REVIEWS, "24"),
    ("003", "project reviews", "COUNT(?s)", REVIEWS, "7"),
    ("004", "project reviews", "COUNT(?s)", REVIEWS, "22"),
    ("002", "amounts in T03", "COUNT(?s)", TABLE % "T03", "109"),
    ("003", "amounts in T06", "COUNT(?s)", TABLE % "T06", "25"),
    ("000", "yuan of all items", "SUM(?amount)", ITEMS, "65793800"),
    ("000", "classes as printed", "COUNT(?class)", PRINTED_CLASSES, "9"),
]


def ask(store: Store, namespace: Namespace, report: str, value: str, pattern: str) -> str:
    """The one value that a query over one report gives."""
    prefixes = namespace.prefixes() | {
        scheme: namespace.code(f"{scheme}/")
        for scheme in ("place", "phase", "nature", "fund", "functional")
    }
    pattern = f"BIND(<{report}> AS ?report) ?s bud:report ?report . {pattern}"
    query = f"SELECT ({value} AS ?n) {{ {pattern} }}"
    results = store.query(query, prefixes=prefixes)
    assert isinstance(results, QuerySolutions)
    answer = next(iter(results))["n"]
    return answer.value if isinstance(answer, Literal) else "nothing"


def main(release: Path) -> int:
    """Ask everything; the number of answers that aren't what they must be."""
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    reports = {entry["source"][:3]: entry["iri"] for entry in manifest["reports"]}
    store, namespace = load_store(release), Namespace(manifest["base"])
    wrong = len(manifest["failures"])
    for number, what, value, pattern, expected in EXPECTED:
        answer = ask(store, namespace, reports[number], value, pattern)
        wrong += answer != expected
        verdict = "as it must be" if answer == expected else f"MUST BE {expected}"
        print(f"{number}  {what:<20} {answer:>10}  {verdict}")
    return wrong


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
