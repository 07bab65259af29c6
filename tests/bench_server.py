"""How fast queries are answered over HTTP, beside Oxigraph's own server: `make bench`.

python tests/bench_server.py [RELEASE]

Without a release it makes one of sample reports, some million quads. Both servers hold the same
quads (each graph, and their merge as the default graph), and each query is asked of both in turn.
"""

from __future__ import annotations

import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

import httpx

from api.app import create_app
from api.settings import Settings
from kg.build import build
from kg.release import write_store
from kg.sample import generate
from servers.oxigraph import oxigraph
from servers.running import free_port, running

REPORTS = 110
ROUNDS = 3
CONNECTIONS = 8
FORM = "application/x-www-form-urlencoded"


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
    prologue += f"PREFIX code: <{site.namespace.code('')}>\n"
    site.close()
    found = tomllib.loads((Path(__file__).parent / "bench_server.toml").read_text("utf-8"))
    return {
        name: (
            prologue
            + entry["query"].replace("$report", f"<{report}>").replace("$unit", f"<{unit}>"),
            entry["accept"],
        )
        for name, entry in found.items()
    }


class Asker:
    """Asks one endpoint, each time something that it hasn't been asked before."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        address = urlsplit(endpoint)
        # the least that a client can be: what it takes itself is in both times
        self.connection = HTTPConnection(str(address.hostname), address.port)
        self.path = address.path
        self.asked = 0

    def ask(self, query: str, accept: str, again: bool = False) -> None:
        self.asked += not again
        headers = {"Accept": accept, "Accept-Encoding": "identity", "Content-Type": FORM}
        query = f"{query}\n# {self.asked} {id(self)}"
        self.connection.request("POST", self.path, urlencode({"query": query}), headers)
        answer = self.connection.getresponse()
        said = answer.read()
        assert answer.status == 200, said

    def seconds(self, query: str, accept: str, again: bool = False) -> float:
        start = time.perf_counter()
        self.ask(query, accept, again)
        return time.perf_counter() - start


def compare(asked: Mapping[str, tuple[str, str]], us: Asker, them: Asker) -> None:
    """The latency of each query, first time and again; then how many a second many clients get."""
    ratios, repeated = [], []
    for name, (query, accept) in asked.items():
        pairs = [(us.seconds(query, accept), them.seconds(query, accept)) for _ in range(ROUNDS)]
        again = median(us.seconds(query, accept, again=True) for _ in range(ROUNDS))
        our, their = (median(times) for times in zip(*pairs, strict=True))
        ratios.append(our / their)
        repeated.append(again)
        print(f"    {name:<22}{our * 1e3:>9.1f} ms  {our / their:>5.2f} times Oxigraph's"
              f"   again {again * 1e3:>7.1f} ms")  # fmt: skip
    print(f"    median: {median(ratios):.2f} times Oxigraph's, faster on "
          f"{sum(ratio < 1 for ratio in ratios)} of {len(ratios)}; "
          f"again {median(repeated) * 1e3:.1f} ms")  # fmt: skip
    rates = [throughput(asked, lambda who=who: Asker(who.endpoint)) for who in (us, them)]
    print(f"    {CONNECTIONS} connections: {rates[0]:.1f} queries/s, "
          f"{rates[0] / rates[1]:.2f} times Oxigraph's")  # fmt: skip


def throughput(asked: Mapping[str, tuple[str, str]], asker: Callable[[], Asker]) -> float:
    """Queries a second, all of them asked once by each of many clients at the same time."""

    def ask_all(start: int) -> None:
        one, all_ = asker(), list(asked.values())
        for query, accept in all_[start:] + all_[:start]:
            one.ask(query, accept)

    begun = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        list(threads.map(ask_all, range(CONNECTIONS)))
    return CONNECTIONS * len(asked) / (time.perf_counter() - begun)


def main(release: Path | None) -> None:
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (scratch / "reports").mkdir()
        release = release or release_of_samples(scratch / "reports")
        write_store(release, scratch / "store")
        them = stack.enter_context(oxigraph(scratch / "store"))
        asked = queries(release)
        places = {
            "from memory": {},
            "from disk": {"memory": "0", "stores": str(scratch / "stores")},
        }
        for place, settings in places.items():
            with ours(release.resolve(), **settings) as endpoint:
                print(f"SPARQL over HTTP, {place}")
                compare(asked, Asker(endpoint), Asker(them.endpoint))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
