"""docs/rules.md from the shapes: what each rule asks, how bad a finding is, what it says.

Write it anew with ``python -m kg.audit.catalogue > docs/rules.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby

from kg.audit.shapes import Rule, family_question, load_rules

_HEAD = """\
# The audit rules

This page is generated from the shapes in `shapes/` (`python -m kg.audit.catalogue`): change a rule
there. Each rule is a SHACL-SPARQL shape, `https://w3id.org/juesuan/rule/` with the id given here.
Any SHACL engine can run it on a report's graph together with the code lists; `kg/audit` runs its
query once for all focus nodes. A `Violation` is a contradiction of figures beyond rounding, a
`Warning` a doubtful practice. In the messages `{?name}` stands for a value that the query finds.
"""


def catalogue() -> str:
    """The page."""
    families = groupby(load_rules(), key=lambda rule: rule.family)
    return "\n".join([_HEAD, *(line for name, rules in families for line in _family(name, rules))])


def _family(name: str, rules: Iterator[Rule]) -> Iterator[str]:
    yield f"## {family_question(name)}\n"
    yield f"`shapes/{name}.ttl`\n"
    for rule in rules:
        yield f"### `{rule.id}`: {rule.label.en} ({rule.label.zh})\n"
        yield f"{rule.severity}. {rule.comment.en}\n"
        yield f"{rule.comment.zh}\n"
        yield f"> {rule.message.en}\n>\n> {rule.message.zh}\n"


if __name__ == "__main__":
    sys.stdout.write(catalogue())
