"""Lines that are no text of the report: page numbers, running heads, what a web page adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from kg.document import Line
from kg.resources import toml

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


def without_furniture(lines: Sequence[tuple[Line, str]]) -> Iterator[Line]:
    """The lines that are text, of some lines that aren't blank, each with what it prints."""
    printed = [words for _, words in lines]
    numbers = [n for n, words in enumerate(printed) if PAGE_NUMBER.fullmatch(words)]
    running, pages = _running(printed, numbers), set(numbers)
    web, words_of_sites = _web()
    registered = [word for word in words_of_sites if any(word in words for words in printed)]
    before = ""
    for n, (line, words) in enumerate(lines):
        if n in pages:
            after = printed[n + 1] if n + 1 < len(printed) else ""
            if GOES_ON.match(after) is None or WHOLE.search(before):
                continue
        if web.match(words):
            continue
        if registered and any(word in words[: NEAR + len(word)] for word in registered):
            continue
        if running and DIGITS.sub("", words) in running:
            continue
        yield line
        before = words


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
