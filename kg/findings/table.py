"""Findings for people, in a terminal: by the figure they rest on, with the sum that was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kg.audit.finding import Evidence, Finding
from kg.findings.audited import Audited
from kg.findings.causes import Cause, causes

_STYLES = {"Violation": "bold red", "Warning": "yellow", "Info": "dim"}
_NAMES = {"Violation": "错误", "Warning": "警告", "Info": "提示"}
_ROLES = {"focus": "写作", "added": "加上", "subtracted": "减去", "involved": "对照"}
#: How many findings of one cause, and facts of one finding, are shown.
_MOST, _MOST_FACTS = 5, 12


def as_table(file: Audited) -> RenderableType:
    """One file's findings; nothing is said of a file without any but that."""
    counted = Counter(_NAMES[finding.severity] for finding in file.findings)
    told = "，".join(f"{name} {counted[name]}" for name in _NAMES.values() if counted[name])
    head = Text.assemble((file.name, "bold"), f"：{told or '没有发现矛盾'}")
    return Group(head, *(_cause(cause) for cause in causes(file.findings)))


def _cause(cause: Cause) -> RenderableType:
    if len(cause.findings) == 1:
        return Padding(_finding(cause.findings[0]), (1, 0, 0, 0))
    head = Text.assemble(
        ("同一处  ", "dim"), (_about(cause.figure), "bold"), f"：{len(cause.findings)} 处矛盾"
    )
    shown = [Padding(_finding(f), (0, 0, 0, 2)) for f in cause.findings[:_MOST]]
    rest = [*_rest(cause.findings[_MOST:])]
    return Padding(Group(head, *shown, *rest), (1, 0, 0, 0))


def _rest(findings: tuple[Finding, ...]) -> Iterator[RenderableType]:
    """The rest of a long group, by rule, with its lines."""
    for rule in dict.fromkeys(finding.rule for finding in findings):
        same = [finding for finding in findings if finding.rule == rule]
        where = " ".join(_where(_focus(finding)) for finding in same)
        yield Text(f"    另有 {len(same)} 处 {rule}：{where}", style="dim")


def _finding(finding: Finding) -> RenderableType:
    head = Text.assemble(
        (_NAMES[finding.severity], _STYLES[finding.severity]),
        f" {_where(_focus(finding))} {finding.message_zh}",
        (f" [{finding.rule}]", "dim"),
    )
    facts = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    for _ in range(3):
        facts.add_column()
    facts.add_column(justify="right")
    for fact in finding.evidence[:_MOST_FACTS]:
        facts.add_row(_ROLES[fact.role], _where(fact), _about(fact), fact.printed or "")
    if (more := len(finding.evidence) - _MOST_FACTS) > 0:
        facts.add_row("", "", f"另有 {more} 个数")
    said: list[RenderableType] = [head, Padding(facts, (0, 0, 0, 5), style="dim")]
    if finding.sum:
        said.append(Text(f"     算式：{finding.sum}"))
    return Group(*said)


def _focus(finding: Finding) -> Evidence:
    return next(e for e in finding.evidence if e.role == "focus")


def _about(fact: Evidence) -> str:
    return "·".join(filter(None, (fact.place.zh if fact.place else "", fact.about.zh)))


def _where(fact: Evidence) -> str:
    return f"第{fact.page}页" if fact.page else f"第{fact.line}行" if fact.line else ""
