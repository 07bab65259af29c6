"""The data that comes with the package: what it publishes, and the TOML beside its modules."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from kg.vocabulary import DEFAULT_BASE

_PACKAGE = Path(__file__).parent


def published(name: Literal["ontology", "shapes"]) -> Path:
    """The folder `name`: in an installed wheel inside the package, in a checkout beside it.

    >>> (published("ontology") / "juesuan.ttl").is_file()
    True
    """
    for parent in (_PACKAGE / "published", _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"this installation of juesuan has no folder {name!r}")


def turtle(file: Path, base: str) -> str:
    """A published text (Turtle, or a mapping), with all IRIs of ours under `base`."""
    return file.read_text("utf-8").replace(DEFAULT_BASE, base)


def toml(package: str | None, name: str) -> dict[str, Any]:
    """A TOML file that stands beside the modules of `package`."""
    return tomllib.loads(resources.files(package or "kg").joinpath(name).read_text("utf-8"))
