"""The rules' cases, `cases/*.toml`: one file a family, read together."""

import tomllib
from pathlib import Path
from typing import Any

#: Each rule's `broken` and `sound` reports, by the rule's id.
CASES: dict[str, dict[str, Any]] = {
    rule: case
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for rule, case in tomllib.loads(path.read_text("utf-8")).items()
}
