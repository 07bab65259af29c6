"""The words of pages and errors, in Chinese and English, from `texts.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Texts:
    """Texts by dotted key; a text that one language lacks is an error when the file is read."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self._texts: dict[str, dict[Language, str]] = {}
        self._add("", tree)

    def _add(self, prefix: str, tree: Mapping[str, Any]) -> None:
        if set(tree) == set(LANGUAGES):
            self._texts[prefix] = {language: tree[language] for language in LANGUAGES}
            return
        for key, branch in tree.items():
            if not isinstance(branch, Mapping):
                raise ValueError(f"the text {prefix or key!r} lacks a language")
            self._add(f"{prefix}.{key}" if prefix else key, branch)

    def text(self, key: str, language: Language, **values: object) -> str:
        """The text of `key`, its ``{name}`` replaced by the values given.

        >>> TEXTS.text("home.name", "en")
        'Juesuan'
        """
        return self._texts[key][language].format(**values)

    def find(self, key: str, language: Language) -> str | None:
        """The text of `key`, or None where there is none."""
        texts = self._texts.get(key)
        return texts[language] if texts else None

    def keys(self) -> frozenset[str]:
        return frozenset(self._texts)


def as_language(tag: str | None) -> Language | None:
    """A tag as one of the languages, if it is one."""
    return next((language for language in LANGUAGES if language == tag), None)


@cache
def read(path: Path) -> Texts:
    return Texts(tomllib.loads(path.read_text("utf-8")))


TEXTS = read(Path(__file__).with_name("texts.toml"))
