"""Lines that are no text of the report: page numbers, running heads, what a web page adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache

from kg.resources import toml
from kg.starts import likely

#: A line that is nothing but a page's number would break the sentence that runs over the page.
PAGE_NUMBER = re.compile(
    r"[-—－–]?\s*\d{1,3}\s*[-—－–]?|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
#: But a number of the sentence itself may stand alone between two breaks: "为", "100", "万元".
GOES_ON = re.compile(r"\s*(?:[亿万]?元|[%％])")
#: A line before that has a number already: "12", page 7, "万元", or "12万", page 7, "元".
WHOLE = re.compile(r"[\d亿万]$")
#: A running head stands beside so many page numbers, and beside half of them; it is so long.
PAGES, LENGTH = 3, 6
#: How near its beginning a line says that it is registered.
NEAR = 40
#: What stands at the top of pages because a table does is the table's.
OF_TABLE = re.compile(r"表|[:：]")
DIGITS = re.compile(r"[\d\s]+")


@cache
def _web() -> tuple[re.Pattern[str], Sequence[str]]:
    data = toml(__package__, "headings.toml")
    return re.compile(data["web"]), data["registered"]


def furniture(printed: Sequence[str]) -> Collection[int]:
    """Which of some lines are no text of the report, by what each prints; none is blank."""
    letters = "".join([words[0] for words in printed])
    pages = [n for n in likely(PAGE_NUMBER, letters) if PAGE_NUMBER.fullmatch(printed[n])]
    found = _of_sites(printed, letters)
    if running := _running(printed, pages):
        found |= {n for n, words in enumerate(printed) if DIGITS.sub("", words) in running}
    for page in pages:
        after = printed[page + 1] if page + 1 < len(printed) else ""
        if GOES_ON.match(after):
            before = next((printed[n] for n in range(page - 1, -1, -1) if n not in found), "")
            if not WHOLE.search(before):
                continue
        found.add(page)
    return found


def _of_sites(printed: Sequence[str], letters: str) -> set[int]:
    """The lines that a web page adds; `letters` are the first of each."""
    web, words_of_sites = _web()
    found = {n for n in likely(web, letters) if web.match(printed[n])}
    whole = "\n".join(printed)
    for site in words_of_sites:
        if site in whole:
            found |= {n for n, words in enumerate(printed) if site in words[: NEAR + len(site)]}
    return found


def _running(printed: Sequence[str], numbers: Sequence[int]) -> Collection[str]:
    """Running heads and feet, without their digits: the same beside the numbers of most pages."""
    beside = [*(n - 1 for n in numbers if n), *(n + 1 for n in numbers if n + 1 < len(printed))]
    counts = Counter(DIGITS.sub("", printed[n]) for n in beside)
    least = max(PAGES, len(numbers) / 2)
    return {
        words
        for words, count in counts.items()
        if count >= least and len(words) >= LENGTH and not OF_TABLE.search(words)
    }
