"""Files to a release: built side by side, written in a fixed order, swapped in at the end."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from kg.build.cache import Cache
from kg.build.dumps import write_digests, write_nquads, write_trig, write_turtle
from kg.build.manifest import Failure, Manifest
from kg.build.report import BuiltReport, build_report
from kg.build.sources import SourceFile, find_sources
from kg.build.vocabularies import copy_vocabularies, vocabulary_quads
from kg.swap import swap_in
from kg.vocabulary import DEFAULT_BASE, Namespace

Outcome = BuiltReport | Failure


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
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Manifest:
    """Build a release of all reports in `paths` into the directory `out`.

    A file that can't be a report becomes a failure in the manifest, and the others are published.
    `progress` is told how many of how many files are done, and which one was last.

    Raises:
        BuildError: nothing can be published; `out` is then as it was.
    """
    namespace = Namespace(base)
    files = find_sources(paths)
    if not files:
        raise BuildError("there is no file to read in the folders named")
    if out.exists() and not (out / "manifest.json").exists() and any(out.iterdir()):
        raise BuildError(f"{out}: is not empty and is no release; name another directory")
    cache = Cache(out / "cache", base)
    outcomes = dict(_outcomes(files, cache, base, jobs, progress))
    reports, failures = _distinct([outcomes[file] for file in files])
    if not reports:
        raise BuildError("no report could be read", failures)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as scratch:
        release = Path(scratch) / "release"
        manifest = _write(release, reports, failures, namespace)
        kept = Cache(release / "cache", base)
        for file, outcome in outcomes.items():
            if isinstance(outcome, BuiltReport):
                kept.put(file, outcome, before=cache)
        swap_in(release, out)
    return manifest


def _outcomes(
    files: list[SourceFile],
    cache: Cache,
    base: str,
    jobs: int,
    progress: Callable[[int, int, str], None],
) -> Iterator[tuple[SourceFile, Outcome]]:
    """Each file's outcome, in the order in which they get done."""
    done = 0
    fresh: list[SourceFile] = []
    for file in files:
        if report := cache.get(file):
            done += 1
            progress(done, len(files), file.name)
            yield file, report
        else:
            fresh.append(file)
    for file, outcome in _built(fresh, base, jobs):
        done += 1
        progress(done, len(files), file.name)
        yield file, outcome


def _built(files: list[SourceFile], base: str, jobs: int) -> Iterator[tuple[SourceFile, Outcome]]:
    if jobs == 1 or len(files) < 2:
        yield from ((file, build_report(file, base)) for file in files)
        return
    # a forked worker would inherit the locks of the parent's threads
    with ProcessPoolExecutor(min(jobs, len(files)), mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(build_report, file, base): file for file in files}
        for future in as_completed(futures):
            yield futures[future], future.result()


def _distinct(outcomes: Iterable[Outcome]) -> tuple[list[BuiltReport], tuple[Failure, ...]]:
    """The reports by IRI, each once, and the failures; a second report of one IRI is a failure."""
    reports: dict[str, BuiltReport] = {}
    failures = []
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
        elif (first := reports.get(outcome.entry.iri)) is None:
            reports[outcome.entry.iri] = outcome
        else:
            entry = outcome.entry
            same = "is the same file as" if entry.sha256 == first.entry.sha256 else "states again"
            message = (
                f"{entry.source}: {same} {first.entry.source} "
                f"({entry.unit_name}, {entry.fiscal_year}); keep the one that holds"
            )
            failures.append(Failure(entry.source, message))
    return [reports[iri] for iri in sorted(reports)], tuple(failures)


def _write(
    release: Path, reports: list[BuiltReport], failures: tuple[Failure, ...], namespace: Namespace
) -> Manifest:
    data, sources = release / "data", release / "sources"
    data.mkdir(parents=True)
    copy_vocabularies(release, namespace)
    regions = {report.region for report in reports if report.region}
    findings = "".join(report.findings for report in reports)
    findings = "".join(sorted(findings.splitlines(keepends=True)))
    parts = [*vocabulary_quads(regions, namespace), findings, *(r.quads for r in reports)]
    quads = write_nquads(parts, data / "juesuan.nq.gz")
    write_trig(parts, data / "juesuan.trig.gz", namespace)
    for report in reports:
        name = report.entry.iri.removeprefix(f"{namespace.base}report/")
        write_turtle(report.quads, data / "reports" / f"{name}.ttl", namespace)
        text = sources / f"{name}.txt"
        text.parent.mkdir(parents=True, exist_ok=True)
        # the canonical text keeps its line ends: offsets count them
        text.write_bytes(report.text.encode())
    manifest = Manifest(namespace.base, quads, tuple(r.entry for r in reports), failures)
    manifest.write(release / "manifest.json")
    write_digests(release, release / "SHA256SUMS")
    return manifest
