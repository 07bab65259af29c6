"""How records are answered: a page at a time, or why there are none."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field

from api.data.models.common import Record, Url

T = TypeVar("T")


class Page(Record, Generic[T]):
    """Some records, and the address of those that follow."""

    items: list[T]
    next: Url | None = Field(
        description="The address of the next page; null on the last one. Also a Link header."
    )


class Problem(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Bad Request"])
    status: int = Field(examples=[400])
    code: str = Field(examples=["bad-cursor"], description="One of docs/http.md's codes.")
    detail: str


#: Every operation answers a problem instead, where there is one.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "model": Problem,
        "description": "A problem (RFC 9457)",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
}
