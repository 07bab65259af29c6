"""The shapes are standard SHACL: pySHACL, the reference, finds what the set-wise run finds.

Compared are the rule, the focus node, the value, the severity, and the numbers in the messages: of
all cases of the rules, and of small reports made from those cases with other amounts. pySHACL runs
each query once for each focus node, by rdflib: so they are few. On whole reports it runs over
Oxigraph (on_oxigraph.py); the compiled rules are held against that engine too (test_compiled.py).

``python tests/kg/audit/test_audit_engines.py ../shared/corpus/*.txt`` compares those reports and
200 generated ones, which takes an hour; ``--generated 3 --first 7`` as many as one has time for.
"""

import argparse
import functools
import multiprocessing
import random
import re
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pyshacl
import pytest
import rdflib
from on_oxigraph import validate_on_oxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize
from rdflib import SH
from rdflib.plugins.sparql import processor
from reference import known_of, store_of
from rule_cases import CASES, reports_of

from kg.audit import audit
from kg.audit.finding import Finding
from kg.audit.messages import VARIABLE
from kg.audit.shapes import load_rules
from kg.document import read
from kg.extract import extract
from kg.mapping import Source, map_report
from kg.outline import outline
from kg.resources import published
from kg.sample import generate
from kg.vocabulary import Namespace

#: How many small reports are made, and how many of them pySHACL is given at once.
SMALL, AT_ONCE = 10, 10
RULES = {rule.id: rule for rule in load_rules()}
MEASURES = ("expected", "found", "difference")


class Result(NamedTuple):
    """What SHACL says of a result."""

    rule: str
    focus: str
    value: str
    severity: str


#: The numbers that the messages of each result give.
Found = Mapping[Result, set[tuple[str, ...]]]


@pytest.fixture
def _queries_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """rdflib would parse a rule's query anew for each focus node, which takes most of the time."""
    monkeypatch.setattr(processor.SPARQLProcessor, "query", query_parsed_once)


@functools.cache
def prepared(text: str) -> Any:
    return processor.translateQuery(processor.parseQuery(text))


def query_parsed_once(self: Any, text: str, bindings: Any = None, *_: Any, **__: Any) -> Any:
    return processor.evalQuery(self.graph, prepared(text), bindings or {}, None)


@functools.cache
def shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for family in sorted({rule.family for rule in RULES.values()}):
        graph.parse(published("shapes") / f"{family}.ttl")
    return graph


def found_by_pyshacl(quads: Iterable[Quad], rule: str | None = None) -> Found:
    """What pySHACL finds by all rules, or by one."""
    known = list(quads)
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in known]
    used = (quad.object.value for quad in known if isinstance(quad.object, NamedNode))
    triples += known_of(used)
    data = rdflib.Graph()
    data.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    chosen = [f"{Namespace().base}rule/{rule}"] if rule else None
    _, report, _ = pyshacl.validate(
        data, shacl_graph=shapes(), inplace=True, do_owl_imports=False, use_shapes=chosen
    )
    assert isinstance(report, rdflib.Graph)
    return told(report)


def told(report: rdflib.Graph) -> Found:
    """What a validation report of pySHACL says."""
    found: dict[Result, set[tuple[str, ...]]] = {}
    for node in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        told = (report.value(node, name) for name in (SH.sourceShape, SH.focusNode, SH.value))
        rule, focus, value = map(str, told)
        severity = str(report.value(node, SH.resultSeverity)).removeprefix(str(SH))
        result = Result(rule.rpartition("/")[2], focus, plain(value), severity)
        messages = [str(message) for message in report.objects(node, SH.resultMessage)]
        found.setdefault(result, set()).add(numbers_in(messages, result.rule))
    return found


def numbers_in(messages: Iterable[str], rule: str) -> tuple[str, ...]:
    """The numbers that pySHACL put into a rule's message; it keeps no language of the two."""
    template = RULES[rule].message.en
    pattern = re.escape(VARIABLE.sub("\0", template)).replace("\0", "(.*?)")
    [match] = [match for message in messages if (match := re.fullmatch(pattern, message))]
    said = dict(zip(VARIABLE.findall(template), match.groups(), strict=True))
    return tuple(plain(said[name]) for name in MEASURES if name in said)


def found_set_wise(quads: Iterable[Quad]) -> Found:
    return {
        Result(f.rule, f.focus, plain(f.value.value if f.value else ""), f.severity): {
            numbers_of(f)
        }
        for f in audit(quads, Namespace())
    }


def numbers_of(finding: Finding) -> tuple[str, ...]:
    said = VARIABLE.findall(RULES[finding.rule].message.en)
    return tuple(plain(str(getattr(finding, name))) for name in MEASURES if name in said)


def plain(value: str) -> str:
    """Numbers are the same however they are written."""
    try:
        return f"{Decimal(value).normalize():f}"
    except InvalidOperation:
        return value


def assert_same(found: Found, reference: Found) -> None:
    assert set(found) == set(reference)
    for result, numbers in found.items():
        assert numbers <= reference[result], result


@pytest.mark.parametrize("rule", sorted(CASES))
@pytest.mark.usefixtures("_queries_parsed_once")
def test_a_rule_finds_the_same(rule: str, report_of: Any) -> None:
    """On its cases, each a unit of its own: what is in one report says nothing of another."""
    reports = [report_of(lines, f"{name}局") for name, lines in reports_of(rule).items()]
    found = {result: n for quads in reports for result, n in found_set_wise(quads).items()}
    ours = {result: n for result, n in found.items() if result.rule == rule}
    assert ours
    assert_same(ours, found_by_pyshacl((quad for quads in reports for quad in quads), rule))


def small_report(seed: int) -> list[Mapping[str, Any]]:
    """The lines of two cases, some of them with other amounts."""
    chance = random.Random(seed)
    cases = [lines for rule in CASES for lines in reports_of(rule).values()]
    lines = [dict(line) for case in chance.sample(cases, 2) for line in case]
    for line in lines:
        for name in {"amount", "percent", "change", "budget", "executed", "rate"} & line.keys():
            if chance.random() < 0.3:
                slip = chance.choice(("0.01", "-0.01", "0.02", "1", "10", "-100"))
                line[name] = str(Decimal(line[name]) + Decimal(slip))
    for before, line in pairwise(lines):
        if "of" in line:  # a reason is for what the line before it says
            line["of"] = before
    return lines


@pytest.mark.parametrize("first", range(0, SMALL, AT_ONCE))
@pytest.mark.usefixtures("_queries_parsed_once")
def test_small_reports_have_the_same_findings(first: int, report_of: Any) -> None:
    seeds: Sequence[int] = range(first, first + AT_ONCE)
    reports = [report_of(small_report(seed), f"第{seed}局") for seed in seeds]
    one_by_one = {result: n for quads in reports for result, n in found_set_wise(quads).items()}
    assert one_by_one
    assert_same(one_by_one, found_by_pyshacl(quad for quads in reports for quad in quads))


def test_a_generated_report_has_the_same_findings() -> None:
    assert compare("3")


def test_the_shapes_are_well_formed() -> None:
    conforms, _, text = pyshacl.validate(
        rdflib.Graph(), shacl_graph=shapes(), meta_shacl=True, do_owl_imports=False
    )
    assert conforms, text


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_a_query_repeats_the_class_of_its_target(rule: Any) -> None:
    """Else the set-wise run, with $this unbound, would look at other nodes than a SHACL engine."""
    shape = rdflib.URIRef(f"{Namespace().base}rule/{rule.id}")
    targets = list(shapes().objects(shape, SH.targetClass))
    assert targets
    for name in (str(target).rpartition("#")[2] for target in targets):
        said = re.compile(rf"\$this\s[^.{{}}]*\ba bud:{name}\b")
        assert said.search(rule.query), f"{rule.id} doesn't say that $this is a bud:{name}"


def quads_of(file: Path) -> list[Quad]:
    document = read(file)
    source = Source(document.format, document.sha256)
    return list(map_report(extract(outline(document)), source, Namespace()))


def compare(name: str) -> bool:
    """Whether both find the same in one report; says what each finds alone.

    The report is a file, or generated from a seed (and a style), with none to three errors in it.
    """
    quads = quads_of(Path(name)) if Path(name).exists() else quads_of_sample(*name.split())
    start = time.process_time()
    ours = found_set_wise(quads)
    middle = time.process_time()
    theirs = told(validate_on_oxigraph(store_of(quads), shapes()))
    slower = (time.process_time() - middle) / (middle - start)
    alone = [("ours alone", r) for r in ours.keys() - theirs.keys()]
    alone += [("pySHACL alone", r) for r in theirs.keys() - ours.keys()]
    both = ours.keys() & theirs.keys()
    alone += [("other numbers", r) for r in both if not ours[r] <= theirs[r]]
    print(f"{name}: {len(both)} findings by both, {slower:,.0f} times slower", flush=True)
    for what, result in alone:
        print(f"  {what}: {' '.join(result)}", flush=True)
    return not alone


def quads_of_sample(seed: str, style: Any = None) -> list[Quad]:
    sample = generate(int(seed), style=style, errors=int(seed) % 4)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "sample.txt")
        file.write_text(sample.text, encoding="utf-8", newline="\n")
        return quads_of(file)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--generated", type=int, default=200, help="how many generated reports")
    parser.add_argument("--first", type=int, default=0, help="the first one's seed")
    parser.add_argument("--style", default="", help="their style; else all styles in turn")
    parser.add_argument("--jobs", type=int, default=1, help="how many at once")
    parser.add_argument("files", nargs="*", help="reports beside these")
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.generated)
    generated = [f"{seed} {asked.style}".strip() for seed in seeds]
    with multiprocessing.Pool(asked.jobs) as pool:
        same = list(pool.imap(compare, [*asked.files, *generated]))
    print(f"the same in {sum(same)} of {len(same)} reports")
    return int(not all(same))


if __name__ == "__main__":
    raise SystemExit(main())
