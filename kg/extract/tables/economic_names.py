"""The names that a table prints beside codes of the economic classification, held against it."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.codes import load_code_lists
from kg.codes.naming import Naming
from kg.vocabulary import normal_name

#: 类 and 款 of the economic classification of departments' budgets.
CODE = re.compile(r"3(?:0[1-79]|1[0-3]|99)(?:\d\d)?")
#: What of a name that doesn't fit is a contradiction: a slip, or the name of another code.
WRONG = ("slip", "other")
#: How a name may end or not: 30231 公务用车运行维护, 30108 机关事业单位基本养老保险费.
END = re.compile("(?:缴费|费用?|支出)$")


@lru_cache(maxsize=1 << 12)
def meant_by(code: str, name: str, year: int) -> str | None:
    """The code that was meant where the name printed beside a code isn't its own; else None.

    >>> meant_by("30201", "办公费", 2023), meant_by("30201", "印刷费", 2023)
    (None, '30202')
    >>> meant_by("30280", "印刷费", 2023)
    '30202'
    """
    if not name or not CODE.fullmatch(code):
        return None
    economic = load_code_lists().economic
    if END.sub("", normal_name(name)) in {END.sub("", own) for own in economic.names(code)}:
        return None
    if code not in economic:
        owners = economic.named(name, len(code), year)
        return owners[0] if len(owners) == 1 else None
    doubt = Naming(economic, year).of_code(code, name)
    return doubt.suggested or code if doubt and doubt.kind in WRONG else None
