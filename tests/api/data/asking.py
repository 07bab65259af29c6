"""Asks for records, as clients do that know nothing but addresses."""

from typing import Any

from ..conftest import Client


def record(client: Client, path: str, **options: Any) -> dict[str, Any]:
    """The record at an address that must be there."""
    answer = client.get(path, **options)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def items(client: Client, path: str) -> list[dict[str, Any]]:
    """The items of all pages, from one to the next."""
    found: list[dict[str, Any]] = []
    following: str | None = path
    while following:
        page = record(client, following)
        found += page["items"]
        following = page["next"]
    return found


def refused(client: Client, path: str) -> tuple[int, str]:
    """How a question is refused."""
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]
