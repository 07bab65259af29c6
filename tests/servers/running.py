"""A server of somebody else's, run on this machine while a test needs it."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

#: A process started so ends with the one that started it, however that ends.
_END_WITH_TESTS = ("setpriv", "--pdeathsig", "KILL")


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def running(command: Sequence[str], ready: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process, from the line of its standard error that says `ready` until the block ends."""
    process = subprocess.Popen(
        [*_END_WITH_TESTS, *command],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    # what it says later would fill the pipe, and stop it
    rest = threading.Thread(target=process.stderr.read)
    try:
        said = []
        for line in process.stderr:
            said.append(line)
            if ready in line:
                break
        else:
            raise AssertionError(f"{command[0]} ended before it was ready:\n{''.join(said)}")
        rest.start()
        yield process
    finally:
        process.kill()
        process.wait()
        if rest.ident is not None:
            rest.join()
        process.stderr.close()
