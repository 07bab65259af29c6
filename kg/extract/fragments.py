"""Patterns written with named fragments: {cost} stands for the fragment of that name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NAME = re.compile(r"\{(?P<name>[a-z][a-z-]*)\}")


def with_fragments(value: Any, fragments: Mapping[str, str]) -> Any:
    r"""Data whose texts have the fragments that they name; names of none are let be.

    >>> with_fragments(["会议{cost}", r"\d{1,3}"], {"cost": "(?:费用?|支出)+"})
    ['会议(?:费用?|支出)+', '\\d{1,3}']
    """
    match value:
        case str():
            return NAME.sub(lambda m: fragments.get(m["name"], m[0]), value)
        case list():
            return [with_fragments(item, fragments) for item in value]
        case dict():
            return {key: with_fragments(item, fragments) for key, item in value.items()}
    return value
