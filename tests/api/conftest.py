"""The small release, served, and a client that asks the application about it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from api.app import create_app
from api.settings import Settings

from .data_release import write_data_release
from .small_release import HERE, HTML, write_release


@dataclass
class Client:
    """Asks an application without a network; what Starlette's own does, without httpx2."""

    app: FastAPI
    portal: BlockingPortal

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.portal.call(lambda: self._client.request(method, path, **options))

    @cached_property
    def _client(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://test", trust_env=False)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def page(self, path: str, **headers: str) -> str:
        """The text of a page that must be there."""
        answer = self.get(path, headers={**HTML, **headers})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return answer.text

    def query(self, query: str, **headers: str) -> httpx.Response:
        return self.get("/sparql", params={"query": query}, headers=headers)


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_release(tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as running:
        yield running


@pytest.fixture(scope="session")
def app(release: Path) -> Iterator[FastAPI]:
    app = create_app(release, Settings(page_rows=10, table_rows=20))
    yield app
    app.state.site.close()


@pytest.fixture(scope="session")
def client(app: FastAPI, portal: BlockingPortal) -> Client:
    return Client(app, portal)


@pytest.fixture(scope="session")
def serving(portal: BlockingPortal) -> Iterator[Callable[[Path, Settings], Client]]:
    """Serves other releases, or the same with other settings, until the session ends."""
    clients: list[Client] = []

    def serve(path: Path, settings: Settings) -> Client:
        clients.append(Client(create_app(path, settings), portal))
        return clients[-1]

    yield serve
    for client in clients:
        client.app.state.site.close()


@pytest.fixture(scope="session")
def source() -> str:
    return (HERE / "source.txt").read_text("utf-8")


@pytest.fixture(scope="session")
def data_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data_release(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def data(data_release: Path, serving: Callable[[Path, Settings], Client]) -> Client:
    return serving(data_release, Settings())


@pytest.fixture(scope="session")
def data_address(data_release: Path) -> Iterator[str]:
    """The release behind a real server."""
    app = create_app(data_release, Settings())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
