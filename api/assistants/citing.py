"""Records as an assistant reads them: a line of facts, then the passage, quoted, with its link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Record = Mapping[str, Any]
#: What a figure is about, besides its year; "all" goes without saying.
_DIMENSIONS = ("flow", "fund", "nature", "function", "economic", "item", "phase")


def citation(passage: Record) -> str:
    """A passage: its line or page, its words, its link."""
    where = f"line {passage['line']}" if passage["line"] else f"page {passage['page']}"
    quote = f" “{passage['quote']}”" if passage["quote"] else ""
    return f"  [{where}{quote}]({passage['url']})"


def unit(record: Record) -> str:
    """A unit with its reports."""
    region = f", {record['region']['label']}" if record["region"] else ""
    reports = "".join(
        f"\n  {report['year']}: {report['title']}, {report['findings']} findings, {report['url']}"
        for report in record["reports"]
    )
    return f"{record['name']}{region} (id {record['id']}){reports}"


def figure(record: Record) -> str:
    """A figure, what it is about, and where it stands."""
    return f"{record['unit']['name']} {about(record)}: {amount(record)}\n" + citation(
        record["passage"]
    )


def about(record: Record) -> str:
    """What a figure is about."""
    values = (record[name] for name in _DIMENSIONS)
    said = (f"{v['label']} ({v['code']})" for v in values if v["code"] != "all")
    return " · ".join([str(record["year"]), *said])


def amount(record: Record) -> str:
    """An amount in yuan and as it is printed."""
    money = record["printedUnit"]["label"] if record["printedUnit"] else ""
    agreed = record["agreement"]
    contested = ", contested: other places of the report say otherwise"
    note = contested if agreed and agreed["code"] == "contested" else ""
    return f"{record['amount']} yuan (printed “{record['printed']}” {money}{note})"


def finding(record: Record) -> str:
    """A contradiction with all its passages."""
    title = f"{record['severity']} {record['rule']['code']}: {record['message']}"
    where = f"{record['unit']['name']}, report of {record['year']}, {record['iri']}"
    return "\n".join([title, f"  {where}", *map(citation, record["passages"])])


def compared(record: Record) -> str:
    """A comparison: for each combination of dimensions the figure of each unit."""
    lines: list[str] = []
    for row in record["rows"]:
        lines.append(about(row))
        for unit_, found in zip(record["units"], row["figures"], strict=True):
            said = f"{amount(found)}\n  {citation(found['passage'])}" if found else "no figure"
            lines.append(f"  {unit_['name']}: {said}")
    return listed(lines, record["cut"])


def excerpt(record: Record) -> str:
    """A passage with the lines around it; its own line is marked."""
    around = [record["before"], f">>> {record['quote']}", record["after"]]
    text = "\n".join(part for part in around if part)
    return f"{record['title']}, line {record['line']}: “{record['text']}”\n{text}\n{record['url']}"


def listed(parts: Iterable[str], more: object) -> str:
    """Several of them, and whether there are more."""
    text = "\n".join(parts) or "Nothing was found."
    return f"{text}\nThere is more: narrow the question down." if more else text
