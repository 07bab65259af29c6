"""How fast, each as a ratio against something run beside it on the same data: `make bench`.

python tests/bench.py [CORPUS]
"""

import cProfile
import pstats
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

import pypdfium2
import zstandard
from pyoxigraph import RdfFormat, parse, serialize

from api.query_text import form_of, is_volatile, undeclared_prefixes
from kg.audit import audit
from kg.build import build
from kg.build.cache import Cache
from kg.build.dumps import write_nquads
from kg.build.packing import ZSTD_LEVEL, gzipped
from kg.build.parts import Parts, nquads_lines
from kg.build.pieces import Piece
from kg.build.statistics import Statistics
from kg.build.vocabularies import vocabulary_pieces, vocabulary_quads
from kg.codes import load_code_lists
from kg.document import read
from kg.document.formats.pdf import read_pdf
from kg.extract import extract
from kg.mapping import Source, map_report
from kg.outline import outline
from kg.resources import published
from kg.sample import generate, write_samples
from kg.shapes import violations
from kg.structure import structure_report
from kg.vocabulary import DEFAULT_BASE, Namespace

sys.path.append(str(Path(__file__).parent / "kg/document/formats"))

RUNS = 5


def seconds(work: Callable[[], object]) -> float:
    """The median of some runs, after one that isn't counted."""
    work()
    return median(times(work)[0] for _ in range(RUNS))


def report(what: str, ours: float, beside: str, theirs: float, rate: str = "") -> None:
    """One line: our time, the other's, and the ratio."""
    ratio = f"{ours / theirs:.2f} times {beside}"
    print(f"{what:<34} {ours * 1000:>8.1f} ms  {ratio:<46} {rate}")


#: The stages of reading a report, by the module and name of the function that does each.
STAGES = {
    "document/reading.py:read": "characters, lines, tables",
    "outline/outline.py:outline": "sections and titles",
    "extract/head.py:read_head": "unit and year",
    "extract/tables/reading.py:read_table": "the tables' cells",
    "extract/prose.py:read_explanation": "sentences of the explanation",
    "extract/evaluations.py:read_evaluations": "project reviews",
    "extract/performance/unit.py:read_unit_review": "the unit's review",
    "extract/performance/reading.py:read_performance": "the annex",
    "extract/counts.py:read_counts": "counts",
    "extract/narrative/reading.py:read_narrative": "duties, work, glossary",
    "extract/unclaimed.py:unclaimed": "what is left",
}


def where_time_goes(work: Callable[[], object]) -> None:
    """The share of each stage, by the profiler."""
    profile = cProfile.Profile()
    profile.runcall(work)
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    spent = {f"{file}:{name}": cumulated for (file, _, name), (*_, cumulated, _) in stats.items()}
    whole = max(spent.values())
    for stage, meaning in STAGES.items():
        [taken] = [t for name, t in spent.items() if name.endswith(f"/kg/{stage}")]
        print(f"    {meaning:<30} {taken / whole:>4.0%}  kg/{stage.partition(':')[0]}")


def text_of_pages(content: bytes) -> int:
    """The length of a PDF's text, as pypdfium2 alone gives it."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        return sum(len(page.get_textpage().get_text_range()) for page in document)


def read_pdfs() -> None:
    """Reports as PDFs, their tables with and without lines."""
    from rendered_reports import as_pdf, blocks_of  # noqa: PLC0415

    blocks = blocks_of(generate(4, style="ocr").text)
    for ruled in (True, False):
        content = as_pdf(blocks, ruled=ruled)
        pages = len(read_pdf(content).pages)
        reading = seconds(lambda content=content: read_pdf(content))
        beside = seconds(lambda content=content: text_of_pages(content))
        lines = "with" if ruled else "without"
        report(f"read a PDF, tables {lines} lines", reading, "pypdfium2's text", beside,
               f"{pages / reading:.0f} pages/s")  # fmt: skip


def write_dumps() -> None:
    """The N-Quads of releases of some sizes, in zstd and gzip, beside those of pyoxigraph in zstd.

    Ours are put together from what is kept of each report and of the vocabularies, merged, counted.
    Apart: what of that is done while a report is read, and how much of it is gzip.
    """
    with tempfile.TemporaryDirectory() as folder:
        out, scratch = Path(folder) / "release", Path(folder) / "scratch"
        scratch.mkdir()
        write_samples(Path(folder) / "in", units=20, seed=7)
        build([Path(folder) / "in"], out, jobs=2)
        kept = out.parent / ".release.parts"
        reports = [parts for place in sorted(kept.iterdir()) if (parts := Parts.read(place))]
        cache, namespace = Cache(kept, DEFAULT_BASE), Namespace()
        vocabularies = vocabulary_quads((), namespace)
        for size in (1, 5, 20, 100):
            some = [reports[n % len(reports)] for n in range(size)]
            pieces, others = vocabulary_pieces(vocabularies, cache, namespace, scratch)
            pieces += (parts.own for parts in some)
            others += (parts.shared for parts in some)
            _beside_pyoxigraph(f"dump N-Quads of {size} reports", pieces, others, scratch)
        _lines_of_a_report(reports[0])


def _beside_pyoxigraph(what: str, pieces: list[Piece], others: list[Path], scratch: Path) -> None:
    """Quads a second, ours by those of pyoxigraph and zstd: the two in turns, on the same quads."""

    def ours() -> object:
        return write_nquads(pieces, others, scratch, scratch, 1)

    ours()
    with zstandard.open(scratch / "juesuan.nq.zst") as file:
        quads = list(parse(file.read(), RdfFormat.N_QUADS))

    def theirs() -> object:
        written = serialize(quads, format=RdfFormat.N_QUADS) or b""
        return (scratch / "theirs").write_bytes(zstandard.compress(written, ZSTD_LEVEL))

    taken = [(times(ours), times(theirs)) for _ in range(RUNS)]
    for n, clock in enumerate(("clock", "processor")):
        here, beside = (median(run[who][n] for run in taken) for who in (0, 1))
        rate = f"{len(quads) / here / 1000:>6.0f}k quads/s"
        print(
            f"{what:<34} {rate}  {beside / here:.2f} times the rate of serialize + zstd ({clock})"
        )


def times(work: Callable[[], object]) -> tuple[float, float]:
    """The seconds that some work takes by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def _lines_of_a_report(parts: Parts) -> None:
    """What reading does for the dump: a report's lines sorted, counted and packed."""
    with zstandard.open(parts.own.packed) as file:
        lines = file.read()
    quads = list(parse(lines, RdfFormat.N_QUADS))
    beside = "pyoxigraph's serialize and zstd"
    theirs = seconds(
        lambda: zstandard.compress(serialize(quads, format=RdfFormat.N_QUADS) or b"", ZSTD_LEVEL)
    )

    def ours() -> None:
        own = nquads_lines(quads)
        Statistics.of(own)
        zstandard.compress(b"".join(own), ZSTD_LEVEL)

    report("sort, count and pack a report's", seconds(ours), beside, theirs)
    report("the same lines in gzip", seconds(lambda: gzipped(lines)), beside, theirs)


def main(corpus: Path) -> None:
    files = sorted(corpus.glob("*.txt"))
    size = sum(file.stat().st_size for file in files) / 1e6
    documents = [read(file) for file in files]
    namespace = Namespace()

    def extract_all() -> object:
        return [extract(outline(read(file))) for file in files]

    def normalize_all() -> object:
        return ["".join(unicodedata.normalize("NFKC", c) for c in d.text) for d in documents]

    taken = seconds(extract_all)
    beside = seconds(normalize_all)
    report("read and extract", taken, "NFKC by character", beside, f"{size / taken:.1f} MB/s")
    where_time_goes(extract_all)

    read_pdfs()
    write_dumps()

    sources = [Source(d.format, d.sha256) for d in documents]
    extractions = [extract(outline(d)) for d in documents]
    graphs = [map_report(e, s, namespace) for e, s in zip(extractions, sources, strict=True)]
    quads = [quad for graph in graphs for quad in graph]
    mapping = seconds(
        lambda: [map_report(e, s, namespace) for e, s in zip(extractions, sources, strict=True)]
    )
    writing = seconds(lambda: serialize(quads, format=RdfFormat.N_QUADS))
    rate = f"{len(quads) / mapping / 1000:.0f}k quads/s"
    report("map to quads", mapping, "pyoxigraph's serialize", writing, rate)

    auditing = seconds(lambda: [audit(graph, namespace) for graph in graphs])
    texts = [graph.turtle() for graph in graphs]
    shaping = seconds(lambda: [structure_report(text, namespace.base) for text in texts])
    rate = f"{len(files) / auditing:.0f} reports/s"
    report("audit (rules set-wise)", auditing, "pySHACL on the structure", shaping, rate)
    checking = seconds(lambda: [violations(text, namespace) for text in texts])
    report("check the structure", checking, "pySHACL", shaping)

    lists = sorted((published("ontology") / "code").glob("*.ttl"))
    loading = seconds(lambda: (load_code_lists.cache_clear(), load_code_lists()))
    parsing = seconds(lambda: [list(parse(path=str(file))) for file in lists])
    report("load the code lists", loading, "pyoxigraph's parse", parsing)

    query = "PREFIX a: <b>" * 23_000
    looking = seconds(lambda: (form_of(query), is_volatile(query), undeclared_prefixes(query)))
    report("look a query of 300 kB over", looking, "the same for 75 kB", seconds(
        lambda: [look(query[:75_000]) for look in (form_of, is_volatile, undeclared_prefixes)]
    ))  # fmt: skip

    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "fresh"
        start = time.perf_counter()
        build([corpus], fresh)
        whole = time.perf_counter() - start
        report("build again, nothing changed", seconds(lambda: build([corpus], fresh)),
               "the first build", whole)  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpus"))
