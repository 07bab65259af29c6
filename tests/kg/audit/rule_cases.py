"""The rules' cases, `cases/*.toml`: one file a family, read together."""

import tomllib
from pathlib import Path
from typing import Any

#: Each rule's `broken` and `sound` reports, perhaps ones that are `also` broken, by the rule's id.
CASES: dict[str, dict[str, Any]] = {
    rule: case
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for rule, case in tomllib.loads(path.read_text("utf-8")).items()
}


def reports_of(rule: str) -> dict[str, list[dict[str, Any]]]:
    """All reports of a rule, by what each is."""
    case = CASES[rule]
    also = {name: told["lines"] for name, told in case.get("also", {}).items()}
    return {"broken": case["broken"], **also, **case["sound"]}
