"""How fast queries are answered over HTTP, beside other servers: `make bench`.

python tests/bench_server.py [RELEASE [virtuoso] [rdflib]]

Without a release it makes one of sample reports, some million quads. From memory it is compared
with Oxigraph's own server and those named, from disk with Oxigraph's. All hold the same quads, and
each query is asked of all in turn; of rdflib-endpoint at the end, for it goes on when it is left.
"""

from __future__ import annotations

import gzip
import math
import re
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

import httpx

from api.app import create_app
from api.release import open_release
from api.settings import Settings
from kg.build import build
from kg.release import write_store
from kg.sample import generate
from servers.oxigraph import oxigraph
from servers.rdflib_endpoint import rdflib_endpoint
from servers.running import free_port, running
from servers.virtuoso import virtuoso

REPORTS = 110
ROUNDS = 3
CONNECTIONS = 8
#: How many pages are asked for of things of one class.
PAGES = 12
FORM = "application/x-www-form-urlencoded"
#: Who takes longer is asked once, in seconds.
PATIENCE = 3.0
#: Who takes longer doesn't answer.
LONGEST = 20.0
#: Virtuoso's, in pages of 8 KB.
BUFFERS = 100_000
#: How it shows that a server doesn't answer.
FAILURES = (ValueError, HTTPException, OSError)
CODE = re.compile(r"code:([\w\\/-]+)")


def release_of_samples(folder: Path) -> Path:
    """A release of invented reports."""
    for seed in range(REPORTS):
        (folder / f"{seed}.txt").write_text(generate(seed, errors=2).text, "utf-8")
    build([folder], folder / "release")
    return folder / "release"


@contextmanager
def ours(release: Path, **settings: str) -> Iterator[str]:
    """Our server in a process of its own, as `juesuan serve` starts it."""
    port = str(free_port())
    options = [f"JUESUAN_{name.upper()}={value}" for name, value in settings.items()]
    command = ["env", *options, sys.executable, "-m", "kg", "serve", str(release), "--port", port]
    with running(command, "startup complete", release):
        address = f"http://127.0.0.1:{port}"
        while httpx.get(f"{address}/readyz").status_code != 200:
            time.sleep(0.2)  # names are being indexed
        yield f"{address}/sparql"


def queries(release: Path) -> dict[str, tuple[str, str]]:
    """The queries by name, each with what its answer comes in."""
    app = create_app(release, Settings())
    site = app.state.site
    report = min(site.release.reports)
    unit = f"{site.namespace.base}unit/{report.split('/')[-2]}"
    prologue = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in site.namespace.prefixes().items())
    site.close()

    def written(query: str) -> str:
        # Virtuoso reads no escapes in names
        full = CODE.sub(lambda c: f"<{site.namespace.code(c[1].replace(chr(92), ''))}>", query)
        return prologue + full.replace("$report", f"<{report}>").replace("$unit", f"<{unit}>")

    found = tomllib.loads((Path(__file__).parent / "bench_server.toml").read_text("utf-8"))
    return {name: (written(entry["query"]), entry["accept"]) for name, entry in found.items()}


class Asker:
    """Asks one endpoint, each time something that it hasn't been asked before."""

    def __init__(self, name: str, endpoint: str) -> None:
        self.name = name
        self.endpoint = endpoint
        address = urlsplit(endpoint)
        # the least that a client can be: what it takes itself is in both times
        self.connection = HTTPConnection(str(address.hostname), address.port, timeout=LONGEST)
        self.path = address.path
        self.asked = 0

    def ask(self, query: str, accept: str, again: bool = False) -> None:
        self.asked += not again
        headers = {"Accept": accept, "Accept-Encoding": "identity", "Content-Type": FORM}
        query = f"{query}\n# {self.asked} {id(self)}"
        self.connection.request("POST", self.path, urlencode({"query": query}), headers)
        answer = self.connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise ValueError(f"{self.name} answers {answer.status}: {said[:200]!r}")

    def seconds(self, query: str, accept: str, again: bool = False) -> float:
        start = time.perf_counter()
        self.ask(query, accept, again)
        return time.perf_counter() - start

    def median_seconds(self, query: str, accept: str) -> float:
        """What it takes in the middle; infinitely long where it can't answer."""
        self.connection.close()  # who is asked seldom closes it
        self.connection.connect()
        try:
            times = [self.seconds(query, accept)]
            while len(times) < ROUNDS and times[0] < PATIENCE:
                times.append(self.seconds(query, accept))
        except FAILURES as error:
            print(f"    {self.name} fails: {error}")
            self.connection.close()
            return math.inf
        return median(times)


def compare(asked: Mapping[str, tuple[str, str]], us: Asker, others: Sequence[Asker]) -> None:
    """The latency of each query, first time and again; the first of the others is Oxigraph."""
    ratios, best, repeated = [], {}, []
    for name, (query, accept) in asked.items():
        our = us.median_seconds(query, accept)
        theirs = {other.name: other.median_seconds(query, accept) for other in others}
        again = median(us.seconds(query, accept, again=True) for _ in range(ROUNDS))
        ratios.append(our / theirs[others[0].name])
        best[name] = our / min(theirs.values())
        repeated.append(again)
        shown = "".join(f"  {name} {seconds * 1e3:>8.1f}" for name, seconds in theirs.items())
        print(f"    {name:<22}{our * 1e3:>9.1f} ms  {ratios[-1]:>5.2f} times Oxigraph's"
              f"   again {again * 1e3:>5.1f} ms  {shown}", flush=True)  # fmt: skip
    print(f"    median: {median(ratios):.2f} times Oxigraph's, faster on "
          f"{sum(ratio < 1 for ratio in ratios)} of {len(ratios)}, than the best of "
          f"{len(others)} on {sum(ratio < 1 for ratio in best.values())}; "
          f"again {median(repeated) * 1e3:.1f} ms")  # fmt: skip
    rates = [throughput(asked, partial(Asker, who.name, who.endpoint)) for who in (us, others[0])]
    print(f"    {CONNECTIONS} connections: {rates[0]:.1f} queries/s, "
          f"{rates[0] / rates[1]:.2f} times Oxigraph's")  # fmt: skip


def compare_slow(asked: Mapping[str, tuple[str, str]], us: Asker, other: Asker) -> None:
    """How many times as long another takes for each query."""
    for name, (query, accept) in asked.items():
        their, our = other.median_seconds(query, accept), us.median_seconds(query, accept)
        print(f"    {name:<22}{other.name} {their / our:>8.1f} times ours", flush=True)


def throughput(asked: Mapping[str, tuple[str, str]], asker: Callable[[], Asker]) -> float:
    """Answers a second, all queries asked once by each of many clients at the same time."""

    def ask_all(start: int) -> int:
        one, all_, answered = asker(), list(asked.values()), 0
        for query, accept in all_[start:] + all_[:start]:
            try:
                one.ask(query, accept)
                answered += 1
            except FAILURES:
                one.connection.close()
        return answered

    begun = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        answered = sum(threads.map(ask_all, range(CONNECTIONS)))
    return answered / (time.perf_counter() - begun)


def compare_pages(endpoint: str, ontology: str) -> None:
    """How long pages take that nobody has asked for, of things of every class of ours."""
    times: dict[str, list[float]] = {}
    site = endpoint.removesuffix("/sparql")
    with httpx.Client(headers={"Accept-Encoding": "identity"}, follow_redirects=True) as client:

        def found(query: str) -> list[str]:
            csv = {"query": query, "format": "csv"}
            return client.get(endpoint, params=csv, timeout=LONGEST).text.split()[1:]

        for class_ in found(
            f"SELECT DISTINCT ?c {{ ?s a ?c FILTER(STRSTARTS(STR(?c), '{ontology}')) }}"
        ):
            things = found(f"SELECT ?s {{ ?s a <{class_}> }} LIMIT 2000")
            base = ontology.removesuffix("ontology#")
            for thing in things[:: max(1, len(things) // PAGES)][:PAGES]:
                start = time.perf_counter()
                answer = client.get(f"{site}/{thing.removeprefix(base)}.html", timeout=LONGEST)
                if answer.status_code == 200:
                    times.setdefault(class_.removeprefix(ontology), []).append(
                        time.perf_counter() - start
                    )
    every = sorted(seconds for of_class in times.values() for seconds in of_class)
    slow = sorted(times, key=lambda name: median(times[name]))[-5:]
    print(f"    {len(every)} pages: median {median(every) * 1e3:.1f} ms, "
          f"95th percentile {every[len(every) * 95 // 100] * 1e3:.1f} ms; slowest: "
          + ", ".join(f"{name} {median(times[name]) * 1e3:.0f}" for name in slow))  # fmt: skip


@contextmanager
def loaded_virtuoso(scratch: Path, nquads: Path) -> Iterator[Asker]:
    """Virtuoso with the quads of a release."""
    (folder := scratch / "virtuoso").mkdir()
    with virtuoso(folder, scratch, buffers=BUFFERS) as server:
        server.load(nquads)
        yield Asker("Virtuoso", server.endpoint)


def main(release: Path | None, *names: str) -> None:
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (scratch / "reports").mkdir()
        release = (release or release_of_samples(scratch / "reports")).resolve()
        nquads = scratch / "juesuan.nq"
        with gzip.open(release / "data/juesuan.nq.gz") as packed, nquads.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
        write_store(release, scratch / "store")
        others = [Asker("Oxigraph", stack.enter_context(oxigraph(scratch / "store")).endpoint)]
        asked = queries(release)
        with ExitStack() as for_memory, ours(release) as endpoint:
            us = Asker("us", endpoint)
            more = []
            if "virtuoso" in names:
                more = [for_memory.enter_context(loaded_virtuoso(scratch, nquads))]
            print("SPARQL over HTTP, from memory", flush=True)
            compare(asked, us, [*others, *more])
            if "rdflib" in names:
                slow = for_memory.enter_context(rdflib_endpoint(scratch, nquads))
                compare_slow(asked, us, Asker("rdflib-endpoint", slow))
        with ours(release, pages_prepared="0") as endpoint:
            print("resource pages at first asking", flush=True)
            compare_pages(endpoint, open_release(release).namespace.ontology)
        # an Oxigraph that hasn't been asked before: what it has read once stays in its memory
        with (
            ours(release, memory="0", stores=str(scratch / "stores")) as endpoint,
            oxigraph(scratch / "store") as fresh,
        ):
            print("SPARQL over HTTP, from disk", flush=True)
            compare(asked, Asker("us", endpoint), [Asker("Oxigraph", fresh.endpoint)])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None, *sys.argv[2:])
