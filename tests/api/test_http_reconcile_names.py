"""Names as people write them: a table by hand, and slips made by dice."""

import csv
import json
import random

import pytest
from pypinyin.constants import PINYIN_DICT

from api.names.forms import _toneless
from api.settings import Settings
from kg.traditional import simplified

from .names_world import expected_id, unit_names, write_names
from .small_release import HERE

LEAST = 0.95


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


def table():
    with (HERE / "reconcile" / "names.csv").open(encoding="utf-8", newline="") as file:
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


def test_two_hundred_names_with_slips(ask):
    rows = table()
    assert len(rows) == len({written for _, written, _ in rows}) == 200
    results = ask([(type_, written) for type_, written, _ in rows])
    _, _, mistaken = check(rows, results, LEAST)
    assert mistaken == []


def test_without_their_types(ask):
    rows = table()
    check(rows, ask([(type_, written) for type_, written, _ in rows], typed=False), LEAST)


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


def test_slips_made_by_dice(ask):
    dice = random.Random(20261121)
    rows = []
    for name in dice.sample(unit_names(), 200):
        rows.append(("unit", slip(dice, name), name))
    check(rows, ask([(type_, written) for type_, written, _ in rows]), LEAST)
