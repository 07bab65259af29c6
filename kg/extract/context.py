"""What a sentence has said up to where it is read: whose figures, of which year, against what."""

from __future__ import annotations

import dataclasses
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from kg.extract.claims import Said
from kg.extract.phrases import Token, phrases
from kg.extract.references import Reference
from kg.extract.subjects import Subjects
from kg.extract.tokens import Tokens
from kg.facts import ALL, ChangeBase, Dimensions, Flow, Function, Planned

#: What stands for each character of a remark while a sentence is read.
BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"
#: What may be a word or more before how it moved.
LED = ("comparison", "subject", "function", "phase")
#: What a clause ends with.
CLAUSE = re.compile(r"[,;。:、(]")
#: How long the name of an income may be, right before its amount.
INCOME_LENGTH = 10


@dataclass
class Context:
    """What has been said in an item, up to where it has been read.

    `above` is the class that the section spoke of last. `previous` is the token before the next,
    `told_to` where the last figure ends, `named_at` where the sentence named its last subject,
    `joined_at` where the first of joint subjects ends; `shared` are those whose figures, told
    respectively, are still to come; `divided` is the figure whose parts are told, `budget` the one
    that the sentence named last; `compares_unknown` tells that it compares with what has no name.
    """

    tokens: Tokens
    subjects: Subjects = field(default_factory=Subjects)
    above: tuple[str | None, ...] = ()
    year_named: int | None = None
    comparison: ChangeBase | None = None
    compares_unknown: bool = False
    budget: Planned | None = None
    previous: Token | None = None
    told_to: int = 0
    named_at: int = -1
    joined_at: int = 0
    shared: deque[Said] = field(default_factory=deque)
    divided: Dimensions | None = None

    def __post_init__(self) -> None:
        self.text, self.scanner = self.tokens.text, self.tokens.scanner
        self.classifier = self.tokens.classifier
        self.told_to = self.tokens.start

    def remark(self, tokens: Tokens, divided: Dimensions | None) -> Context:
        """That of a remark: it goes on about the subject, and turns its sentence to no other."""
        inner = Context(tokens, self.subjects.copy())
        inner.comparison, inner.year_named = self.comparison, self.year_named
        inner.divided = divided
        return inner

    # --- whose figure

    def turn_to(self, token: Token) -> None:
        """A subject, for what follows in its sentence."""
        cue = self.previous
        joins = (
            cue is not None
            and cue.kind in ("subject", "function")
            and phrases().words["joins"].fullmatch(self.gap(token)) is not None
        )
        if not joins:
            self.joined_at = token.end
        if token.kind == "function":
            self._function(token, joins)
        else:
            self._subject(token, joins)
        if cue and self._compares(token):
            token = dataclasses.replace(cue, end=token.end)  # 比上年支出80万元 tells last year's
        else:
            self.named_at = token.start
        self.previous = token

    def compare(self, token: Token) -> Token:
        """A comparison, or which way a figure moved: with what, and whose; it says nothing of ours
        where something else did.
        """
        if self._moves_another(token):
            return dataclasses.replace(token, kind="difference")
        if token.kind == "comparison":
            self.compares_unknown = bool(token.entry.get("unknown"))
            self._turn_to_compared(token)
        self.comparison = self._base(token) or self.comparison
        self.subjects.compare(self.comparison or "prior-year")
        each = phrases().words["each"]
        if token.kind != "comparison" and each.match(self.text, token.start - 1):
            self.subjects.share()  # 各增加, 均减少
        return token

    def _moves_another(self, token: Token) -> bool:
        """Whether its clause says of something else that it rose or fell: ,群众满意度提高10%."""
        if token.kind == "comparison" or self.previous is None or self.previous.kind in LED:
            return False
        clause = CLAUSE.split(self.gap(token))[-1]
        return phrases().words["moves"].fullmatch(clause) is None

    def _turn_to_compared(self, token: Token) -> None:
        """比上年收入 compares the income, whoever was told last."""
        compared, current = token.match["compared"], self.subjects.current
        flow: Flow = "income" if compared == "收入" else "expenditure"
        if compared and current and current.flow not in (flow, "both"):
            other = self.subjects.recalled(flow)
            if other:
                self.subjects.name(other)

    def _base(self, token: Token) -> ChangeBase | None:
        """What a comparison is with; a year before the prior one where that was compared already.

        Another year by itself is rather a slip, or left from an older text.
        """
        base: ChangeBase | None = token.entry.get("base")
        year = token.year_named if base == "prior-year" else None
        is_earlier = year is not None and year < self.classifier.year - 1
        return "earlier-year" if is_earlier and self.subjects.is_compared("prior-year") else base

    def _compares(self, token: Token) -> bool:
        """Whether a subject is what a comparison right before it compares with: 比上年支出."""
        cue = self.previous
        if cue is None or cue.kind != "comparison":
            return False
        return self.text[cue.end : token.start] in ("", "的")

    def _subject(self, token: Token, joins: bool) -> None:
        entry = token.entry
        if entry.get("unknown") or not self._is_whole(token):
            self.subjects.lose()
            return
        recalled = self.subjects.recalled(entry.get("recalls", ""))
        passing = bool(entry.get("passing"))
        if beside := self._beside_income(token):
            self.subjects.name(beside)
            return
        if recalled:
            told = None if self._compares(token) else self._year_before(token)  # 上年收入70万元
            recalled = dataclasses.replace(
                recalled,
                fiscal_year=told or recalled.fiscal_year,
                fund=entry.get("fund", recalled.fund),
            )
            self.subjects.name(recalled, joins=joins, passing=passing)
            return
        if ";" in self.gap(token):
            self.divided = None
        given = dict(entry["dimensions"])
        if flow := entry.get("recalls"):
            given["flow"] = flow
        if entry.get("refines"):
            given = self._refined(given)
        elif given.keys() == {"flow"} and (function := self._headed()):
            given["function"] = function
        if entry.get("goes_on") and (fund := self.subjects.fund_told()):
            given["fund"] = fund
        subject, aside = self._dimensions(token, **given), bool(entry.get("aside"))
        self.subjects.name(subject, joins=joins, passing=passing, aside=aside)

    def _beside_income(self, token: Token) -> Dimensions | None:
        """Whose spending is, without a name, right behind an income: 基金收入5万元,支出4万元."""
        cue, told = self.previous, [*self.subjects.told]
        if cue is None or not told or token.entry.get("recalls") != "expenditure":
            return None
        of, before = told[-1], self.text[max(0, cue.start - INCOME_LENGTH) : cue.start]
        income = phrases().words["income_of"].search(before)
        is_income = of.flow == "income" and of.item == ALL and income is not None
        is_next = cue.kind in ("money", "percent") and self.gap(token) == ","
        return dataclasses.replace(of, flow="expenditure") if is_income and is_next else None

    def _headed(self) -> Function | None:
        """The 科目 that heads an item, until a figure is told: 其他支出(项)。本年支出5万元."""
        subjects = self.subjects
        return subjects.head.function if subjects.head and not subjects.has_told() else None

    def _refined(self, given: dict[str, Any]) -> dict[str, Any]:
        """Dimensions with those of what they are part of: the item's 科目, what 其中 divides."""
        head, whole = self.subjects.head, self.subjects.whole
        function = {"function": head.function} if head else {}
        nature = {"nature": whole.nature} if whole else {}
        return {**function, **nature, **given}

    def _is_whole(self, token: Token) -> bool:
        """Whether a subject isn't the end of a longer name, which would be another subject."""
        if not token.entry.get("stands_alone") or token.start == self.tokens.start:
            return True
        if self._compares(token):  # 比2022年度决算总收入
            return True
        return phrases().words["alone"].match(self.text, token.start) is not None

    def _function(self, token: Token, joins: bool = False) -> None:
        reference: Reference | None = token.entry.get("reference")
        if reference is None:
            function = self.classifier.of_name(token.match["class"])
        else:
            function = self.classifier.of_reference(reference, self.above)
            self.above = reference.names if reference.names[0] else self.above
        dimensions = self._dimensions(token, flow="expenditure", function=function)
        if not joins:
            self.subjects.head = None
        self.subjects.name(dimensions, joins=joins)

    def _dimensions(self, token: Token, **given: Any) -> Dimensions:
        year = self.year_of(token) or self.classifier.year
        return Dimensions(year, self.scanner.place, **{**self.scanner.defaults, **given})

    def year_of(self, token: Token) -> int | None:
        """The year that stands before a token, or before another one of its sentence."""
        if self._compares(token):
            return None
        told = self._year_before(token)
        if token.entry.get("own_year"):  # 上年支出, 本年支出
            return told or self.classifier.year
        self.year_named = told or self.year_named
        return self.year_named

    def _year_before(self, token: Token) -> int | None:
        """The year that stands before a token."""
        before = self.text[max(0, token.start - len("2023年度的")) : token.start]
        match = phrases().year_before.search(before) if "年" in before else None
        return int(match["year"] or self.classifier.year - 1) if match else None

    def resume(self, token: Token) -> None:
        """A budget, its completion, the accounts: of whom, where the sentence hasn't told."""
        self.divided = None
        alone = self.previous is None or self.previous.kind == "end"
        if token.entry.get("ratio") == "execution" and alone:
            self.subjects.name(self._dimensions(token), passing=True)
        whole = self.of_section(token)
        self.subjects.resume()
        if flow := token.entry.get("flow"):
            self._spend(flow, whole)
        if token.entry.get("phase", "final") != "final":
            self.budget = token.entry["phase"]
            if self._compares(token):
                self.comparison = self.budget  # 比2023年三公经费年初预算减少…

    def _spend(self, flow: Flow, whole: Dimensions | None) -> None:
        """全年支出: of the subject, or of the `whole` section where nobody else's is to come."""
        current = self.subjects.current
        if whole and (current is None or self.subjects.told_parts()):
            self.subjects.name(self.subjects.whole_before or whole)
        elif current and (current.flow != flow or current.item.endswith("carry-over")):
            self.subjects.name(dataclasses.replace(current, flow=flow, item=ALL))

    def of_section(self, token: Token) -> Dimensions | None:
        """Whose figures a sentence tells that names no subject: the section's own."""
        is_open = not self.subjects.named and self.scanner.place in phrases().by_function
        return self._dimensions(token) if is_open else None

    def end_sentence(self) -> None:
        """The next sentence may say something else."""
        self.subjects.end_sentence()
        self.shared.clear()
        self.year_named = self.comparison = self.budget = self.divided = None
        self.compares_unknown = False
        self.named_at = -1

    # --- what was read

    def is_behind(self, kind: str) -> bool:
        """Whether the token before is of a kind."""
        return self.previous is not None and self.previous.kind == kind

    def gap(self, token: Token) -> str:
        """What stands between the previous token and this one, without remarks."""
        start = self.previous.end if self.previous else token.start
        return self.text[start : token.start].replace(BLANK, "")
