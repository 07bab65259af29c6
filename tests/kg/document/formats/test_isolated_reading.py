"""Any bytes at all end in a document or in one sentence, within time and memory."""

import io
import multiprocessing
import os
import random
import zipfile
from pathlib import Path

import pytest
from damaged_files import FILES, damaged, problems

from kg.document import DocumentError, read
from kg.document.formats import isolated
from kg.document.formats.canonical import Unreadable
from kg.document.formats.isolated import ReadingProcess


@pytest.mark.parametrize("suffix", FILES)
def test_damaged_files(tmp_path: Path, suffix: str) -> None:
    dice = random.Random(suffix)
    for _ in range(60):
        content = damaged(FILES[suffix], dice)
        assert not [*problems(tmp_path / f"report{suffix}", content)]


def test_random_bytes(tmp_path: Path) -> None:
    dice = random.Random(0)
    starts = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    for number in range(100):
        path = tmp_path / f"report.{dice.choice(('pdf', 'docx', 'txt', 'html', 'xls', 'zip', ''))}"
        path.write_bytes(starts[number % 5] + dice.randbytes(dice.randrange(3000)) + b"%%EOF")
        try:
            read(path).text.encode()
        except DocumentError as error:
            assert "\n" not in str(error)


def test_what_takes_too_long_is_ended() -> None:
    process = ReadingProcess()
    with pytest.raises(Unreadable, match="more than 0 s"):
        process.read(FILES[".pdf"], ".pdf", seconds=0.001)
    assert "合计\t12.50" in process.read(FILES[".pdf"], ".pdf")[1].text
    process.close()


def test_what_takes_too_much_memory_is_ended() -> None:
    sheet = b"<worksheet><sheetData>" + b"".join(
        b'<row r="%d"><c r="%s%d"><v>1</v></c></row>' % (row, column, row)
        for row, column in ((1, b"A"), (1_048_576, b"XFD"))
    )
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(FILES[".xlsx"])) as whole,
        zipfile.ZipFile(file, "w") as archive,
    ):
        for name in whole.namelist():
            is_sheet = name.startswith("xl/worksheets/")
            archive.writestr(
                name, sheet + b"</sheetData></worksheet>" if is_sheet else whole.read(name)
            )
    process = ReadingProcess()
    with pytest.raises(Unreadable, match=r"memory|cells"):
        process.read(file.getvalue(), ".xlsx")
    assert "合计\t12.50" in process.read(FILES[".xlsx"], ".xlsx")[1].text
    process.close()


def read_in_child(path: str) -> int:
    return len(read(Path(path)).text)


def test_a_forked_process_reads_with_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(FILES[".docx"])
    length = len(read(path).text)
    context = multiprocessing.get_context("fork")
    with context.Pool(2) as pool:
        assert pool.map(read_in_child, [str(path)] * 4) == [length] * 4
    assert len(read(path).text) == length


def test_a_file_beside_the_documents_is_no_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit")
    (tmp_path / "report.html").write_bytes(FILES[".html"])
    monkeypatch.chdir(tmp_path)
    isolated.PROCESS.close()
    assert read(Path("report.html")).text
    assert os.listdir(tmp_path)  # noqa: PTH208


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.document.reading.BYTES", 100)
    path = tmp_path / "report.pdf"
    path.write_bytes(FILES[".pdf"])
    with pytest.raises(DocumentError, match="larger than"):
        read(path)
