"""The process that reads files for `isolated`: bytes in, JSON out, until the input ends."""

from __future__ import annotations

import json
import resource
import struct
import sys
import warnings
from typing import BinaryIO

from kg.document.formats.canonical import Unreadable
from kg.document.formats.isolated import MEMORY, SECONDS
from kg.document.formats.readers import read_content

_LENGTH = struct.Struct(">Q")


def serve(files: BinaryIO, answers: BinaryIO) -> None:
    """Answer each file with its text or with the reason why it can't be read."""
    while head := files.read(_LENGTH.size):
        suffix = files.read(_LENGTH.unpack(head)[0]).decode()
        content = files.read(_LENGTH.unpack(files.read(_LENGTH.size))[0])
        _limit_time()
        answer = json.dumps(answer_to(content, suffix)).encode()
        answers.write(_LENGTH.pack(len(answer)))
        answers.write(answer)
        answers.flush()


def answer_to(content: bytes, suffix: str) -> dict[str, object]:
    """What a file is and says, or why it can't be read."""
    try:
        media_type, reading = read_content(content, suffix)
    except Unreadable as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": f"takes more than {MEMORY / 1e9:.0f} GB of memory to read; split it"}
    except RecursionError:
        return {"error": "has things within each other to no end; is it a report?"}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of Rust is no Exception
        problem = f"{type(error).__name__}: {error}".splitlines()[0]
        return {"error": f"is broken in a way that its reader doesn't know ({problem[:200]})"}
    return {"format": media_type, "text": reading.text, "pages": reading.pages}


def _limit_time() -> None:
    """End this process when a file takes long, even if the one that asked is gone."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + 2 * int(SECONDS), most))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(sys.stdin.buffer, sys.stdout.buffer)
