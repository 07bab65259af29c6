"""How fast reports are audited, and which rules take the time: `make bench`.

python tests/bench_audit.py [REPORTS]
"""

import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent / "kg/audit")]

from conftest import _report_of  # noqa: E402
from pyoxigraph import Quad  # noqa: E402
from rdflib.plugins.sparql import processor  # noqa: E402
from test_audit_engines import (  # noqa: E402
    found_by_pyshacl,
    quads_of,
    query_parsed_once,
    small_report,
)

from kg.audit import audit  # noqa: E402
from kg.audit.compiled import Facts, program  # noqa: E402
from kg.audit.concepts import load_concepts  # noqa: E402
from kg.audit.shapes import load_rules  # noqa: E402
from kg.graph import by_subject, stated  # noqa: E402
from kg.sample import generate  # noqa: E402
from kg.vocabulary import DEFAULT_BASE, Namespace  # noqa: E402

#: How many small reports are given to pySHACL, and how many of the slowest rules are told.
SMALL, SLOWEST = 3, 10


def generated(count: int) -> list[list[Quad]]:
    """The graphs of generated reports, a third of them with errors."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.txt")
        graphs = []
        for seed in range(count):
            text = generate(seed, errors=int(seed % 3 == 0)).text
            file.write_text(text, encoding="utf-8", newline="\n")
            graphs.append(quads_of(file))
        return graphs


def cost(graphs: list[list[Quad]]) -> float:
    """Seconds of processor time that auditing takes, rules compiled before."""
    audit(graphs[0], Namespace())
    start = time.process_time()
    for graph in graphs:
        audit(graph, Namespace())
    return time.process_time() - start


def slowest(graphs: list[list[Quad]]) -> None:
    """Which rules take the time, in milliseconds a report."""
    rules = load_rules()
    mentioned = frozenset(iri for rule in rules for iri in rule.mentions)
    took: dict[str, float] = defaultdict(float)
    for graph in graphs:
        facts = Facts.of(by_subject(map(stated, graph)), mentioned, load_concepts(DEFAULT_BASE))
        for rule in rules:
            if rule.needs <= facts.present:
                start = time.process_time()
                list(program(rule.id, rule.query).run(facts))
                took[rule.id] += time.process_time() - start
    for rule_id in sorted(took, key=lambda rule_id: -took[rule_id])[:SLOWEST]:
        print(f"  {rule_id:<32} {took[rule_id] / len(graphs) * 1000:>8.2f} ms a report")


def main(count: int) -> None:
    graphs = generated(count)
    quads = sum(map(len, graphs))
    taken = cost(graphs)
    print(
        f"audit generated reports: {count / taken:.0f} reports/s of one core "
        f"({quads / count:.0f} quads each)"
    )
    processor.SPARQLProcessor.query = query_parsed_once
    small = [_report_of(small_report(seed), f"第{seed}局") for seed in range(SMALL)]
    ours = cost(small)
    start = time.process_time()
    for graph in small:
        found_by_pyshacl(graph)
    theirs = time.process_time() - start
    print(f"the same small graphs by pySHACL: {theirs / ours:,.0f} times slower")
    print(f"the {SLOWEST} slowest rules:")
    slowest(graphs)


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["60"])[0]))
