"""Where the files published with the package are: the ontology, the code lists and the shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

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
