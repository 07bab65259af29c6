"""What reports print and the lists don't have is listed for a person, and nothing is changed."""

import csv
import io
import tomllib
from pathlib import Path

from typer.testing import CliRunner

from kg.codes import load_code_lists
from kg.codes.learning import learn, printed_pairs
from kg.commands.app import app
from kg.document import read

TABLE = """\
2010301\t行政运行\t10.00
2010308\t信仿事务\t1.00
2010377\t某某专项\t2.00
205\t02\t02\t小学教育\t3.00
30224\t服装购置费\t4.00
一、一般公共服务支出\t301\t二、外交支出\t5.00
"""


def report(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(f"某局2023年度部门决算\n\n{TABLE}\n", "utf-8")
    return path


def test_pairs_are_read_from_tables_whole_and_level_by_level(tmp_path: Path) -> None:
    pairs = list(printed_pairs(read(report(tmp_path, "a.txt"))))
    assert [(code, name) for code, name, _ in pairs] == [
        ("2010301", "行政运行"),
        ("2010308", "信仿事务"),
        ("2010377", "某某专项"),
        ("2050202", "小学教育"),
        ("30224", "服装购置费"),
    ]
    assert [line for *_, line in pairs] == [3, 4, 5, 6, 7]


def test_what_is_new_or_disagrees_is_listed_with_where(tmp_path: Path) -> None:
    documents = [(name, read(report(tmp_path, name))) for name in ("a.txt", "b.txt")]
    lessons = {lesson.code: lesson for lesson in learn(documents, load_code_lists())}
    assert {code: lesson.status for code, lesson in lessons.items() if code[0] == "3"} == {
        "30224": "new-name"
    }
    assert lessons["2010377"].status == "new-code" and lessons["2010377"].parent == "20103"
    assert lessons["2010308"].listed == "信访事务" and lessons["2010308"].times == 2
    assert lessons["2010308"].where == ("a.txt:4", "b.txt:4") and lessons["2010308"].reports == 2


def test_the_command_prints_csv_and_toml(tmp_path: Path) -> None:
    report(tmp_path, "a.txt")
    printed = CliRunner().invoke(app, ["codes", "learn", str(tmp_path)])
    assert printed.exit_code == 0
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(printed.stdout))}
    assert rows["30224"]["listed"] == "被装购置费" and rows["30224"]["where"] == "a.txt:7"
    toml = CliRunner().invoke(app, ["codes", "learn", str(tmp_path), "--format", "toml"]).stdout
    assert {entry["code"] for entry in tomllib.loads(toml)["names"]} == set(rows)


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["codes", "learn", str(tmp_path)]).exit_code == 2
