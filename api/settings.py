"""All that can be set, in one class: each setting is also an environment variable JUESUAN_*."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.proxy import PREFIX


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
    query_threads: int = Field(
        default=min(8, (os.cpu_count() or 1) + 1),
        ge=1,
        description="How many queries and pages are worked on side by side.",
    )
    query_bytes: int = Field(default=100_000, ge=1, description="The longest query, in bytes.")
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
