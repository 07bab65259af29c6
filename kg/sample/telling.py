"""What the report's templates call: each figure becomes a slot that knows what it states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.facts import Dimensions
from kg.sample.accounts import Accounts, Project
from kg.sample.amounts import NumberForm
from kg.sample.dice import Dice
from kg.sample.labels import label, printed_function
from kg.sample.slots import Draft, Slot, Span
from kg.sample.wordings import Wordings
from kg.sample.words import is_fall, words

#: The item that three-public spending is as a whole.
PUBLIC = "three-public"


class Telling:
    """The voice of one report; `place` is where it has got to."""

    def __init__(
        self, accounts: Accounts, form: NumberForm, voice: dict[str, str], dice: Dice, draft: Draft
    ) -> None:
        self.accounts = accounts
        self.form = form
        self.voice = voice
        self.dice = dice
        self.draft = draft
        self.place = ""
        self.wordings = Wordings(dice)
        self._change: Slot | None = None
        self._final: Slot | None = None
        #: The path that was printed last, as the slot of its class, and its code.
        self._path: tuple[Slot, str] | None = None

    def at(self, place: str) -> str:
        """From here on, figures are stated at `place`; prints nothing."""
        self.place = place
        return ""

    # --- names and words

    def unit(self) -> str:
        return self._mark(Slot("unit-name", self.accounts.unit.name, self.place))

    def title(self, text: str) -> str:
        return self.draft.around(Span("title", self.place), text)

    def label(self, code: str) -> str:
        return label(code)

    def last(self) -> str:
        """The year before, where errors can be planted."""
        return self._mark(Slot("comparison-year", str(self.accounts.year - 1), self.place))

    def titled(self) -> str:
        """The year of the report in a title, where errors can be planted."""
        return self._mark(Slot("title-year", str(self.accounts.year), self.place))

    def against(self, word: str) -> str:
        """大于 or 小于 the budget, where errors can be planted."""
        return self._mark(Slot("against", word, self.place))

    def part(self, of: str, hundredths: int) -> str:
        """An amount in an evaluation's own words, which is no statement of the accounts."""
        return self._mark(Slot(of, self.form.money(hundredths), self.place)) + "万元"

    def rate(self, of: str, part: int, whole: int) -> str:
        """A percentage in an evaluation's own words."""
        printed = self.form.percent(part, whole)
        return self._mark(Slot(of, printed, self.place)) + self.voice["percent"]

    def note(self, place: str, text: str) -> str:
        """The note below an empty table, which can be left out."""
        return self._mark(Slot("note", text, place))

    def path(self, code: str, *, codes: bool = False) -> str:
        """名（类）名（款）名（项）, or with its codes 名（201类）名（03款）名（01项）."""
        lengths = [n for n in (3, 5, 7) if n <= len(code)]
        names = [label(code[:n]) for n in lengths]
        levels = ["类", "款", "项"][: len(names)]
        if len(names) > 1 and not codes:
            of_class = Slot("path-class", names[0], self.place)
            self._path = of_class, code
            names[0] = self._mark(of_class)
        if codes:
            ends = [code[n - 3 if n == 3 else n - 2 : n] for n in lengths]
            levels = [f"{end}{level}" for end, level in zip(ends, levels, strict=True)]
        named = zip(names, levels, strict=True)
        return "".join(f"{name}{self.bracketed(level)}" for name, level in named)

    def class_name(self, code: str) -> str:
        name = label(code)
        return name.removesuffix("支出") if self.voice["class_name"] == "short" else name

    def bracketed(self, text: str) -> str:
        brackets = self.voice["brackets"]
        return f"{brackets[0]}{text}{brackets[1]}"

    def number(self, n: int) -> str:
        """The mark of a list's item."""
        return self.voice["mark"].format(n)

    def choice(self, *options: str) -> str:
        return self.dice.choice(options)

    def count(self, of: str, number: int, unit: str, item: str) -> str:
        """A number of things (no money), where errors can be planted."""
        return self.counted(number, unit, item, f"count-{of}")

    def counted(self, number: int, unit: str, item: str, kind: str = "count") -> str:
        """A number of things with its unit."""
        slot = Slot(kind, str(number), self.place, counted_in=unit)
        slot.dimensions = Dimensions(self.accounts.year, self.place, item=item)
        return self._mark(slot) + unit

    # --- figures

    def money(self, hundredths: int, function_text: str | None = None, **about: Any) -> str:
        """A stated amount with its unit."""
        unit = Slot("money-unit", self.form.unit, self.place)
        slot = Slot("statement", self.form.money(hundredths), self.place, unit=unit)
        slot.dimensions = self._dimensions(about, function_text)
        if slot.dimensions.phase == "final":
            self._final, self._change = slot, None
        return self._mark(slot) + self._mark(unit)

    def compared(self, subject: str, now: int, before: int, *, each: bool = False, **a: Any) -> str:
        """与上年相比: the change, and the growth if there was anything before."""
        year = self.last()
        if now == before:
            self._change = None
            return f"{subject}与{year}年度持平"
        change = self.change(now, before, "prior-year", **a)
        return f"与{year}年度相比，{subject}{'各' if each else ''}{change}"

    def moved(
        self, now: int, before: int, base: str = "prior-year", *, lead: str = "", **about: Any
    ) -> str:
        """A change with its growth, or that there was none."""
        if now == before:
            self._change = None
            same = self.wordings.same
            return same if base == "prior-year" else same.replace("上年", "预算")
        return lead + self.change(now, before, base, **about)

    def change(self, now: int, before: int, base: str, **about: Any) -> str:
        """增加…万元，增长…%, or downward."""
        upward = now > before
        words_of = self.wordings.rises if upward else self.wordings.falls
        # without a growth beside it, nothing in the report contradicts a wrong word
        word = Slot("direction" if before else "word", words_of[0], self.place)
        again = Slot("word", words_of[1], self.place)
        slot = Slot("change", self.form.money(abs(now - before)), self.place, base=base)
        slot.dimensions, slot.direction = self._dimensions(about), word
        slot.counted_in = self.form.unit
        self._change = slot
        amount = f"{self._mark(slot)}{self.form.unit}"
        if not before:
            return self._mark(word) + amount
        growth = Slot("growth", self.form.percent(now - before, before), self.place)
        growth.base, growth.dimensions = f"change/{base}", slot.dimensions
        growth.direction = again
        # 同比 speaks of the year before, whatever stands before it
        moved = self.wordings.moved
        if base != "prior-year":
            moved = moved.replace("同比", "")
        return moved.format(
            word=self._mark(word),
            amount=amount,
            again=self._mark(again),
            growth=self._mark(growth) + self._percent_sign(),
        )

    def completed(self, part: int, whole: int, phase: str = "initial-budget", **about: Any) -> str:
        return self._ratio("completion", part, whole, f"phase/{phase}", self._dimensions(about))

    def share(self, part: int, whole: int, base: str, text: str | None = None, **about: Any) -> str:
        return self._ratio("share", part, whole, f"share/{base}", self._dimensions(about, text))

    def of_public(self, item: str, lead: str = "占") -> str:
        """，占…% of three-public spending, where there was any."""
        public = self.accounts.three_public
        if not public[PUBLIC]:
            return ""
        about = {"fund": "fiscal", "item": item}
        return f"，{lead}{self.share(public[item], public[PUBLIC], PUBLIC, **about)}"

    def composed(self, codes: Sequence[str], **about: Any) -> str:
        """The names of the economic items that a figure is made up of."""
        span = Span("composition", self.place, economic=tuple(codes))
        span.dimensions = self._dimensions(about)
        return self.draft.around(span, "、".join(map(label, codes)))

    def itemised(self, codes: Sequence[str], nature: str) -> str:
        """Economic items of basic expenditure of a kind with what each cost."""
        about = {"fund": "general", "nature": nature}
        amounts = self.accounts.economic
        return "、".join(label(c) + self.money(amounts[c], economic=c, **about) for c in codes)

    def _ratio(self, kind: str, part: int, whole: int, base: str, about: Dimensions) -> str:
        slot = Slot(kind, self.form.percent(part, whole), self.place, about, base)
        return self._mark(slot) + self._percent_sign()

    def _percent_sign(self) -> str:
        return self._mark(Slot("percent-sign", self.voice["percent"], self.place))

    def _dimensions(self, about: dict[str, Any], text: str | None = None) -> Dimensions:
        code = about.get("function")
        if code:
            about = {**about, "function": printed_function(code, text)}
        return Dimensions(self.accounts.year, self.place, **about)

    def _mark(self, slot: Slot) -> str:
        """The mark of a slot, which belongs to the path that was last printed if it is about it."""
        if self._path and slot.dimensions and slot.dimensions.function:
            path, code = self._path
            if path.place == slot.place and slot.dimensions.function.code == code:
                slot.name = path
        return self.draft.mark(slot)

    # --- reasons and self-evaluations

    def because(self, lead: str | None = None) -> str:
        """The reason for the last change, to the end of the sentence."""
        if self._change is None or self._change.direction is None:
            return "。"
        upward = not is_fall(self._change.direction.printed)
        lead = self.voice["reason"] if lead is None else lead
        return lead + self.reason("rise" if upward else "fall", self._change) + "。"

    def reason_of(self, kind: str, **about: Any) -> str:
        """A reason for the last figure of these dimensions that was stated at this place."""
        dimensions = self._dimensions(about)
        for slot in reversed(self.draft.slots):
            if slot.label == "statement" and slot.dimensions == dimensions:
                return self.reason(kind, slot)
        raise ValueError(f"nothing was said of {dimensions} at {self.place}")

    def reason(self, kind: str, explained: Slot | None = None) -> str:
        """A reason of some kind for a figure; without one, for the last that was stated."""
        explained = explained or self._final
        assert explained is not None
        reasons = words()["reasons"][kind]
        text = "；".join(self.dice.some(reasons, 1 if self.dice.chance(70) else 2))
        return self.draft.around(Span("explanation", self.place, explains=(explained,)), text)

    def evaluated(self, budget: int, executed: int, project: Project | None, outputs: str) -> str:
        """A self-evaluation of a project, or of the whole unit."""
        span = Span("evaluation", self.place)

        def figure(name: str, printed: str) -> str:
            slot = Slot("execution" if name == "rate" else "project", printed, self.place)
            span.figures[name] = slot
            return self._mark(slot)

        def text(name: str, printed: str) -> str:
            return self.voice[name] + self.draft.text(span, name, f"{printed}。")

        said = f"全年预算数为{figure('budget', self.form.money(budget))}万元，"
        said += f"执行数为{figure('executed', self.form.money(executed))}万元，"
        rate = figure("rate", self.form.percent(executed, budget))
        said += f"完成预算的{rate}{self.voice['percent']}。"
        said += text("outputs", outputs)
        if project:
            name = self.draft.text(span, "project", project.name)
            said = f"{name}项目绩效自评综述：项目{said}"
            if project.problems and project.improvements:
                said += text("problems", project.problems)
                said += text("improvements", project.improvements)
        return self.draft.around(span, said)
