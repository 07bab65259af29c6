"""Whose figure comes next: the subjects that sentences name, go on about, or leave open."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

from kg.facts import ChangeBase, Dimensions, Flow


@dataclass
class Subjects:
    """The subjects of an item, up to where it has been read.

    `current` is whose figure comes next, None where that isn't known; `joint` are several that
    share the figures to come; `head` is the item's first subject, which a sentence goes on about
    that names none. Of the sentence, `named` tells whether it has named a subject, `lost` whether
    one that we don't know, `compared` whether it compares one of the sentence before, `passing`
    whether the last has no more than its own figure; `told` are its subjects that had figures, each
    with what it was compared with, `told_before` those of the last sentence that had any; `whole`
    is what a sentence tells the parts of, `whole_before` what that sentence did.
    `last_of_flow` is what 收入 and 支出 mean by themselves.
    """

    head: Dimensions | None = None
    current: Dimensions | None = None
    joint: list[Dimensions] = field(default_factory=list)
    named: bool = False
    lost: bool = False
    compared: bool = False
    passing: bool = False
    told: dict[Dimensions, set[ChangeBase]] = field(default_factory=dict)
    told_before: dict[Dimensions, set[ChangeBase]] = field(default_factory=dict)
    whole: Dimensions | None = None
    whole_before: Dimensions | None = None
    last_of_flow: dict[str, Dimensions] = field(default_factory=dict)

    def copy(self) -> Subjects:
        """The same subjects, whose changes are its own."""
        return dataclasses.replace(
            self,
            joint=[*self.joint],
            told={**self.told},
            told_before={**self.told_before},
            last_of_flow={**self.last_of_flow},
        )

    def name(
        self,
        subject: Dimensions,
        *,
        joins: bool = False,
        passing: bool = False,
        aside: bool = False,
    ) -> None:
        """A subject for what follows; one that joins the subject before shares its figures.

        Words that recall the last subject don't mean one named `aside`.
        """
        self.named, self.passing = True, passing
        if joins and (self.current or self.joint):
            self.joint = [*(self.joint or [self.current]), subject]  # type: ignore[list-item]
            self.current = None
            return
        self.joint = []
        self.current = subject
        if not aside and not subject.item.endswith("carry-over"):
            self.last_of_flow[subject.flow] = subject
        if not passing:
            self.head = self.head or subject

    def recalled(self, flow: str) -> Dimensions | None:
        """Who 收入 or 支出 alone is: the last of that flow; behind all its parts, the whole."""
        last, head = self.last_of_flow.get(flow), self.head
        is_part = last != head and last in self.told_before and head in self.told_before
        return head if is_part and not self.told and head and head.flow == flow else last

    def has_told(self) -> bool:
        """Whether the item has told a figure of anybody."""
        return bool(self.told or self.told_before)

    def told_parts(self) -> bool:
        """Whether the sentence before told figures of several 科目, and none is named since."""
        functions = {subject.function for subject in self.told_before if subject.function}
        return len(functions) > 1 and self.head in self.told_before

    def lose(self) -> None:
        """What follows in the sentence is about something that we don't know."""
        self.named, self.lost, self.current, self.joint = True, True, None, []

    def resume(self) -> None:
        """A sentence without a subject of its own goes on about the item's first."""
        if not self.named:
            if not (self.compared and self.current):
                self.current, self.joint = self.head, []
            self.named = self.current is not None

    def compare(self, base: ChangeBase) -> None:
        """After a sentence on several subjects the one not compared yet is, or their whole.

        What compares both totals of income and expenditure, which are the same, is of both.
        """
        totals = [s for s in [*self.told][-2:] if s.item == "grand-total"]
        if totals[1:] == [self.current] and not any(base in self.told[s] for s in totals):
            self.share()
        if not self.named and self.told_before:
            self.compared = True
            told = [*self.told_before]
            left = [subject for subject in told if base not in self.told_before[subject]]
            if len(told) > 1 and len(left) == len(told):
                self.current = self.whole_before
            elif len(told) == 1 or len(left) == 1:
                self.current = (left or told)[0]
            else:
                self.current = None

    def is_compared(self, base: ChangeBase) -> bool:
        """Whether the sentence has compared its subject with something."""
        return self.current is not None and base in self.told.get(self.current, ())

    def share(self) -> None:
        """What follows is of income and expenditure alike, if the last two told are such a pair."""
        if self.joint or not self.current:
            return
        pair = [*(self.told or self.told_before)][-2:]
        both = {dataclasses.replace(subject, flow="both") for subject in (*pair, self.current)}
        if {"income", "expenditure"} <= {subject.flow for subject in pair} and len(both) == 1:
            self.current = both.pop()

    def respective(self, count: int) -> list[Dimensions]:
        """Those of whom so many figures are told respectively, where that is sure."""
        of = self.joint or [*(self.told or self.told_before)][-count:]
        if self.current and self.current.flow == "both":  # 收、支总计分别为
            flows: tuple[Flow, ...] = ("income", "expenditure")
            of = [dataclasses.replace(self.current, flow=flow) for flow in flows]
        return of if len(of) == count and not self.lost else []

    def fund_told(self) -> str | None:
        """The fund that all figures of the sentence so far are of."""
        funds = {subject.fund for subject in self.told}
        return funds.pop() if len(funds) == 1 else None

    def tell(self, subject: Dimensions, base: ChangeBase | None = None) -> None:
        """A subject had a figure, or was compared."""
        bases = self.told.setdefault(subject, set())
        if base:
            bases.add(base)

    def end_sentence(self) -> None:
        """The next sentence may name subjects of its own."""
        if self.told:
            self.told_before, self.whole_before = self.told, self.whole
        if self.passing:
            self.current, self.passing = None, False
            self.last_of_flow.clear()
        self.told, self.named, self.lost, self.joint = {}, False, False, []
        self.compared = False
        self.whole = None
