"""A release's `changes/`: what differs from the release before it, and an event stream of reports.

Sources: https://w3id.org/ldes/specification, https://treecg.github.io/specification/
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from kg.build.catalogue import Catalogue
from kg.build.describing import turtle
from kg.build.digests import Digests
from kg.build.manifest import ReportEntry, as_json
from kg.build.packing import GzipFile
from kg.diff import Change, changes, differences, patching, said
from kg.digest import sha256_of
from kg.graph import Graph, integer, string
from kg.release import dump_of, open_nquads, read_manifest
from kg.vocabulary import Namespace

STREAM = "stream.ttl"
PREFIXES = {
    "as": "https://www.w3.org/ns/activitystreams#",
    "ldes": "https://w3id.org/ldes#",
    "tree": "https://w3id.org/tree#",
}
#: What happened to a report, in the words of Activity Streams.
_EVENTS = {
    "report-added": "as:Create",
    "report-revised": "as:Update",
    "report-changed": "as:Update",
    "report-removed": "as:Delete",
}
#: How many events a page of the stream holds.
_PAGE = 500


def write_changes(
    release: Path,
    before: Path | None,
    reports: Sequence[ReportEntry],
    catalogue: Catalogue,
    digests: Digests,
) -> None:
    """Write what differs from the release `before`, whose dumps are those of its last change.

    A release whose dumps are the same has the same changes.
    """
    folder = release / "changes"
    if before and (before / "changes").is_dir():
        shutil.copytree(before / "changes", folder)
    old = sha256_of(dump_of(before)) if before else None
    new = digests.of(dump_of(release).relative_to(release).as_posix()).sha256
    if old == new and folder.is_dir():
        return
    number = 1 + sum(1 for child in folder.glob("*") if child.is_dir())
    here = folder / str(number)
    here.mkdir(parents=True)
    after = [as_json(entry) for entry in reports]
    if before is None or old is None:
        # the first release is no change of another: all its reports are new, and said by the dump
        found: Iterable[Change] = changes([], after, [], catalogue.namespace)
    else:
        found = _compared(before, release, after, (old, new), here)
    _write_events(found, here, number, catalogue)
    _write_stream(folder, catalogue)


def _compared(
    before: Path,
    release: Path,
    after: Sequence[Mapping[str, object]],
    digests: tuple[str, str],
    here: Path,
) -> Iterator[Change]:
    """The changes, written as JSON and for people as they are found, and the RDF Patch."""
    with ExitStack() as stack:
        old, new = (stack.enter_context(open_nquads(folder)) for folder in (before, release))
        patch = stack.enter_context(GzipFile(here / "patch.rdfp.gz"))
        records = stack.enter_context((here / "changes.jsonl").open("w", encoding="utf-8"))
        told = {
            language: stack.enter_context((here / f"{language}.txt").open("w", encoding="utf-8"))
            for language in ("zh", "en")
        }
        blocks = patching(differences(old, new), *digests, patch)
        manifest = read_manifest(before)
        for change in changes(manifest["reports"], after, blocks, Namespace(manifest["base"])):
            records.write(json.dumps(change.as_json(), ensure_ascii=False) + "\n")
            for language, file in told.items():
                file.write(said(change, language) + "\n")
            yield change


def _write_events(found: Iterable[Change], folder: Path, number: int, catalogue: Catalogue) -> None:
    """Write the events of a release, some a page; one page at least."""
    page, events = 1, list[Change]()
    for change in found:
        if change.kind in _EVENTS:
            events.append(change)
        if len(events) == _PAGE:
            _write_page(events, folder, number, page, catalogue)
            page, events = page + 1, []
    if events or page == 1:
        _write_page(events, folder, number, page, catalogue)


def _write_page(
    events: Iterable[Change], folder: Path, number: int, page: int, catalogue: Catalogue
) -> None:
    """Write a page (a TREE node) of the stream: events are never changed once they are written."""
    base, at = catalogue.namespace.base, _address(catalogue, f"{number}/{page}.ttl")
    graph = _graph(catalogue)
    graph.types(at, "tree:Node")
    for event in events:
        name = event.iri.removeprefix(f"{base}report/")
        member = f"{base}changes/{number}/{name}"
        graph.add(f"{base}changes", "tree:member", member)
        graph.types(member, _EVENTS[event.kind])
        graph.add(member, "dct:isVersionOf", event.iri)
        graph.add(member, "as:object", event.iri)
        graph.add(member, "schema:position", integer(number))
        if sha256 := event.new or event.old:
            graph.add(member, "bud:sha256", string(sha256))
    _write(graph, folder / f"{page}.ttl", catalogue)


def _write_stream(folder: Path, catalogue: Catalogue) -> None:
    """Write the root of the stream: where its pages are, by the number of the release."""
    base, at = catalogue.namespace.base, _address(catalogue, STREAM)
    graph = _graph(catalogue)
    stream = f"{base}changes"
    graph.types(stream, "ldes:EventStream", "tree:Collection")
    graph.add(stream, "ldes:versionOfPath", "dct:isVersionOf")
    graph.add(stream, "ldes:sequencePath", "schema:position")
    graph.add(stream, "dct:license", catalogue.publication.licence)
    graph.add(stream, "tree:view", at)
    graph.types(at, "tree:Node", "ldes:EventSource")
    for page in folder.glob("*/*.ttl"):
        name = page.relative_to(folder).as_posix()
        for bound in ("GreaterThan", "LessThan"):
            one = f"{at}#{page.parent.name}-{page.stem}-{bound}"
            graph.add(at, "tree:relation", one)
            graph.types(one, f"tree:{bound}OrEqualToRelation")
            graph.add(one, "tree:path", "schema:position")
            graph.add(one, "tree:value", integer(int(page.parent.name)))
            graph.add(one, "tree:node", _address(catalogue, name))
    _write(graph, folder / STREAM, catalogue)


def _graph(catalogue: Catalogue) -> Graph:
    return Graph(f"{catalogue.namespace.base}changes", catalogue.namespace, PREFIXES)


def _address(catalogue: Catalogue, name: str) -> str:
    """Where a file of `changes/` is served."""
    return f"{catalogue.site}dumps/changes/{name}"


def _write(graph: Graph, path: Path, catalogue: Catalogue) -> None:
    known = catalogue.namespace.prefixes()
    prefixes = {name: known[name] for name in ("bud", "dct", "schema")} | PREFIXES
    path.write_bytes(b"".join(turtle(graph, prefixes)))
