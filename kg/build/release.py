"""Files to a release: built side by side, written in a fixed order, swapped in at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from kg.build.cache import Cache, scratch_in
from kg.build.catalogue import Catalogue
from kg.build.changes import write_changes
from kg.build.describing import catalogue_nquads, write_catalogue, write_void
from kg.build.digests import Digests
from kg.build.dumps import write_nquads, write_trig
from kg.build.linking import link
from kg.build.manifest import Failure, Manifest, SupersededEntry
from kg.build.memory import give_back, giving_back
from kg.build.parts import Parts, trig_blocks
from kg.build.publication import Publication, read_publication
from kg.build.report import build_report
from kg.build.sources import SourceFile, find_sources
from kg.build.superseded import History, keep_superseded, newer, superseded
from kg.build.tables import describe_tables, pack_tables, write_csv
from kg.build.vocabularies import copy_vocabularies, vocabulary_pieces, vocabulary_quads
from kg.links import LinkSet, link_quads, published_links
from kg.release import ReleaseError, read_manifest
from kg.signing import SUMS, sign
from kg.swap import swap_in
from kg.vocabulary import DEFAULT_BASE, Namespace

Outcome = Parts | Failure


class BuildError(Exception):
    """A build that can't publish anything, in one sentence."""

    def __init__(self, message: str, failures: tuple[Failure, ...] = ()) -> None:
        super().__init__(message)
        self.failures = failures


def build(
    paths: Iterable[Path],
    out: Path,
    *,
    base: str = DEFAULT_BASE,
    jobs: int = 1,
    publication: Publication | None = None,
    key: Path | None = None,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Manifest:
    """Build a release of all reports in `paths` into the directory `out`.

    A file that can't be a report becomes a failure in the manifest, and the others are published.
    `publication` says who publishes it; without one it is as kg/build/publication.toml says.
    `key` is an SSH key that signs it.
    `progress` is told how many of how many files are done, and which one was last or what follows.

    Raises:
        BuildError: nothing can be published; `out` is then as it was.
        SignatureError: `key` can't sign.
        LinkError: a mapping of `ontology/links` doesn't hold; nothing has been read then.
    """
    namespace = Namespace(base)
    links = published_links(namespace)
    files = find_sources(paths)
    if not files:
        raise BuildError("there is no file to read in the folders named")
    if out.exists() and not (out / "manifest.json").exists() and any(out.iterdir()):
        raise BuildError(f"{out}: is not empty and is no release; name another directory")
    history = _history(out, base)
    out.parent.mkdir(parents=True, exist_ok=True)
    cache = Cache(out.parent / f".{out.name}.parts", base)
    outcomes = dict(_outcomes(files, cache, base, jobs, progress))
    reports, older, failures = _distinct([outcomes[file] for file in files], history)
    if not reports:
        raise BuildError("no report could be read", failures)
    progress(len(files), len(files), "read; the release is being written")
    with cache.scratch() as scratch:
        release = scratch / "release"
        catalogue = Catalogue(namespace, publication or read_publication())
        kept = superseded(reports, older, history)
        keep_superseded(kept, older, history, release, base)
        manifest = _write(
            release, reports, kept, failures, links,
            history=history, cache=cache, catalogue=catalogue, jobs=jobs,
        )  # fmt: skip
        if key:
            sign(release, key)
        swap_in(release, out)
    cache.forget_others()
    return manifest


def _history(out: Path, base: str) -> History:
    """What the release to be replaced tells; of one with another base, nothing."""
    if not (out / "manifest.json").is_file():
        return History(None, {}, ())
    try:
        manifest = read_manifest(out)
    except ReleaseError as error:
        message = f"{out}: what would be replaced is damaged; move it away, then build ({error})"
        raise BuildError(message) from error
    return History.of(out, manifest) if manifest["base"] == base else History(None, {}, ())


def _outcomes(
    files: list[SourceFile],
    cache: Cache,
    base: str,
    jobs: int,
    progress: Callable[[int, int, str], None],
) -> Iterator[tuple[SourceFile, Outcome]]:
    """Each file's outcome, in the order in which they get done."""
    done = 0
    fresh: dict[SourceFile, Path] = {}
    for file in files:
        if parts := cache.get(file):
            done += 1
            progress(done, len(files), file.name)
            yield file, parts
        else:
            fresh[file] = cache.place(file)
    for file, outcome in _built(fresh, base, jobs):
        done += 1
        progress(done, len(files), file.name)
        yield file, outcome


def _built(
    files: Mapping[SourceFile, Path], base: str, jobs: int
) -> Iterator[tuple[SourceFile, Outcome]]:
    if jobs == 1 or len(files) < 2:
        with giving_back():
            yield from ((file, build_parts(file, place, base)) for file, place in files.items())
        return
    # a forked worker would inherit the locks of the parent's threads
    with ProcessPoolExecutor(min(jobs, len(files)), mp_context=get_context("spawn")) as pool:
        futures = {
            pool.submit(build_parts, file, place, base): file for file, place in files.items()
        }
        for future in as_completed(futures):
            yield futures[future], future.result()


def build_parts(file: SourceFile, place: Path, base: str) -> Outcome:
    """Build one report, and keep its parts in the folder `place`."""
    report = build_report(file, base)
    if isinstance(report, Failure):
        return report
    with scratch_in(place.parent) as scratch:
        written = Parts.write(scratch / "parts", report, Namespace(base))
        swap_in(written.folder, place)
    del report
    give_back()
    return replace(written, folder=place)


def _distinct(
    outcomes: Iterable[Outcome], history: History
) -> tuple[list[Parts], list[Parts], tuple[Failure, ...]]:
    """The reports by IRI, each once, those that they supersede, and the failures.

    A second file of one report is a failure where it is the same, or nothing tells which holds.
    """
    reports: dict[str, Parts] = {}
    older: list[Parts] = []
    failures = []
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
            continue
        entry = outcome.entry
        first = reports.setdefault(entry.iri, outcome)
        if first is outcome:
            continue
        is_same = entry.sha256 == first.entry.sha256
        holds = None if is_same else newer(first.entry, entry, history)
        if holds is None:
            same = "is the same file as" if is_same else "states again"
            message = (
                f"{entry.source}: {same} {first.entry.source} "
                f"({entry.unit_name}, {entry.fiscal_year}); keep the one that holds"
            )
            failures.append(Failure(entry.source, message))
        else:
            reports[entry.iri] = first if holds is first.entry else outcome
            older.append(outcome if holds is first.entry else first)
    return [reports[iri] for iri in sorted(reports)], older, tuple(failures)


def _write(
    release: Path,
    reports: list[Parts],
    kept: list[SupersededEntry],
    failures: tuple[Failure, ...],
    links: tuple[LinkSet, ...],
    *,
    history: History,
    cache: Cache,
    catalogue: Catalogue,
    jobs: int,
) -> Manifest:
    namespace, scratch = catalogue.namespace, release.parent
    data = release / "data"
    data.mkdir(parents=True)
    copy_vocabularies(release, namespace)
    for parts in reports:
        name = parts.entry.iri.removeprefix(f"{namespace.base}report/")
        link(parts.turtle, data / "reports" / f"{name}.ttl")
        link(parts.json_ld, data / "reports" / f"{name}.jsonld")
        link(parts.text, release / "sources" / f"{name}.txt")
    regions = {parts.region for parts in reports if parts.region}
    years = {parts.entry.fiscal_year for parts in reports}
    units = {parts.entry.unit for parts in reports}
    linked = list(link_quads(links, regions, years, namespace, units))
    vocabularies = [*vocabulary_quads(regions, namespace), *linked]
    write_csv(release / "tables", reports, vocabularies, namespace)
    pieces, others = vocabulary_pieces(vocabularies, cache, namespace, scratch)
    trig = trig_blocks(vocabularies, namespace)
    del vocabularies  # they are large
    pack_tables(release / "tables")
    describe_tables(release / "tables", catalogue.publication, namespace, years)
    digests = Digests(release)
    catalogued = catalogue_nquads(catalogue, reports, kept, digests, scratch)
    pieces += (parts.own for parts in reports)
    others += [*catalogued, *(parts.shared for parts in reports)]
    counted = write_nquads(pieces, others, data, scratch, jobs)
    write_trig(trig, catalogued, reports, data / "juesuan.trig.gz", namespace)
    entries = tuple(parts.entry for parts in reports)
    quads = counted.graphs.total()
    manifest = Manifest(namespace.base, quads, entries, failures, tuple(kept))
    manifest.write(release / "manifest.json")
    write_changes(release, history.folder, entries, catalogue, digests)
    write_catalogue(catalogue, catalogued, digests, release / "catalog.ttl")
    write_void(counted, catalogue, reports, linked, release / "void.ttl")
    digests.write(release / SUMS)
    return manifest
