"""A mapping that doesn't hold is refused, with file and line and what to do."""

from pathlib import Path

import pytest

from kg.links import LinkError, read_links

HEAD = """#mapping_set_id: https://w3id.org/juesuan/links/small
#mapping_set_title: Small
#license: https://creativecommons.org/licenses/by/4.0/
#subject_source: https://w3id.org/juesuan/code/functional
#object_source: http://other.example/
#curie_map:
#  functional: https://w3id.org/juesuan/code/functional/
#  other: http://other.example/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
"""
COLUMNS = (
    "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\t"
    "mapping_justification\tconfidence\tcomment\n"
)
ROW = (
    "functional:201\t一般公共服务支出\tskos:broadMatch\tother:1\tOne\t"
    "semapv:ManualMappingCuration\t0.9\t\n"
)


def read(folder: Path, text: str):  # type: ignore[no-untyped-def]
    file = folder / "small.sssom.tsv"
    file.write_text(text, "utf-8")
    return read_links(file, known=lambda iri: iri.endswith(("/201", "/202")))


def test_a_file_that_holds_is_read(tmp_path: Path) -> None:
    links = read(tmp_path, HEAD + COLUMNS + ROW)
    [link] = links.links
    assert links.name == "small"
    assert link.subject == "https://w3id.org/juesuan/code/functional/201"
    assert link.predicate == "http://www.w3.org/2004/02/skos/core#broadMatch"
    assert link.object == "http://other.example/1"
    assert str(link.confidence) == "0.9"
    assert link.line == 12


def test_iris_of_ours_are_under_the_base(tmp_path: Path) -> None:
    file = tmp_path / "small.sssom.tsv"
    file.write_text(HEAD + COLUMNS + ROW, "utf-8")
    links = read_links(file, base="http://budget.example/")
    assert links.iri == "http://budget.example/links/small"
    assert links.links[0].subject == "http://budget.example/code/functional/201"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("0.9", "1.1", ":12: the confidence is 1.1"),
        ("0.9", "NaN", ":12: the confidence is NaN"),
        ("0.9", "sure", ":12: the confidence is sure"),
        ("0.9", "", ":12: confidence is empty"),
        ("functional:201", "functional:999", ":12: .*999 is no code, region or term"),
        ("other:1", "nowhere:1", ":12: 'nowhere:1' begins with no prefix"),
        ("other:1", "1", ":12: '1' begins with no prefix"),
        ("skos:broadMatch", "skos:broader", ":12: predicate_id is skos:broader; choose one of"),
        ("semapv:Manual", "semapv:Very", ":12: mapping_justification is semapv:Very"),
        ("\tcomment\n", "\n", ":11: the columns must be subject_id"),
        ("0.9\t\n", "0.9\n", ":12: a row has 8 cells"),
        ("0.9\t\n", "0.9\t\tmore\n", ":12: a row has 8 cells"),
        ("#license", "#licence", ":1: the metadata lacks license"),
        ("#curie_map:", "#prefixes:", ":1: .* have a curie_map"),
        ("#curie_map:", '#x: "\n#curie_map:', ": the metadata is no YAML"),
        ("links/small", "links/big", ":1: the mapping_set_id is .*big; name it .*small"),
        (ROW, ROW + ROW, ":13: maps the pair of line 12 again"),
        (ROW, ROW + ROW.replace("broad", "exact"), ":13: .* of line 12 with another predicate"),
        (
            ROW,
            ROW.replace("broad", "exact") + ROW.replace("broad", "exact").replace(":1\t", ":2\t"),
            ":13: .*functional/201 is the same as another thing on line 12",
        ),
    ],
)
def test_what_does_not_hold_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = HEAD + COLUMNS + ROW
    assert old in text
    with pytest.raises(LinkError, match=message):
        read(tmp_path, text.replace(old, new))


def test_one_subject_may_have_several_targets(tmp_path: Path) -> None:
    assert len(read(tmp_path, HEAD + COLUMNS + ROW + ROW.replace(":1\t", ":2\t")).links) == 2
