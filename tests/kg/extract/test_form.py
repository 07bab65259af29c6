"""What a report tells of itself: where it is looked for."""

import re

from kg.document.reading import from_text
from kg.extract.form.irregularities import read_irregularities
from kg.extract.form.words import Sought
from kg.outline import outline


def test_no_window_ends_within_a_number() -> None:
    pattern = re.compile(r"(?:下降|上升)了\d{1,3}(?=[,。])(?!,\d{3})")
    sought = Sought(["下降", "上升"], pattern)
    for between in range(90, 130):
        text = f"下降了5%{'甲' * between}上升了2,526,000.00元，下降了3。"
        assert [m[0] for m in sought.find(text, 0, len(text))] == ["下降了3"]


def test_a_place_holder_between_the_figures_of_a_row() -> None:
    table = "项目\t本年收入合计\t财政拨款收入\n合计\t70.00\tXX\n行政运行\t12.50\tXX\t57.50\n"
    text = f"某局2023年度部门决算\n收入决算表\n单位：万元\n{table}"
    document = from_text(text, name="a.txt", media_type="text/plain", sha256="")
    found = [(i.kind, i.text) for i in read_irregularities(outline(document))]
    assert found == [("placeholder", "XX")] * 2
