"""CKAN's parser finds every data set of a catalogue, with every distribution; run by ckan.sh."""

import json
import sys
from pathlib import Path

import rdflib
from ckanext.dcat.processors import RDFParser

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")


def main(release: Path) -> None:
    text = (release / "catalog.ttl").read_text("utf-8")
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    parser.parse(text, _format="turtle")
    read = {extra(found, "uri"): len(found["resources"]) for found in parser.datasets()}
    catalogue = rdflib.Graph().parse(data=text, format="turtle")
    listed = {str(dataset) for dataset in catalogue.objects(None, DCAT.dataset)}
    reports = json.loads((release / "manifest.json").read_text("utf-8"))["reports"]
    assert len(listed) == len(reports) + 1
    for dataset in sorted(listed):
        stated = len(list(catalogue.objects(rdflib.URIRef(dataset), DCAT.distribution)))
        assert stated, dataset
        assert read.get(dataset) == stated, f"{dataset}: {read.get(dataset)} of {stated} read"
    print(f"CKAN read {len(listed)} data sets, {sum(read.values())} distributions")


def extra(found: dict[str, list[dict[str, str]]], key: str) -> str:
    """A field that CKAN keeps beside those of its own."""
    return next(e["value"] for e in found["extras"] if e["key"] == key)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
