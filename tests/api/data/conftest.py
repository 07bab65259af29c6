"""A release of two units and two years, served."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from api.app import create_app
from api.settings import Settings

from ..data_release import write_data_release


@pytest.fixture(scope="session")
def data_release(tmp_path_factory) -> Path:
    return write_data_release(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def data(data_release, serving):
    return serving(data_release, Settings())


@pytest.fixture(scope="session")
def data_address(data_release) -> Iterator[str]:
    """The release behind a real server."""
    app = create_app(data_release, Settings())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
