"""All that can be set, in one class: each setting is also an environment variable JUESUAN_*."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.proxy import PREFIX

_PROCESSORS = os.cpu_count() or 1


def _free_memory() -> int:
    """The memory that is free now, in bytes."""
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


class Settings(BaseSettings):
    """How the server runs. What it serves, the base IRI among it, is the release's to say.

    >>> Settings(port=8080).port
    8080
    """

    model_config = SettingsConfigDict(env_prefix="JUESUAN_", extra="forbid")

    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="The port to listen on; 0 takes any."
    )
    root_path: str = Field(
        default="",
        description="The path under which a proxy publishes the site (/juesuan); "
        "the header X-Forwarded-Prefix of a request goes before it.",
    )
    language: Literal["zh", "en"] = Field(
        default="zh", description="The language of pages where a browser asks for neither."
    )
    page_workers: int = Field(
        default=min(8, _PROCESSORS + 1),
        ge=1,
        description="How many pages are worked on side by side.",
    )
    chart_seconds: float = Field(
        default=3,
        gt=0,
        description="How long a page waits for its charts; one that takes longer is there "
        "when the page is asked for again.",
    )
    query_workers: int = Field(
        default=max(4, 2 * _PROCESSORS),
        ge=1,
        description="How many queries are worked on side by side, each in a process of its own; as "
        "many again may go on beside that take long.",
    )
    query_queue: int = Field(
        default=200,
        ge=0,
        description="How many queries may wait for a worker; more are told to come again (503).",
    )
    query_seconds: float = Field(
        default=30, gt=0, description="The longest that a query may take; then it is stopped (504)."
    )
    query_bytes: int = Field(default=100_000, ge=1, description="The longest query, in bytes.")
    query_memory: int = Field(
        default=2**31,
        ge=2**26,
        description="The most memory that a query may use, in bytes, beside what loading the "
        "release has left free.",
    )
    answer_bytes: int = Field(
        default=2**30, ge=1, description="The longest answer to a query, in bytes (else 403)."
    )
    answers_kept: int = Field(
        default=2**26,
        ge=0,
        description="How much memory recent answers are kept in, in bytes.",
    )
    pages_prepared: int = Field(
        default=500,
        ge=0,
        description="How many pages of reports, units and codes are made before anybody asks for "
        "them, at quiet times after the start; 0 makes none.",
    )
    client_queries: int = Field(
        default=0,
        ge=0,
        description="How many queries one client may ask a minute (else 429); 0 is any number. "
        "A client on this very machine may ask any number.",
    )
    backends: tuple[str, ...] = Field(
        default=(),
        description="The SPARQL endpoints to ask in place of a store of our own, as a JSON list: "
        "replicas of one release.",
    )
    services: tuple[str, ...] = Field(
        default=(),
        description="The SPARQL endpoints that a query may call with SERVICE, as a JSON list.",
    )
    memory: int = Field(
        default_factory=lambda: _free_memory() // 2,
        ge=0,
        description="The most memory a release may take, in bytes; a larger one stays on disk.",
    )
    stores: Path = Field(
        default=Path(tempfile.gettempdir()) / "juesuan-stores",
        description="Where stores of releases are written that are served from disk.",
    )
    access_log: str = Field(
        default="",
        description="Where a JSON line for each request is written; - is the standard output.",
    )
    drain_seconds: float = Field(
        default=0,
        ge=0,
        description="How long the server goes on after SIGTERM, /readyz saying 503, before it "
        "takes no more requests.",
    )
    table_rows: int = Field(
        default=1_000, ge=1, description="How many rows of a query's result a page shows."
    )
    page_rows: int = Field(
        default=50, ge=1, description="How many reports, files or inverse links one page lists."
    )
    inverse_links: int = Field(
        default=100, ge=0, description="How many inverse links a resource's RDF holds at most."
    )

    @field_validator("root_path")
    @classmethod
    def _is_path(cls, value: str) -> str:
        value = value.rstrip("/")
        if value and not PREFIX.fullmatch(value):
            raise ValueError(f"a root path begins with / and holds no odd characters: {value!r}")
        return value
