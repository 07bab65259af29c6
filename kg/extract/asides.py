"""Where an aside or a reason ends: with its sentence, before a figure of a subject of ours, or, if
it tells what money brought about, behind the sentences that go on about that.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.phrases import Token, phrases
from kg.extract.tokens import Tokens
from kg.facts import ChangeBase
from kg.record import record

FIGURE = re.compile(r"\d(?:[亿万]?元|%)")
#: Where an aside or a reason may end before its sentence does: if a subject stands behind. The
#: comma within 1,106.86 is none.
BREAK = re.compile(r";(?:其中[:,]?|开支|列支)?|(?:(?<!\d),|,(?!\d{3}(?!\d)))(?:其中[:,]?)?|其中:")

#: What leads to a figure of ours, or tells of one.
LEADS = ("subject", "function", "phase", "completion", "comparison", "share", "reason", "aside")


@record
class Aside:
    """A stretch that begins at `start` and states none of our figures.

    `starts_part` tells whether a part of an open list stands at a position, `is_told` whether a
    comparison has been told by now. Behind a comma a subject may be of the aside itself, if it
    isn't over `at_commas`.
    """

    tokens: Tokens
    start: int
    starts_part: Callable[[int], bool]
    is_told: Callable[[ChangeBase | None], bool]
    at_commas: bool = False

    def end(self) -> int:
        """Where it ends."""
        text = self.tokens.text
        stop = self.tokens.sentence_end(self.start)
        figure = FIGURE.search(text, self.start, stop)
        # what stands behind a figure of the aside's own may be of the aside as well
        for found in BREAK.finditer(text, self.start, figure.start() if figure else stop):
            goes_on = found[0] == "," and not self.at_commas
            tells = self._stands_out if goes_on else self._tells
            is_other = ";" in found[0] and _is_other_reason(text, found.end(), stop)
            if is_other or tells(found.end(), stop) or _explains(text, found.end(), stop):
                return found.start()
        return stop

    def end_of_outcome(self) -> int:
        """Where it ends if it tells what money brought about, which may take several sentences."""
        end, last = self.end(), self.tokens.end
        while self.tokens.text.startswith("。", end) and end + 1 < last:
            start, stop = end + 1, self.tokens.sentence_end(end + 1)
            if self._leads(start, stop):
                break
            end = stop
        return end

    def _leads(self, start: int, end: int) -> bool:
        """Whether a sentence says whose its first figure is, or tells of one of ours."""
        if (
            self.starts_part(start)
            or self.tokens.heading(start)
            or self.tokens.is_marked(start, end)
        ):
            return True
        token = self.tokens.at(start, end)
        if token and token.kind in ("rise", "fall"):
            return True
        position = start
        while token := self.tokens.after(position, end):
            if token.kind in LEADS or (token.kind == "opener" and self.starts_part(token.end)):
                return True
            if token.kind in ("money", "percent"):
                break
            position = token.end
        return False

    def _tells(self, start: int, end: int) -> bool:
        """Whether a clause tells a figure of a subject that it begins with, or a comparison."""
        if self.starts_part(start) or self._compares(start, end) or self._divides(start, end):
            return True
        subject = self.tokens.at(start, end)  # may have commas of its own
        following = BREAK.search(self.tokens.text, subject.end if subject else start, end)
        stop = following.start() if following else end
        if not FIGURE.search(self.tokens.text, start, stop):
            return self._comes_to_compare(start, end)
        return self.tokens.names_subject(start) or self.tokens.heading(start) is not None

    def _comes_to_compare(self, start: int, end: int) -> bool:
        """Whether a clause compares its subject more than once: A比预算无增减,比上年增加5万元."""
        subject = self.tokens.at(start, end)
        if subject is None or subject.kind != "subject":
            return False
        text, token = self.tokens.text, self.tokens.after(subject.end, end)
        if token is None or token.kind != "comparison":
            return False
        between = phrases().words["filler"].fullmatch(text, subject.end, token.start)
        stop = text.find(";", start, end)
        figure = FIGURE.search(text, token.end, end if stop < 0 else stop)
        return between is not None and figure is not None

    def _divides(self, start: int, end: int) -> bool:
        """Whether a clause behind an apposition goes on about what that explains: 占40%."""
        token = self.tokens.at(start, end) if self.at_commas else None
        return token is not None and token.kind in ("share", "completion")

    def _stands_out(self, start: int, end: int) -> bool:
        """Whether a clause can't be of the aside: it compares, or is of no use."""
        year = phrases().words["year"].match(self.tokens.text, start, end)
        token = self.tokens.at(year.end() if year else start, end)
        is_outcome = token and phrases().words["outcome"].fullmatch(token.match[0])
        is_other = token and (token.kind == "completion" or token.entry.get("stands_out"))
        is_share = token and token.kind == "share" and _is_of_whole(token)
        return bool(is_outcome or is_other or is_share) or self._compares(start, end)

    def _compares(self, start: int, end: int) -> bool:
        """Whether a clause tells a change against what hasn't been compared with yet."""
        token = self.tokens.at(start, end)
        if token is None or token.kind != "comparison":
            return False
        following = self.tokens.after(token.end, end)
        if following and following.kind == "subject":  # 与上年相比，收、支总计各减少…
            following = self.tokens.after(following.end, end)
        moves = following is not None and following.kind in ("rise", "fall")
        return moves and not self.is_told(token.entry.get("base"))


def _is_of_whole(share: Token) -> bool:
    """Whether a share is one of a total that it names: 占本年收入的5%."""
    whole = phrases().share_named(share.match["whole"] or "")
    return whole is not None and whole.dimensions is not None


def _explains(text: str, start: int, end: int) -> bool:
    """Whether a clause begins with what another reason is for: 比上年增加的原因是."""
    return phrases().words["lead"].match(text, start, end) is not None


def _is_other_reason(text: str, start: int, end: int) -> bool:
    """Whether a clause gives another reason: 支出增加的原因是."""
    return phrases().words["other_reason"].match(text, start, end) is not None
