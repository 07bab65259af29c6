"""The five real reports, and what is read from them, each made once."""

import os
from functools import cache
from pathlib import Path

import pytest

from kg.document import Document, read
from kg.extract import extract
from kg.facts import Extraction
from kg.outline import outline

CORPUS = Path(os.environ.get("JUESUAN_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
NUMBERS = ("000", "001", "002", "003", "004")


def corpus_file(number: str) -> Path:
    """One of the five real reports, by its number."""
    files = sorted(CORPUS.glob(f"{number}_*.txt"))
    if not files:
        pytest.skip(f"the real reports are not at {CORPUS}; set JUESUAN_CORPUS")
    return files[0]


@cache
def document_of(number: str) -> Document:
    return read(corpus_file(number))


@cache
def extraction_of(number: str) -> Extraction:
    return extract(outline(document_of(number)))
