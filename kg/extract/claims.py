"""What one figure of the text states: by its subject, and by the words that it stands behind."""

from __future__ import annotations

import dataclasses
from typing import Literal

from kg.extract.amounts import money_of, nothing_of, percent_of
from kg.extract.phrases import Scanner, Token, phrases
from kg.facts import ALL, Change, ChangeBase, Dimensions, Money, Phase, Ratio, RatioKind, Statement
from kg.outline import Stream
from kg.record import record

#: Between what is compared with and its amount; 与上年相比 doesn't speak of an amount.
LEVEL_GAPS = ("", "的", "为", "数", "数为", "合计", "总额")
LEVEL_STOPS = ("相比", "对比", "相较", "同比")
#: What tells whose a figure is, and not what else it may be.
NAMED = ("subject", "function", "phase")

Figure = Statement | Ratio | Change


@record
class Said:
    """What is said up to a figure.

    `subject` is whose figure it is, `cue` the token before it with `gap` between; `phase_year` is
    the year that a phase is said of, `comparison` what the sentence compares with, `budget` the
    budget that it names.
    """

    subject: Dimensions
    cue: Token
    gap: str
    phase_year: int
    comparison: ChangeBase
    budget: ChangeBase | None = None


def claim(stream: Stream, scanner: Scanner, said: Said, figure: Token) -> Figure | None:
    """The fact that a figure states; None where its words don't say."""
    if not phrases().words["filler"].fullmatch(said.gap):
        return None
    if figure.kind == "money":
        return _amount(said, money_of(stream, figure.match, _sign(said.cue)))
    if said.cue.kind in NAMED and (nothing := nothing_of(stream, figure.match)):
        return _amount(said, nothing)
    return _percentage(stream, scanner, said, figure)


def _amount(said: Said, money: Money) -> Statement | Change | None:
    moves = "sign" in said.cue.entry
    if said.cue.kind in ("rise", "fall") or (said.cue.kind == "comparison" and moves):
        return Change(said.subject, said.comparison, money)
    of = _whose(said)
    return Statement(of, money) if of else None


def _whose(said: Said) -> Dimensions | None:
    """Whose an amount is that tells no change, by what it stands behind."""
    match said.cue.kind:
        case "subject" | "function":
            return said.subject
        case "phase":
            phase, year = said.cue.entry["phase"], said.phase_year
            return dataclasses.replace(said.subject, phase=phase, fiscal_year=year)
        case "completion":  # 完成年初预算80万元的95%
            return _budget_completed(said)
        case "share":  # 占本年支出80万元的5%
            return _whole_shared(said)
        case "comparison":
            return _compared_with(said)
    return None


def _percentage(stream: Stream, scanner: Scanner, said: Said, figure: Token) -> Ratio | None:
    cue = said.cue
    kind: RatioKind
    base: str | None
    match cue.kind:
        case "completion":
            kind, base = cue.entry.get("ratio", "completion"), cue.entry.get("base")
            if kind == "growth" and said.budget:
                base = f"change/{said.budget}"  # 全年预算数…,决算数…,预决算差异率
        case "share":
            kind, base = "share", _whole(scanner, said.subject, cue.match["whole"])
            if base is None and phrases().shares_of(said.subject.item):
                return None
        case "rise" | "fall":
            kind, base = "growth", f"change/{said.comparison}"
        case _:
            return None
    percent = percent_of(stream, figure.match, _sign(cue))
    return Ratio(said.subject, kind, percent.value, percent.reported, percent.passage, base)


def _sign(cue: Token) -> int:
    """-1 for what is less; some comparisons say themselves which way: 低于年初预算数."""
    sign: int = cue.entry.get("sign", -1 if cue.kind == "fall" else 1)
    return sign


def _budget_completed(said: Said) -> Dimensions | None:
    """The budget that is said to be completed, where its amount is told."""
    kind, _, phase = said.cue.entry.get("base", "").partition("/")
    return dataclasses.replace(said.subject, phase=phase) if kind == "phase" else None


def _whole_shared(said: Said) -> Dimensions | None:
    """Whose the amount is that something is a share of."""
    share = phrases().share_named(said.cue.match["whole"] or "")
    if share is None or share.dimensions is None:
        return None
    of = said.subject
    return Dimensions(of.fiscal_year, of.place, **share.dimensions)  # type: ignore[arg-type]


def _compared_with(said: Said) -> Dimensions | None:
    """What is compared with, where its amount is told: 比上年决算数80万元增加…."""
    words = said.cue.match[0]
    if said.gap not in LEVEL_GAPS or words.endswith(LEVEL_STOPS):
        return None
    base: Phase | Literal["prior-year"] = said.cue.entry["base"]
    if base != "prior-year":
        return dataclasses.replace(said.subject, phase=base)
    year = said.cue.year_named or said.subject.fiscal_year - 1
    return dataclasses.replace(said.subject, fiscal_year=year)


def _whole(scanner: Scanner, subject: Dimensions, printed: str) -> str | None:
    """What a share is a share of, where the words are known; a part's may be one of its whole."""
    if not printed:
        is_part = subject.part or (subject.function and subject.nature != ALL)
        return None if is_part or subject.economic != ALL else scanner.whole(subject.flow)
    return phrases().share(printed, subject.item)
