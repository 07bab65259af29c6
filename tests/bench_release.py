"""A release of many generated reports: what it takes, beside a build without dumps.

python tests/bench_release.py [UNITS]: two reports of each, in one process; 500 take half an hour.
"""

import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.build import build, parts
from kg.build import release as release_module
from kg.build.parts import Parts
from kg.build.pieces import Piece
from kg.sample import write_samples

#: A report read and checked; tables made of it; dumps made of it: N-Quads, TriG, JSON-LD.
READING = [(release_module, "build_report")]
TABLES = [(Parts, "_write_tables"), (release_module, "write_csv"), (release_module, "pack_tables")]
DUMPS = [
    (parts, "_divided"), (parts, "jsonld"), (parts, "gzipped"), (parts, "trig_blocks"),
    (Piece, "write"), (release_module, "write_nquads"), (release_module, "write_trig"),
]  # fmt: skip


def timed(work: Callable[..., Any], name: str, spent: dict[str, float]) -> Callable[..., Any]:
    """The same work; the processor's seconds that it takes are added to those spent."""

    def measured(*arguments: Any) -> Any:
        start = seconds()
        try:
            return work(*arguments)
        finally:
            spent[name] += seconds() - start

    return measured


def seconds() -> float:
    """The processor's time of this process and of those that it has waited for."""
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


def megabytes(who: int) -> float:
    """The most memory that a process had at any time, in millions of bytes."""
    return resource.getrusage(who).ru_maxrss * 1024 / 1e6


def main(units: int) -> None:
    spent: dict[str, float] = defaultdict(float)
    for owner, name in (*READING, *TABLES, *DUMPS):
        setattr(owner, name, timed(getattr(owner, name), name, spent))
    with tempfile.TemporaryDirectory() as folder:
        reports, out = Path(folder) / "reports", Path(folder) / "release"
        write_samples(reports, units=units, years=2, seed=77, errors=1)
        start = seconds()
        manifest = build([reports], out)
        whole = seconds() - start
    print(f"{len(manifest.reports)} reports, {manifest.quads:,} quads: {whole:.0f} s")
    for name, taken in spent.items():
        print(f"  {name:<14} {taken:>8.1f} s")
    reading, dumps = (sum(spent[name] for _, name in steps) for steps in (READING, DUMPS))
    print(f"{whole / (whole - dumps):.2f} times the build without dumps")
    print(f"{whole / reading:.2f} times reading and checking alone")
    most = max(map(megabytes, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
    print(f"at most {most:.0f} MB in any process")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
