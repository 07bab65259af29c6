"""Puts the server together: a release directory in, an application out."""

from __future__ import annotations

import gc
import logging
import socket
import threading
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles

import kg
from api import problems
from api.proxy import ForwardedPrefix
from api.release import open_release
from api.routes import dumps, health, home, resources, sources, sparql
from api.settings import Settings
from api.site import Site
from api.store import EmbeddedStore
from kg.release import ReleaseError

_LOG = logging.getLogger("uvicorn.error")
_STACK = 256 * 2**20
_STATIC = Path(__file__).parent / "static"
#: In the order that paths are tried: the last takes any.
_ROUTERS = (
    home.router,
    health.router,
    sparql.router,
    dumps.router,
    sources.router,
    resources.router,
)


def create_app(release: Path, settings: Settings | None = None) -> FastAPI:
    """The application that serves a release; raises `ReleaseError` where it can't be served."""
    settings = settings or Settings()
    # Queries are parsed by recursion: 100,000 times "!" takes more than a thread usually has. Stack
    # that isn't used takes no memory.
    threading.stack_size(_STACK)
    opened = open_release(release)
    app = FastAPI(
        title="决算 Juesuan",
        summary="Chinese final-accounts reports as linked open data",
        version=kg.__version__,
        # FastAPI's own documentation pages load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.site = Site.of(opened, EmbeddedStore.of(opened), settings)
    app.add_middleware(ForwardedPrefix, root_path=settings.root_path)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=["Content-Length", "Content-Range", "ETag", "Link", "Location"],
        max_age=86_400,
    )
    problems.install(app)
    app.mount("/static", StaticFiles(directory=_STATIC))
    for router in _ROUTERS:
        app.include_router(router)
    return app


def serve(release: Path, host: str, port: int) -> None:
    """Serve a release until the process is told to stop.

    Raises:
        ReleaseError: the release can't be served, or an environment variable is wrong.
        OSError: the address can't be listened on.
    """
    app = create_app(release, settings_for(host, port))
    # What is loaded now stays to the end: a collector that looked through it each time would take a
    # quarter of the time of a report's page.
    gc.collect()
    gc.freeze()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listening:
        server = uvicorn.Server(uvicorn.Config(app, server_header=False))
        shown = f"[{host}]" if ":" in host else host
        _LOG.info("决算 Juesuan: http://%s:%s/", shown, listening.getsockname()[1])
        server.run(sockets=[listening])


def settings_for(host: str, port: int) -> Settings:
    """The settings of the environment, with the address that the command line gives."""
    try:
        return Settings(host=host, port=port)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise ReleaseError(f"the setting JUESUAN_{name} is wrong: {first['msg']}") from error
