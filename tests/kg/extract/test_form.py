"""What a report tells of itself: where it is looked for."""

import re

from kg.extract.form.words import Sought


def test_no_window_ends_within_a_number() -> None:
    pattern = re.compile(r"(?:下降|上升)了\d{1,3}(?=[,。])(?!,\d{3})")
    sought = Sought(["下降", "上升"], pattern)
    for between in range(90, 130):
        text = f"下降了5%{'甲' * between}上升了2,526,000.00元，下降了3。"
        assert [m[0] for m in sought.find(text, 0, len(text))] == ["下降了3"]
