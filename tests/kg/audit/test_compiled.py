"""The compiled rules find what pyoxigraph finds: all solutions, all variables, as often."""

import random
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from reference import by_pyoxigraph, compiled, store_of
from rule_cases import CASES

from corpus import NUMBERS, document_of, extraction_of
from kg.audit.compiled import Facts, RuleError, program
from kg.audit.concepts import load_concepts
from kg.audit.shapes import load_rules
from kg.document.reading import from_text
from kg.extract import extract
from kg.graph import by_subject, stated
from kg.mapping import Source, map_report
from kg.outline import outline
from kg.sample import STYLES, generate
from kg.vocabulary import PREFIXES, Namespace

RULES = load_rules()
MENTIONED = frozenset(iri for rule in RULES for iri in rule.mentions)
BASE = Namespace().base
#: How many variants of a report are made.
VARIANTS = 8


def facts_of(quads: Iterable[Quad]) -> Facts:
    return Facts.of(by_subject(map(stated, quads)), MENTIONED, load_concepts())


def differing(quads: Sequence[Quad], rules: Iterable[Any] = RULES) -> tuple[list[str], int]:
    """The rules of which the two engines find something else; how much is found by all."""
    store, facts = store_of(quads), facts_of(quads)
    different, total = [], 0
    for rule in rules:
        for query in {rule.query, rule.exact}:
            expected = by_pyoxigraph(store, query)
            total += expected.total()
            if compiled(facts, rule.id, query) != expected:
                different.append(rule.id)
            if expected and not rule.needs <= facts.present:
                different.append(f"{rule.id} is skipped")
    return different, total


def varied(quads: Sequence[Quad], seed: int) -> list[Quad]:
    """A report with other numbers here and there, other concepts, and statements left out."""
    chance = random.Random(seed)
    return [
        Quad(quad.subject, quad.predicate, _varied(quad.object, quads, chance), quad.graph_name)
        for quad in quads
        if chance.random() > 0.01
    ]


def _varied(term: Any, quads: Sequence[Quad], chance: random.Random) -> Any:
    if isinstance(term, Literal) and term.datatype.value.endswith("#decimal"):
        if chance.random() < 0.1:
            slip = Decimal(chance.choice(["100", "-100", "10000", "0.01", "-30000"]))
            value = f"{(Decimal(term.value) + slip).normalize():f}"
            return Literal(value, datatype=term.datatype)
    elif isinstance(term, NamedNode) and "/code/" in term.value and chance.random() < 0.02:
        other = chance.choice(quads).object
        is_alike = isinstance(other, NamedNode) and "/code/" in other.value
        return other if is_alike else term
    return term


def generated(seed: int) -> list[Quad]:
    text = generate(seed, style=STYLES[seed % len(STYLES)], errors=seed % 4).text
    document = from_text(text, name="s.txt", media_type="text/plain", sha256="0" * 64)
    source = Source("text/plain", "0" * 64)
    return list(map_report(extract(outline(document)), source, Namespace()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_known(rule: Any) -> None:
    assert "this" in program(rule.id, rule.query).variables
    assert program(rule.id, rule.exact).variables == program(rule.id, rule.query).variables


@pytest.mark.parametrize("name", CASES)
def test_the_cases_of_a_rule(name: str, report_of: Any) -> None:
    rules = [rule for rule in RULES if rule.id == name]
    different, total = differing(report_of(CASES[name]["broken"]), rules)
    assert not different
    assert total
    for lines in CASES[name]["sound"].values():
        different, _ = differing(report_of(lines), rules)
        assert not different


@pytest.mark.parametrize("real", NUMBERS)
def test_a_real_report(real: str) -> None:
    document = document_of(real)
    source = Source(document.format, document.sha256)
    quads = list(map_report(extraction_of(real), source, Namespace()))
    assert differing(quads)[0] == []
    different, total = differing(varied(quads, int(real)))
    assert not different
    assert total


@pytest.mark.parametrize("seed", range(4))
def test_variants_of_a_generated_report(seed: int) -> None:
    quads = generated(seed)
    for number in range(VARIANTS):
        different, total = differing(varied(quads, 100 * seed + number))
        assert not different
        assert total


# What SPARQL says of errors, of what is unbound, and of terms ####################################

EX = "https://example.org/"
THINGS = f"""
PREFIX ex: <{EX}> PREFIX xsd: <{PREFIXES["xsd"]}> PREFIX skos: <{PREFIXES["skos"]}>
INSERT DATA {{
  ex:a ex:n 1.50 ; ex:t "one" ; ex:in ex:g ; ex:y "2023"^^xsd:gYear .
  ex:b ex:n 2 ; ex:t "two"@en ; ex:in ex:g ; ex:y "2022"^^xsd:gYear .
  ex:c ex:n "three" ; ex:t "2.5" ; ex:in ex:h ; skos:broader ex:b .
  ex:d ex:n -3.0 ; ex:in ex:h ; ex:yes true ; skos:broader ex:c .
  ex:e ex:t "项目甲项目" ; skos:broader ex:d }}"""
QUERIES = {
    "an error isn't true, nor its opposite": "?s ex:n ?n FILTER (?n > 1)",
    "not of an error": "?s ex:n ?n FILTER (!(?n > 1))",
    "true or an error": "?s ex:n ?n FILTER (?n > 1 || ?s = ex:c)",
    "false and an error": "?s ex:n ?n FILTER (!(?n > 1 && ?s != ex:c))",
    "unbound compared": "?s ex:in ?g OPTIONAL { ?s ex:t ?t } FILTER (?t != 'one')",
    "unbound, not": "?s ex:in ?g OPTIONAL { ?s ex:t ?t } FILTER (!(?t = 'one'))",
    "bound": "?s ex:in ?g OPTIONAL { ?s ex:t ?t } FILTER (!BOUND(?t))",
    "coalesce": "?s ex:in ?g OPTIONAL { ?s ex:t ?t } BIND (COALESCE(?t, STR(?s)) AS ?x)",
    "coalesce of errors": "?s ex:n ?n BIND (COALESCE(?n + 1, -1) AS ?x)",
    "if of an error": "?s ex:n ?n BIND (IF(?n > 1, 'more', 'less') AS ?x)",
    "sums": "?s ex:n ?n BIND (?n * 2 - 0.50 AS ?x)",
    "no sum of texts": "?s ex:t ?t BIND (?t + ?t AS ?x) BIND (?t * 2 AS ?z)",
    "abs": "?s ex:n ?n BIND (ABS(?n) AS ?x)",
    "str": "?s ex:n ?n BIND (STR(?n) AS ?x) BIND (STRLEN(?x) AS ?z)",
    "parts of texts": "?s ex:t ?t BIND (STRAFTER(STR(?t), 't') AS ?x) "
    "BIND (SUBSTR(STR(?t), 1, STRLEN(STR(?t)) - 1) AS ?z) BIND (STRBEFORE(STR(?t), 'x') AS ?w)",
    "in a language": "?s ex:t ?t BIND (LANG(?t) AS ?x) BIND (STRAFTER(?t, 't') AS ?z)",
    "contains": "?s ex:t ?t FILTER (CONTAINS(?t, 'o') && !STRENDS(STR(?t), 'e'))",
    "patterns": "?s ex:t ?t BIND (REPLACE(STR(?t), '项目$', '') AS ?x) "
    "FILTER (REGEX(STR(?t), '^(t|项)'))",
    "numbers of texts": "?s ex:t ?t BIND (xsd:decimal(?t) AS ?x) BIND (xsd:integer('7') AS ?z)",
    "years": "?s ex:y ?y . ?o ex:y ?z FILTER (?y > ?z)",
    "truth": "?s ex:yes true",
    "in": "?s ex:n ?n FILTER (?s IN (ex:a, ex:c)) FILTER (?n NOT IN (2, 3))",
    "union": "{ ?s ex:t ?t } UNION { ?s ex:n ?t . BIND (ex:x AS ?k) }",
    "union with what is bound": "?s ex:in ?g { ?s ex:t ?x } UNION { BIND (ex:h AS ?g) }",
    "steps": "?s skos:broader+ ?o . ?o ex:in ?g",
    "steps or none": "?o ex:in ex:g . ?s skos:broader* ?o",
    "a path": "?s skos:broader/^skos:broader/ex:n ?n",
    "either property": "?s ex:t|ex:n ?v",
    "not exists with what is outside": "?s ex:in ?g FILTER NOT EXISTS { ?o ex:in ?g ; ex:n ?n "
    "FILTER (?o != ?s && isNumeric(?n)) }",
    "exists or": "?s ex:in ?g FILTER (EXISTS { ?s ex:yes ?y } || ?g = ex:g)",
    "minus": "?s ex:in ?g MINUS { ?s ex:t ?t }",
    "optional of two": "?s ex:in ?g OPTIONAL { ?s ex:n ?n . ?s ex:yes ?y }",
    "optional with a filter": "?s ex:n ?n OPTIONAL { ?s ex:t ?t FILTER (?n > 1.6) }",
    "names of a sub-select stay in it": "?s ex:in ?g { SELECT ?s WHERE { ?s ex:t ?g } }",
    "a sub-select that counts": "?s ex:in ?g { SELECT ?g (COUNT(?o) AS ?k) WHERE "
    "{ ?o ex:in ?g } GROUP BY ?g } FILTER (?k > 1)",
    "distinct": "{ SELECT DISTINCT ?g WHERE { ?o ex:in ?g } }",
}
GROUPED = {
    "sum": "SELECT ?g (SUM(?n) AS ?x) WHERE { ?s ex:in ?g ; ex:n ?n } GROUP BY ?g",
    "count": "SELECT ?g (COUNT(?t) AS ?x) (COUNT(*) AS ?z) WHERE "
    "{ ?s ex:in ?g OPTIONAL { ?s ex:t ?t } } GROUP BY ?g",
    "having": "SELECT ?g (MAX(?n) AS ?x) WHERE { ?s ex:in ?g ; ex:n ?n FILTER isNumeric(?n) } "
    "GROUP BY ?g HAVING (COUNT(DISTINCT ?n) > 1 || MIN(?n) < 0)",
    "nothing to group": "SELECT (COUNT(?s) AS ?x) (SUM(?s) AS ?z) WHERE { ?s ex:none ?g }",
    "joined": "SELECT ?g (GROUP_CONCAT(STR(?n); separator=' ') AS ?involved) WHERE "
    "{ ?s ex:in ?g ; ex:n ?n } GROUP BY ?g",
}


def facts_in(store: Store) -> Facts:
    names = {quad.predicate.value for quad in store} | {f"{EX}{name}" for name in "abcdeghx"}
    return Facts.of(by_subject(map(stated, store)), names, load_concepts())


@pytest.mark.parametrize("name", [*QUERIES, *GROUPED])
def test_sparql(name: str) -> None:
    store = Store()
    store.update(THINGS)
    prefixes = THINGS.strip().partition("\n")[0]
    pattern = GROUPED.get(name) or f"SELECT * WHERE {{ {QUERIES[name]} }}"
    query = f"{prefixes} {pattern}"
    found = compiled(facts_in(store), name, query)
    assert found == by_pyoxigraph(store, query)
    assert found


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("?s ex:n ?n FILTER (?n / 2 > 1)", "division"),
        ("?s ?p ?o", "property"),
        ("?s ex:n ?n FILTER (MD5(STR(?n)) = '')", "MD5"),
        ("?s ex:in ?g OPTIONAL { ?s ex:t ?t } ?o ex:n ?t", "may be unbound"),
    ],
)
def test_what_is_unknown_is_refused(pattern: str, said: str) -> None:
    query = f"PREFIX ex: <{EX}> SELECT * WHERE {{ {pattern} }}"
    with pytest.raises(RuleError, match=rf"rule new uses .*{said}.*docs/rules-howto\.md"):
        program("new", query)
