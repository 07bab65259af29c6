"""Puts the server together: a release directory in, an application out."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope
from starlette_compress import CompressMiddleware, add_compress_type

import kg
from api import problems
from api.clients import Clients
from api.formats import DOCUMENTS, GRAPHS, RESULTS
from api.operations.access_log import access_log, line_of
from api.operations.ending import Server
from api.operations.metrics import Metrics
from api.operations.seen import Seen, Watch
from api.pages.prepared import prepare_pages
from api.pinned import Pinned
from api.proxy import ForwardedPrefix
from api.routes import (
    about,
    catalogue,
    data,
    dumps,
    editor,
    health,
    home,
    reconcile,
    resources,
    search,
    sources,
    sparql,
    vocabulary,
)
from api.routes import (
    metrics as metrics_route,
)
from api.settings import Settings
from api.site import SITE, Site
from api.straight import Application, Straight
from kg.release import ReleaseError

_LOG = logging.getLogger("uvicorn.error")
#: The event loop itself doesn't keep tasks alive.
_TASKS: set[asyncio.Task[None]] = set()
_STATIC = Path(__file__).parent / "static"
#: How long a connection is kept that nothing is asked through, in seconds: longer than proxies keep
#: theirs (nginx: 60), which would else ask through one that is being closed.
_KEEP_ALIVE = 75
#: What scripts of other sites may read of an answer's head.
_EXPOSED = ("Content-Length", "Content-Profile", "Content-Range", "ETag", "Link", "Location")
#: In the order that paths are tried: the last takes any.
_ROUTERS = (
    sparql.router,
    home.router,
    about.router,
    health.router,
    metrics_route.router,
    editor.router,
    vocabulary.router,
    search.router,
    data.router,
    reconcile.router,
    dumps.router,
    catalogue.router,
    sources.router,
    resources.router,
)


def create_app(release: Path | None, settings: Settings | None = None) -> FastAPI:
    """The application that serves a release; raises `ReleaseError` where it can't be served.

    Where the settings name backends, they are asked, and a release adds its texts and files.
    """
    settings = settings or Settings()
    app = Application(
        title="决算 Juesuan",
        summary="Chinese final-accounts reports as linked open data",
        version=kg.__version__,
        # FastAPI's own documentation pages load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    app.state.path, app.state.site = release, Site.open(release, settings)
    app.state.preparing = None
    app.state.clients = Clients(settings.client_queries)
    app.add_middleware(Straight, routes=sparql.router.routes)
    app.add_middleware(ForwardedPrefix, root_path=settings.root_path)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=_EXPOSED,
        max_age=86_400,
    )
    for format_ in (*RESULTS, *GRAPHS, *DOCUMENTS):
        add_compress_type(format_.media_type)
    app.add_middleware(CompressMiddleware)
    app.add_middleware(Pinned)
    watch = _watch(app, settings)
    app.add_middleware(watch)  # told last, and so around all else
    if not settings.root_path:
        app.add_shortcut(sparql.router.routes, (Pinned, watch))
    problems.install(app)
    app.state.routes = [route for router in _ROUTERS for route in router.routes]
    app.mount("/static", StaticFiles(directory=_STATIC))
    for router in _ROUTERS:
        app.include_router(router)
    return app


def _watch(app: FastAPI, settings: Settings) -> Callable[[ASGIApp], Watch]:
    """What counts and logs what is asked."""
    metrics = app.state.metrics = Metrics(lambda: app.state.site)
    log = access_log(settings.access_log)
    app.state.draining = False

    def end(scope: Scope, seen: Seen) -> None:
        metrics.end(seen)
        if log is not None:
            site: Site = scope.get(SITE) or app.state.site
            log.info(line_of(seen, site.release.digest))

    return partial(Watch, begin=metrics.begin, end=end)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """While the server runs: names are indexed, SIGHUP loads the release anew; then workers end."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(ValueError, RuntimeError):  # only a main thread takes signals
        loop.add_signal_handler(signal.SIGHUP, lambda: _TASKS.add(loop.create_task(renew(app))))
    _prepare(app)
    yield
    app.state.preparing.cancel()
    app.state.site.close()


def _prepare(app: FastAPI) -> None:
    """Make names and pages of what is served now, and no more of what was."""
    if app.state.preparing is not None:
        app.state.preparing.cancel()
    app.state.preparing = asyncio.get_running_loop().create_task(prepare_pages(app.state.site))


async def renew(app: FastAPI) -> None:
    """Serve what is now in the directory of the release; go on with what was, where that fails.

    Whoever has been asking is answered from the release that was there when they asked.
    """
    old: Site = app.state.site
    try:
        new = await asyncio.to_thread(Site.open, app.state.path, old.settings)
        await new.names.warm()
    except ReleaseError as error:
        _LOG.error("the release is not renewed: %s", error)
        return
    app.state.site = new
    _prepare(app)
    _LOG.info("the release is renewed: %s reports", len(new.release.reports))
    old.retire()


def serve(release: Path | None, host: str, port: int, backends: Sequence[str] = ()) -> None:
    """Serve a release, or what is at `backends`, until the process is told to stop.

    Raises:
        ReleaseError: the release can't be served, or an environment variable is wrong.
        OSError: the address can't be listened on.
    """
    app = create_app(release, settings_for(host, port, backends))
    try:
        _listen(app, host, port)
    finally:
        app.state.site.close()


def _listen(app: FastAPI, host: str, port: int) -> None:
    # What is loaded now stays to the end: the collector need not look through it each time.
    gc.collect()
    gc.freeze()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listening:
        settings: Settings = app.state.site.settings
        # our own access log tells more, and a line for each request takes as long as a small query
        config = uvicorn.Config(
            app, server_header=False, access_log=False, timeout_keep_alive=_KEEP_ALIVE
        )
        server = Server(config, app, settings.drain_seconds)
        shown = f"[{host}]" if ":" in host else host
        _LOG.info("决算 Juesuan: http://%s:%s/", shown, listening.getsockname()[1])
        server.run(sockets=[listening])


def settings_for(host: str, port: int, backends: Sequence[str] = ()) -> Settings:
    """The settings of the environment, with the addresses that the command line gives."""
    try:
        settings = Settings(host=host, port=port)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise ReleaseError(f"the setting JUESUAN_{name} is wrong: {first['msg']}") from error
    return settings.model_copy(update={"backends": tuple(backends)}) if backends else settings
