"""Files audited side by side, each by itself: what was found in each, or why it can't be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from kg.audit import Finding, audit
from kg.build.sources import SourceFile
from kg.document import read
from kg.errors import ReportError
from kg.extract import extract
from kg.mapping import Source, map_report
from kg.outline import outline
from kg.vocabulary import Namespace

#: Starting a worker takes about as long as auditing some reports.
_WORTH_A_WORKER = 8


@dataclass(frozen=True, slots=True)
class Audited:
    """One file: its media type and SHA-256, its findings; or the `problem` why there are none."""

    name: str
    format: str = ""
    sha256: str = ""
    findings: tuple[Finding, ...] = ()
    problem: str | None = None


def audit_files(
    files: Sequence[SourceFile], *, rounding: bool = False, jobs: int = 1
) -> Iterator[Audited]:
    """Each file audited, in the order given, whatever the number of processes."""
    tasks = [(file, rounding) for file in files]
    workers = min(jobs, len(files) // _WORTH_A_WORKER)
    if workers < 2:
        yield from map(_audit, tasks)
        return
    # a forked worker would inherit the locks of the parent's threads
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_audit, tasks, chunksize=4)


def _audit(task: tuple[SourceFile, bool]) -> Audited:
    file, rounding = task
    try:
        document = read(file.path)
        source = Source(document.format, document.sha256)
        graph = map_report(extract(outline(document)), source, Namespace())
    except ReportError as error:
        return Audited(file.name, problem=str(error))
    findings = audit(graph, Namespace(), rounding=rounding)
    return Audited(file.name, document.format, document.sha256, tuple(findings))
