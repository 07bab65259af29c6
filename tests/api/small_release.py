"""A release small enough to know by heart, written from `release.trig` and `source.txt`."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox

HERE = Path(__file__).parent
BASE = "https://w3id.org/juesuan/"
UNIT = "420103-hua-lou-2a9f"
REPORT = f"report/{UNIT}/2023"
HTML = {"Accept": "text/html"}


def place(text: str, wanted: str) -> str:
    """The characters of `text` that say `wanted`, as a passage writes them."""
    start = text.index(wanted)
    return f"{start},{start + len(wanted)}"


def write_release(path: Path, base: str = BASE) -> Path:
    """Write the release of `release.trig` under `base`."""
    text = (HERE / "source.txt").read_text("utf-8")
    trig = (HERE / "release.trig").read_text("utf-8").replace("BASE", base)
    trig = re.sub("«([^»]+)»", lambda found: place(text, found[1]), trig)
    quads = list(ox.parse(trig, ox.RdfFormat.TRIG))
    lines = sorted(f"{quad} .\n" for quad in quads)
    files = {
        f"data/reports/{UNIT}/2023.ttl": b"# Turtle\n",
        f"sources/{UNIT}/2023.txt": text.encode(),
        "ontology/juesuan.ttl": b"# Turtle\n",
        "shapes/structure.ttl": b"# Turtle\n",
        "facts.schema.json": b"{}",
    }
    reports = [
        {
            "iri": f"{base}report/{UNIT}/{year}",
            "unit": f"{base}unit/{UNIT}",
            "unitName": "某市某区人民政府花楼街道办事处",
            "fiscalYear": year,
            "title": f"某市某区人民政府花楼街道办事处{year}年度部门决算",
            "facts": {"Statement": 5},
            "quads": 100,
            "unclaimed": 2 if year == 2023 else 0,
            "findings": 1 if year == 2023 else 0,
        }
        for year in (2022, 2023)
    ]
    (path / "cache").mkdir()
    (path / "cache" / "secret.json").write_bytes(b"{}")
    return publish(path, base, lines, files, reports)


def publish(
    path: Path, base: str, lines: list[str], files: dict[str, bytes], reports: list[dict[str, Any]]
) -> Path:
    """Write a release's quads (sorted lines) and other files, with its manifest and its sums."""
    files = {"data/juesuan.nq.gz": gzip.compress("".join(lines).encode(), mtime=0), **files}
    manifest = {"juesuan": "0", "base": base, "quads": len(set(lines)), "reports": reports}
    files["manifest.json"] = json.dumps({**manifest, "failures": []}, ensure_ascii=False).encode()
    sums = "".join(f"{hashlib.sha256(files[n]).hexdigest()}  {n}\n" for n in sorted(files))
    for name, content in {**files, "SHA256SUMS": sums.encode()}.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path
