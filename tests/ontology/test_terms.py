"""Every term in use exists: ours in the ontology, others' in the vocabularies that they are of."""

import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SH, SKOS, VANN, XSD

from graphs import EXAMPLES, finding_quads, report_quads, vocabularies
from kg.vocabulary import DEFAULT_BASE

BUD = f"{DEFAULT_BASE}ontology#"
CLOSED = (DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SH, SKOS, VANN, XSD)
LISTED = tomllib.loads((Path(__file__).parent / "others.toml").read_text("utf-8"))
#: IRIs that are things, not terms, of namespaces that have no list of terms.
THINGS = (
    *(f"{DEFAULT_BASE}{kind}/" for kind in ("code", "report", "unit", "region", "graph")),
    *(f"{DEFAULT_BASE}{kind}" for kind in ("rule/", "shapes#", "ontology/component/")),
    "http://publications.europa.eu/resource/authority/",
    "https://creativecommons.org/licenses/",
    "http://reference.data.gov.uk/id/",
    "http://www.wikidata.org/entity/",
)


def known_terms():
    terms = {v["namespace"] + name for v in LISTED.values() for name in v["terms"].split()}
    own = ox.parse(path=EXAMPLES.parent / "juesuan.ttl")
    terms |= {t.subject.value for t in own if t.subject.value.startswith(BUD)}
    return terms | {f"{DEFAULT_BASE}ontology", f"{DEFAULT_BASE}ontology/0.1.0", DEFAULT_BASE}


KNOWN = known_terms()


def iris(quads):
    for quad in quads:
        yield quad.predicate.value
        if isinstance(quad.object, ox.NamedNode):
            yield quad.object.value
        elif isinstance(quad.object, ox.Literal):
            yield quad.object.datatype.value


def unknown(quads):
    used = {iri for iri in iris(quads) if iri not in KNOWN and not iri.startswith(THINGS)}
    return sorted(iri for iri in used if not any(iri in namespace for namespace in CLOSED))


def test_the_terms_of_the_vocabularies_exist():
    assert unknown(vocabularies()) == []


def test_the_terms_of_a_report_and_its_findings_exist(number):
    assert unknown(report_quads(number)) == []
    assert unknown(finding_quads(number)) == []


@pytest.mark.parametrize("name", ["report", "finding", "codes"])
def test_the_terms_of_the_examples_exist(name):
    assert unknown(ox.parse(path=EXAMPLES / f"{name}.ttl")) == []


@pytest.mark.parametrize(
    "term", ["org:hasSubUnit", "prov:wasDerived", "dqv:hasTarget", "oa:target", "bud:figure"]
)
def test_a_term_that_nobody_defined_would_be_found(term):
    prefix, _, name = term.partition(":")
    namespace = {"org": ORG, "prov": PROV, "bud": BUD}.get(prefix) or LISTED[prefix]["namespace"]
    subject, predicate = ox.NamedNode("https://example.org/a"), ox.NamedNode(f"{namespace}{name}")
    assert predicate.value in unknown([ox.Quad(subject, predicate, subject)])


def test_data_use_every_property_as_its_datatype_says(number):
    """A literal is of its property's range, well-formed; what a range calls a class is an IRI."""
    ranges = {
        q.subject.value: q.object.value
        for q in ox.parse(path=EXAMPLES.parent / "juesuan.ttl")
        if q.predicate.value == str(RDFS.range)
    }
    for quad in (*report_quads(number), *finding_quads(number)):
        if range_ := ranges.get(quad.predicate.value):
            literal = range_.startswith(str(XSD)) or range_ == str(RDF.langString)
            assert isinstance(quad.object, ox.Literal) == literal, quad
            assert not literal or quad.object.datatype.value == range_, quad
