"""A client of event streams that others wrote follows `changes/`, from nothing and from a state."""

import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF

from kg.build import build
from kg.build.publication import read_publication
from kg.sample import generate
from tools import missing

CLIENT = Path(__file__).parents[2] / "clients/node_modules/ldes-client/dist/bin/cli.js"
POSITION = rdflib.URIRef("https://schema.org/position")
AS = "https://www.w3.org/ns/activitystreams#"


class Files(SimpleHTTPRequestHandler):
    """Serves a folder as any web server does."""

    extensions_map = {".ttl": "text/turtle"}  # noqa: RUF012

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder that is served, and its address."""
    folder = tmp_path_factory.mktemp("site")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=folder)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def published(folder: Path, address: str, *seeds: int) -> None:
    """Build a release of some reports where the site has its dumps."""
    reports = folder.parent / "reports"
    reports.mkdir(exist_ok=True)
    for file in reports.iterdir():
        file.unlink()
    for seed in seeds:
        (reports / f"{seed}.txt").write_bytes(generate(seed).text.encode())
    said = read_publication().model_copy(update={"site": address})
    build([reports], folder / "dumps", publication=said)


def followed(address: str, *options: str) -> list[tuple[int, str]]:
    """What the client hears: the release's number, and what happened to a report."""
    command = ["node", str(CLIENT), f"{address}dumps/changes/stream.ttl", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    heard = rdflib.Graph().parse(data=done.stdout, format="turtle")
    return sorted(
        (int(str(heard.value(member, POSITION))), str(heard.value(member, RDF.type)))
        for member in heard.subjects(DCTERMS.isVersionOf)
    )


@pytest.mark.needs("node")
def test_a_client_hears_every_event_and_later_only_those_since(
    site: tuple[Path, str], tmp_path: Path
) -> None:
    if not CLIENT.is_file():
        missing("ldes-client", "npm ci --prefix tests/clients")
    folder, address = site
    remembering = ("--save", str(tmp_path / "state"))
    first = [(1, f"{AS}Create"), (1, f"{AS}Create")]
    published(folder, address, 21, 22)
    assert followed(address, *remembering) == first
    published(folder, address, 21, 23)
    second = [(2, f"{AS}Create"), (2, f"{AS}Delete")]
    assert followed(address, *remembering) == second
    assert followed(address) == [*first, *second]
