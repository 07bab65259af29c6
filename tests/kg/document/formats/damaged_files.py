"""Files damaged in many ways, to test that any bytes end in text or in one sentence.

python tests/kg/document/formats/damaged_files.py SECONDS [FILE …] damages files for so long, these
besides our own, and says what was found.
"""

import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rendered_reports import as_docx, as_html, as_pdf, as_xlsx

from kg.document import DocumentError, read

BLOCKS = [
    "一、收入支出决算总体情况说明",
    [["项目", "金额"], ["合计", "12.50"]],
    "支出12万元。" * 20,
    [["科目", "本年", "上年"], *[[f"支出{n}", "1.00", f"{n}.50"] for n in range(5)]],
]
#: What parts of files are repeated, or put where they don't belong.
PIECES = (
    b"<", b">", b"</w:p>", b"<w:tbl>", b"<td colspan=999999>", b"<table><tr><td>", b"\\|", b"|",
    b"\xff\xfe", b"\x00", b" 0 R", b"<<", b">>", b"stream\n", b"99999999999", b"-1", b"nan",
)  # fmt: skip


def archived(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


FILES = {
    ".pdf": as_pdf(BLOCKS),
    ".html": as_html(BLOCKS),
    ".docx": as_docx(BLOCKS),
    ".xlsx": as_xlsx(BLOCKS),
    ".md": "# 一、收入\n\n| 项目 | 金额 |\n|-|-|\n| 合计 | 1 |\n<table><tr><td>2</table>".encode(),
    ".zip": archived({"1.docx": as_docx(BLOCKS), "2.xlsx": as_xlsx(BLOCKS), "3.txt": b"x"}),
}
UNRULED = as_pdf(BLOCKS, ruled=False)


def damaged(content: bytes, dice: random.Random) -> bytes:
    """A file cut off, with bits flipped, pieces moved or put in, or the parts in it damaged."""
    kind = dice.randrange(5)
    if kind == 0:
        return content[: dice.randrange(len(content))]
    if kind < 3 and content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            parts = {name: whole.read(name) for name in whole.namelist()}
        harm = flipped if kind == 1 else moved
        return archived({n: harm(p, dice) if dice.random() < 0.3 else p for n, p in parts.items()})
    return moved(content, dice) if kind == 3 else flipped(content, dice)


def flipped(content: bytes, dice: random.Random) -> bytes:
    bits = bytearray(content)
    for _ in range(dice.choice((1, 10, 100)) if bits else 0):
        bits[dice.randrange(len(bits))] ^= 1 << dice.randrange(8)
    return bytes(bits)


def moved(content: bytes, dice: random.Random) -> bytes:
    """A stretch left out, doubled, repeated, or with something else in it."""
    start, end = sorted(dice.randrange(len(content) + 1) for _ in "ab")
    end = min(end, start + dice.choice((5, 100, 2000)))
    piece = dice.choice((b"", content[start:end] * dice.choice((2, 50)), dice.choice(PIECES) * 3))
    return content[:start] + piece + content[end:]


def problems(path: Path, content: bytes) -> Iterator[str]:
    """What is wrong with how a file is read."""
    path.write_bytes(content)
    start = time.monotonic()
    try:
        read(path).text.encode()
    except DocumentError as error:
        if "\n" in str(error) or "doesn't know" in str(error) or "more than 20 s" in str(error):
            yield str(error).removeprefix(str(path))
    if (taken := time.monotonic() - start) > 10:
        yield f"takes {taken:.0f} s"


def main(seconds: float, files: list[Path]) -> None:
    known = [*FILES.items(), (".pdf", UNRULED), *((f.suffix, f.read_bytes()) for f in files)]
    found: Counter[tuple[str, str]] = Counter()
    count, until = 0, time.monotonic() + seconds
    with TemporaryDirectory() as folder:
        while time.monotonic() < until:
            dice = random.Random(count)
            suffix, content = dice.choice(known)
            for problem in problems(Path(folder) / f"report{suffix}", damaged(content, dice)):
                found[suffix, problem] += 1
                print(f"seed {count}: {suffix}{problem}")
            count += 1
    print(f"{count} files, {found.total()} problems", *found.most_common(), sep="\n")


if __name__ == "__main__":
    main(float(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
