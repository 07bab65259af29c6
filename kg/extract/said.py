"""What is said up to a figure, of each subject that it is told of; what leads to a reason."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from kg.extract.claims import Said
from kg.extract.context import Context
from kg.extract.numbers import decimal
from kg.extract.phrases import Token, phrases
from kg.extract.reasons import Lead
from kg.facts import Dimensions, Direction

#: No more subjects than these are told of respectively.
IN_A_ROW = 8
#: What the clause before a reason's may end in, and how long the reason's own may be.
CLAUSE_ENDS = ",;。:"
LEAD_LENGTH = 40


def said_of(context: Context, token: Token) -> Iterator[Said]:
    """What is said up to a figure, of each subject that it is told of."""
    if context.shared and _goes_on(context, token):
        yield context.shared.popleft()
        return
    context.shared.clear()
    cue, subjects = context.previous, context.subjects
    moves = cue is not None and cue.kind in ("comparison", "rise", "fall")
    if cue is None or (moves and context.compares_unknown):
        return
    between = context.text[context.told_to : token.start]
    respectively = phrases().words["respectively"].search(between)
    if respectively and (count := _in_a_row(context, token)) > 1:
        of = subjects.respective(count)
        context.shared.extend(_said(context, subject, cue, context.gap(token)) for subject in of)
        if context.shared:
            yield context.shared.popleft()
    elif subjects.current:
        yield _said(context, subjects.current, cue, context.gap(token))
    elif _is_of_each(context, token):
        for subject in subjects.joint:
            yield _said(context, subject, cue, context.gap(token))


def _goes_on(context: Context, token: Token) -> bool:
    """Whether a figure follows on that of another subject: A、B分别为5万元、6万元."""
    kinds = ("money", "percent")
    follows = context.previous is not None and context.previous.kind == token.kind
    next_figure = phrases().words["next_figure"]
    return follows and token.kind in kinds and bool(next_figure.fullmatch(context.gap(token)))


def _in_a_row(context: Context, token: Token) -> int:
    """How many figures of its kind follow on each other, this one the first."""
    count, position = 1, token.end
    while count <= IN_A_ROW:
        joint = phrases().words["next_figure"].match(context.text, position)
        following = context.tokens.at(joint.end()) if joint else None
        if following is None or following.kind != token.kind:
            break
        count, position = count + 1, following.end
    return count


def _is_of_each(context: Context, token: Token) -> bool:
    """Whether a figure is of each of the joint subjects: 均为5万元; and so is nothing."""
    each = phrases().words["each"].search(context.text, context.joined_at, token.start)
    return each is not None or not decimal(token.match["amount"] or token.match["percent"])


def _said(context: Context, subject: Dimensions, cue: Token, gap: str) -> Said:
    told = context.year_of(cue) if cue.kind in ("subject", "function", "phase") else None
    year = told or subject.fiscal_year
    if cue.kind in ("rise", "fall"):  # what moved is the year's, 2022年80万元，增加5万元
        subject = dataclasses.replace(subject, fiscal_year=context.classifier.year)
    elif context.divided and cue.kind in ("subject", "function"):
        of = context.divided  # 年初预算5万元，其中:基本支出3万元 tells the budget's
        subject = dataclasses.replace(subject, phase=of.phase, fiscal_year=of.fiscal_year)
    return Said(subject, cue, gap, year, context.comparison or "prior-year", context.budget)


def lead_to(context: Context, token: Token) -> Lead:
    """What leads to a reason."""
    first = max(context.tokens.start, token.start - LEAD_LENGTH)
    ends = (context.text.rfind(sign, first, token.start) for sign in CLAUSE_ENDS)
    start = max(first, max(ends) + 1)
    lead = phrases().words["lead"].match(context.text, start, token.end)
    subjects = context.subjects
    # a sentence that names nobody goes on about the whole of the one before
    whole = None if subjects.named else subjects.whole_before
    return Lead(
        subjects.current or whole,
        is_named=context.named_at >= context.told_to,
        head=subjects.head if context.is_behind("end") else None,
        against=_against(lead),
        direction=_direction(lead) or _moved(token),
        is_weak=token.match["weak"] is not None,
    )


def _against(lead: re.Match[str] | None) -> str | None:
    """What the words before a reason compare the accounts with, if they do: budget or last."""
    if lead is None:
        return None
    return "budget" if lead["budget"] else "last"


def _direction(lead: re.Match[str] | None) -> Direction | None:
    """Where they have the accounts against the year's budget."""
    if lead is None or lead["last"] or lead["earlier"]:
        return None
    if lead["above"]:
        return "above"
    if lead["below"]:
        return "below"
    return "level" if lead["level"] else None


def _moved(token: Token) -> Direction | None:
    """Which way the words of a reason have moved what it is for: 增加的主要原因."""
    words = phrases().words
    more, less = (words[way].search(token.match[0]) is not None for way in ("more", "less"))
    return None if more == less else "more" if more else "less"
