"""Virtuoso 7 (Debian `virtuoso-opensource-7-bin`), empty, in a folder of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from servers.running import free_port, running

#: What must be on the machine; see `tests/tools.py`.
PROGRAMS = ("virtuoso-t", "isql-vt")

_SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = {folders}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
"""
#: TTLP's flags: 512 reads N-Quads, 255 takes what other stores take.
_NQUADS = 512 + 255


@dataclass(frozen=True)
class Virtuoso:
    """A running server: where it answers SPARQL, where it takes SQL, its process."""

    endpoint: str
    sql_address: str
    process: subprocess.Popen[str]

    def run(self, statements: str) -> str:
        """What `isql` prints of SQL statements; raise AssertionError where one fails."""
        command = ["isql-vt", self.sql_address, "dba", "dba", "ERRORS=STDOUT", f"exec={statements}"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "*** Error" not in printed, printed
        return printed

    def load(self, nquads: Path) -> None:
        """Load a file of N-Quads; it lies in a folder that the server was started with."""
        self.run(f"DB.DBA.TTLP_MT(file_open('{nquads}'), '', 'http://none/', {_NQUADS});")


@contextmanager
def virtuoso(folder: Path, *readable: Path, buffers: int = 4000) -> Iterator[Virtuoso]:
    """An empty server whose files are in `folder`; it may read files there and in `readable`.

    `buffers` are pages of 8 KB. It takes about five seconds to start.
    """
    sql, http = free_port(), free_port()
    settings = _SETTINGS.format(
        sql=sql,
        http=http,
        buffers=buffers,
        dirty=buffers * 3 // 4,
        folders=", ".join(map(str, (folder, *readable))),
    )
    (folder / "virtuoso.ini").write_text(settings, "ascii")
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, "Server online", folder) as process:
        yield Virtuoso(f"http://127.0.0.1:{http}/sparql", f"127.0.0.1:{sql}", process)
