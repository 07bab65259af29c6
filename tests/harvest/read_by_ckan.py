"""CKAN's parser finds every data set of a catalogue, with every distribution; run by ckan.sh."""

import json
import sys
from pathlib import Path

import rdflib
from ckanext.dcat.processors import RDFParser
from rdflib.namespace import RDF

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")


def main(release: Path) -> None:
    catalogue = rdflib.Graph().parse(release / "catalog.ttl", format="turtle")
    reports = json.loads((release / "manifest.json").read_text("utf-8"))["reports"]
    datasets = sorted(set(catalogue.objects(None, DCAT.dataset)))
    assert len(datasets) == len(reports) + 1
    read = read_of(catalogue)
    for dataset in datasets:
        assert read.get(str(dataset)) == stated_of(catalogue, dataset) > 0, dataset
    print(f"CKAN read {len(datasets)} data sets, {sum(read.values())} distributions")
    check_that_loss_shows(catalogue, datasets)


def check_that_loss_shows(catalogue: rdflib.Graph, datasets: list[rdflib.term.Node]) -> None:
    """What is wrong with a catalogue shows in what CKAN reads of it."""
    first, second, *_ = datasets
    stated = stated_of(catalogue, second)
    catalogue.remove((first, RDF.type, DCAT.Dataset))
    catalogue.remove((second, DCAT.distribution, catalogue.value(second, DCAT.distribution)))
    read = read_of(catalogue)
    assert str(first) not in read
    assert read[str(second)] == stated - 1
    print("and it misses what is taken away")


def read_of(catalogue: rdflib.Graph) -> dict[str, int]:
    """How many distributions of each data set CKAN reads."""
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse(catalogue.serialize(format="turtle"), _format="turtle")
    return {extra(found, "uri"): len(found["resources"]) for found in parser.datasets()}


def stated_of(catalogue: rdflib.Graph, dataset: rdflib.term.Node) -> int:
    return len(list(catalogue.objects(dataset, DCAT.distribution)))


def extra(found: dict[str, list[dict[str, str]]], key: str) -> str:
    """A field that CKAN keeps beside those of its own."""
    return next(e["value"] for e in found["extras"] if e["key"] == key)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
