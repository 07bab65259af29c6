import pyoxigraph as ox

from api.nodes import DERIVED, Node
from api.pages.beside import Beside

TEXT = "一\n支出三百\n\n四\n五六\n七"
SOURCE = "https://w3id.org/juesuan/report/u/2023/source"


def fact(name, start, end):
    node = Node(name)
    node.add(DERIVED, ox.NamedNode(f"{SOURCE}#char={start},{end}"))
    return node


def told(beside):
    return [
        (line.number, line.gap, [(piece.text, piece.anchor) for piece in line.pieces])
        for line in beside.lines()
    ]


def test_the_lines_around_a_mark_are_shown_and_gaps_told():
    beside = Beside("\n".join("abcdefgh"), [fact("x", 2, 3), fact("y", 14, 15)])
    assert [(line.number, line.gap) for line in beside.lines()] == [
        (1, False),
        (2, False),
        (3, False),
        (7, True),
        (8, False),
    ]


def test_a_mark_that_spans_lines_is_marked_in_each_and_anchored_in_the_first():
    start = TEXT.index("四")
    pieces = {
        number: pieces for number, _, pieces in told(Beside(TEXT, [fact("x", start, start + 4)]))
    }
    assert pieces[4] == [("四", f"c{start}")]
    assert pieces[5] == [("五六", None)]


def test_of_marks_that_overlap_the_shorter_is_marked():
    short, long = fact("short", 4, 6), fact("long", 2, 6)
    beside = Beside(TEXT, [long, short])
    assert beside.anchor(short) == "c4"
    assert beside.anchor(long) is None
    assert told(beside)[1] == (2, False, [("支出", None), ("三百", "c4")])


def test_what_lies_beyond_the_text_is_not_marked():
    assert Beside("短", [fact("x", 5, 9)]).lines() == []
    assert Beside(None, [fact("x", 0, 1)]).lines() == []
