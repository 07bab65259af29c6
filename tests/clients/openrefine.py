"""OpenRefine itself links a table of names with a server, and extends it: what it then holds.

Start OpenRefine (`apt-get install openrefine`) and a server, then

python tests/clients/openrefine.py http://127.0.0.1:8000/reconcile TABLE.csv

TABLE.csv has columns type, written, expected, as those of tests/api/reconcile. OpenRefine is at
http://127.0.0.1:3333, or where OPENREFINE says.
"""

import csv
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import httpx

TYPES = {"unit": "ontology#Unit", "region": "ontology#Region"}
ROWS = {"engine": json.dumps({"facets": [], "mode": "row-based"})}


class OpenRefine:
    """One project of a running OpenRefine, driven by the commands that its pages send."""

    def __init__(self, service: str, names: list[str]) -> None:
        address = os.environ.get("OPENREFINE", "http://127.0.0.1:3333")
        self._client = httpx.Client(base_url=f"{address}/command/core/", timeout=60)
        self._service = service
        manifest = httpx.get(service).json()
        self._spaces = {key: manifest[key] for key in ("identifierSpace", "schemaSpace")}
        table = "written\n" + "".join(f'"{name}"\n' for name in names)
        options = json.dumps({"separator": ",", "encoding": "UTF-8"})
        made = self._client.post(
            "create-project-from-upload",
            params={"csrf_token": self._token(), "options": options},
            data={"project-name": "names", "format": "text/line-based/*sv"},
            files={"project-file": ("names.csv", table.encode(), "text/csv")},
        )
        self._project = httpx.URL(made.headers["Location"]).params["project"]

    def _token(self) -> str:
        return str(self._client.get("get-csrf-token").json()["token"])

    def _run(self, command: str, **fields: object) -> Any:
        """Run a command on the project, and wait for what it began."""
        data = {name: v if isinstance(v, str) else json.dumps(v) for name, v in fields.items()}
        answer = self._client.post(
            command,
            params={"csrf_token": self._token()},
            data={"project": self._project, **ROWS, **data},
        ).raise_for_status()
        while self._client.get("get-processes", params={"project": self._project}).json()[
            "processes"
        ]:
            time.sleep(0.2)
        return answer.json()

    def guessed(self) -> list[str]:
        """The types that OpenRefine offers for the column."""
        found = self._run("guess-types-of-column", columnName="written", service=self._service)
        return [type_["id"] for type_ in found["types"]]

    def reconcile(self, type_: str) -> None:
        config = {
            **self._spaces,
            "mode": "standard-service",
            "service": self._service,
            "type": {"id": type_, "name": type_},
            "autoMatch": True,
            "columnDetails": [],
            "limit": 0,
        }
        self._run("reconcile", columnName="written", config=config)

    def extend(self, properties: list[dict[str, str]]) -> None:
        self._run(
            "extend-data",
            **self._spaces,
            baseColumnName="written",
            endpoint=self._service,
            columnInsertIndex="1",
            extension={"properties": properties},
        )

    def rows(self) -> list[tuple[dict[str, Any], list[Any]]]:
        """Of each row what the name is reconciled with, and the values of its cells."""
        held = self._run("get-rows", start="0", limit="10000")
        recons = held.get("pool", {}).get("recons", {})
        rows = [[cell or {} for cell in row["cells"]] for row in held["rows"]]
        return [
            (recons.get(str(row[0].get("r")), row[0].get("r")) or {}, [c.get("v") for c in row])
            for row in rows
        ]


def main(service: str, table: Path) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        asked = list(csv.DictReader(file))
    for kind in sorted({row["type"] for row in asked}):
        rows = [row for row in asked if row["type"] == kind]
        refine = OpenRefine(service, [row["written"] for row in rows])
        type_ = TYPES.get(kind, kind)
        print(f"{kind}: OpenRefine guesses {', '.join(refine.guessed()[:3])}")
        refine.reconcile(type_)
        right = matched = 0
        for row, (recon, _) in zip(rows, refine.rows(), strict=True):
            best = recon.get("m") or next(iter(recon.get("c", ())), {"id": "", "name": ""})
            right += row["expected"] in (best["name"], best["id"].rpartition("/")[2])
            right += "/" in row["expected"] and best["id"].endswith(f"/{row['expected']}")
            matched += recon.get("j") == "matched"
        print(f"  {right} of {len(rows)} come first, {matched} are matched")
        proposed = httpx.get(f"{service}/properties", params={"type": type_}).json()["properties"]
        refine.extend([{key: p[key] for key in ("id", "name")} for p in proposed[:3]])
        print(f"  extended: {refine.rows()[0][1]}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
