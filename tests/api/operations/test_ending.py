"""How a server ends, as a process: told to terminate while it answers."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.operations.ending import Server

#: Takes a second or two: all triples of triples of a small release.
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def running(release):
    """A process that serves, and its address."""
    program = [sys.executable, "-c", "from kg.commands import main; main()", "serve"]
    process = subprocess.Popen(
        [*program, str(release), "--port", "0"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "JUESUAN_DRAIN_SECONDS": "0", "JUESUAN_QUERY_SECONDS": "300"},
    )
    found = None
    while found is None:
        found = re.search(r"http://[\d.]+:\d+", process.stderr.readline())
    yield process, found[0]
    process.kill()
    process.wait()
    process.stderr.close()


def busy(client):
    return 'juesuan_workers_busy{asker="visitors"} 1.0' in client.get("/metrics").text


def test_what_is_being_answered_is_answered_to_the_end(running):
    process, address = running
    answers = []

    def ask():
        answers.append(httpx.get(f"{address}/sparql", params={"query": LONG}, timeout=300))

    asking = threading.Thread(target=ask)
    with httpx.Client(base_url=address) as client:
        while client.get("/readyz").status_code != 200:
            pass
        asking.start()
        while not busy(client) and asking.is_alive():
            pass
    process.send_signal(signal.SIGTERM)
    asking.join()
    assert answers[0].status_code == 200
    assert int(answers[0].json()["results"]["bindings"][0]["n"]["value"]) > 0
    assert process.wait(timeout=60) in (0, -signal.SIGTERM)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/healthz")


def test_who_balances_the_load_is_told_before(data):
    assert data.get("/readyz").status_code == 200
    data.app.state.draining = True
    try:
        answer = data.get("/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert data.get("/api/codes").status_code == 200
    finally:
        data.app.state.draining = False


def ending(seconds, *signals):
    """Whether a server that gets some signals is to exit, and whether it is draining."""

    async def run():
        app = FastAPI()
        app.state.draining = False
        server = Server(uvicorn.Config(app), app, seconds)
        for number in signals:
            server.handle_exit(number, None)
        return server.should_exit, app.state.draining

    return asyncio.run(run())


def test_a_server_goes_on_for_a_while_unless_told_twice():
    assert ending(30, signal.SIGTERM) == (False, True)
    assert ending(30, signal.SIGTERM, signal.SIGTERM) == (True, True)
    assert ending(30, signal.SIGINT) == (True, True)
    assert ending(0, signal.SIGTERM) == (True, True)
