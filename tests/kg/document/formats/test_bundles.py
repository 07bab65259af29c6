"""A report that comes as a ZIP of files, and what a file is, whatever it is called."""

import io
import zipfile
from pathlib import Path

import pytest
from rendered_reports import as_docx, as_html, as_pdf, as_xlsx

from kg.document import DocumentError, read
from kg.document.formats import archive, bundle
from kg.document.formats.canonical import Unreadable
from kg.document.formats.readers import read_content

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = [["项目", "金额"], ["合计", "12.50"]]
TEXT = "项目\t金额\n合计\t12.50\n"


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as found:
        for name, content in members.items():
            found.writestr(name, content)
    return file.getvalue()


def test_members_are_one_text_in_the_order_of_names() -> None:
    media_type, reading = read_content(
        packed(
            {
                "决算/2表.xlsx": as_xlsx([TABLE]),
                "决算/1说明.docx": as_docx(["一、概况"]),
                "决算/3图.png": b"\x89PNG\r\n",
                "决算/4.txt": "附注".encode("gb18030"),
                "__MACOSX/决算/._1说明.docx": b"junk",
                "决算/.DS_Store": b"junk",
                "决算/~$1说明.docx": b"junk",
            }
        ),
        ".zip",
    )
    assert media_type == "application/zip"
    assert reading.text == (
        f"决算/1说明.docx\n\n一、概况\n\n决算/2表.xlsx\n\n{TEXT}\n决算/3图.png\n\n\n决算/4.txt\n\n附注\n"
    )


def test_names_of_archives_made_on_windows() -> None:
    content = packed({"aaaa.txt": "收入".encode()})
    content = content.replace(b"aaaa.txt", "决算.txt".encode("gbk"))
    assert read_content(content, ".zip")[1].text == "决算.txt\n\n收入\n"


def test_names_that_point_elsewhere_are_only_names() -> None:
    reading = read_content(packed({"../../etc/x\t\n.txt": "收入".encode()}), ".zip")[1]
    assert reading.text == "../../etc/x .txt\n\n收入\n"


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (
            {"a/报告.doc": OLE},
            "^a/报告.doc: is an office",
        ),
        ({"x.zip": packed({"y.txt": b"z"})}, r"^x\.zip: is an archive"),
        ({"x.exe": b"MZ"}, r"^x\.exe: can't read \.exe; use"),
        ({"x.txt": b"\x00\x01"}, r"^x\.txt: is not a text file"),
        ({"x.txt": b" "}, r"^x\.txt: is empty"),
        ({"x.png": b"\x89PNG"}, "holds no file with text"),
        ({f"{n}.txt": b"x" for n in range(51)}, "holds 51 files"),
        ({}, "holds no file with text"),
    ],
)
def test_what_is_refused(members: dict[str, bytes], said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_content(packed(members), ".zip")


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed({"x.txt": b"x" * 50_000, "y.txt": b"y" * 50_000})
    assert len(content) < 1000
    monkeypatch.setattr(archive, "BYTES", 99_999)
    with pytest.raises(Unreadable, match="unpacks to"):
        read_content(content, ".zip")
    monkeypatch.undo()
    monkeypatch.setattr(bundle, "CHARACTERS", 60_000)
    with pytest.raises(Unreadable, match="60,000 characters"):
        read_content(content, ".zip")


def test_a_file_that_says_less_than_it_unpacks_to() -> None:
    content = packed({"x.txt": b"x" * 50_000})
    lie = content.replace((50_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(Unreadable, match=r"broken at its part x\.txt"):
        read_content(lie, ".zip")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("report.doc", as_html([TABLE]), "text/html"),
        ("report.xls", as_html([TABLE]), "text/html"),
        ("report.xls", as_xlsx([TABLE]), "spreadsheetml.sheet"),
        ("report.doc", as_docx(["决算", TABLE]), "wordprocessingml.document"),
        ("report.txt", as_pdf(["决算" * 9, TABLE]), "application/pdf"),
        ("report", packed({"a.html": as_html([TABLE])}), "application/zip"),
        ("report.TXT", "收入".encode(), "text/plain"),
        ("report.md", b"# <b>x</b>", "text/markdown"),
    ],
)
def test_the_content_says_what_a_file_is(
    tmp_path: Path, name: str, content: bytes, media_type: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert read(path).format.endswith(media_type)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "a.doc",
            OLE + "WordDocument".encode("utf-16-le"),
            "before 2007",
        ),
        (
            "a.docx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        ("a.doc", b"{\\rtf1 x}", "RTF"),
        ("a.rar", b"Rar!\x1a\x07", "RAR archive"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "picture"),
        (
            "a.xls",
            b"<?xml?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            "of 2003 in XML",
        ),
        ("a.ofd", packed({"OFD.xml": b"<x/>"}), "OFD"),
        ("a.csv", b"a,b", r"can't read \.csv; use \.pdf"),
        ("a.pdf", b"", "the file is empty"),
        ("a.html", b"<html></html>", "no text in it"),
    ],
)
def test_what_else_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=said) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ") and "\n" not in str(caught.value)
