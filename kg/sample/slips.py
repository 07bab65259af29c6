"""The ways in which people print something wrong: digits swapped, a figure from a row off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kg.sample.amounts import NumberForm, value
from kg.sample.dice import Dice
from kg.sample.report import Report
from kg.sample.slots import Slot
from kg.sample.words import opposite, words

#: What a slip makes of a slot's printed value; None where the slot gives it no chance.
Slip = Callable[[Slot, Report, Dice], str | None]

#: How far off an amount (万元) and a rate (%) must be for nobody to call it rounding, and how many
#: units of its last printed place.
CLEAR_AMOUNT = Decimal("0.05")
CLEAR_RATE = Decimal("0.3")
CLEAR_STEPS = 2

#: A word on the budget follows its rate of completion within so many slots.
AHEAD = 4

_RATES = ("completion", "execution", "growth", "share")


#: What a spreadsheet prints of a broken formula.
BROKEN = "#REF!"


def amount(slot: Slot, report: Report, dice: Dice) -> str | None:
    """Two digits swapped, one mistyped, or the figure of another place."""
    return _first_clear(slot, report, dice, CLEAR_AMOUNT)


def percent(slot: Slot, report: Report, dice: Dice) -> str | None:
    """Two digits swapped, one mistyped, or the rate of another place."""
    return _first_clear(slot, report, dice, CLEAR_RATE)


def grown(slot: Slot, report: Report, dice: Dice) -> str | None:
    """As a rate, so far off that no amounts that round to the printed change and base make it."""
    changes = (s for s in report.slots if s.label == "change" and s.place == slot.place)
    change = next((value(s.printed) for s in changes if s.dimensions == slot.dimensions), None)
    rate = value(slot.printed)
    if change is None or not change or not rate:
        return percent(slot, report, dice)
    before = change * 100 / rate
    clear = 2 * (Decimal("0.5") + rate * Decimal("0.01")) / before
    return _first_clear(slot, report, dice, max(CLEAR_RATE, clear))


def rated(slot: Slot, report: Report, dice: Dice) -> str | None:
    """As an amount, so far off that no percentage printed of it fits, however roughly rounded."""
    rates = [s.printed for s in report.slots if s.label in _RATES and _is_of_same(s, slot)]
    shares = (CLEAR_STEPS * _step(r) / value(r) for r in rates if value(r))
    clear = value(slot.printed) * max(shares, default=Decimal(0))
    return _first_clear(slot, report, dice, max(CLEAR_AMOUNT, clear))


def prior(slot: Slot, report: Report, dice: Dice) -> str | None:
    """Last year's figure left standing."""
    a = report.accounts
    if a.prior is None or abs(a.grand_total - a.prior.grand_total) < 100:
        return amount(slot, report, dice)
    printed, unit = slot.printed, slot.unit.printed if slot.unit else slot.counted_in
    form = NumberForm("," in printed, printed[-3:-2] == ".", unit=unit)
    return form.money(a.prior.grand_total)


def direction(slot: Slot, _report: Report, _dice: Dice) -> str | None:
    """增加 for 减少, or the other way round."""
    return opposite(slot.printed)


def against(slot: Slot, report: Report, _dice: Dice) -> str | None:
    """大于 for 小于, where the budget isn't all but spent."""
    before = report.slots[: report.slots.index(slot)][-AHEAD:]
    rates = [value(s.printed) for s in before if s.label == "completion" and s.place == slot.place]
    return opposite(slot.printed) if rates and abs(rates[-1] - 100) >= 1 else None


def money_unit(slot: Slot, report: Report, _dice: Dice) -> str | None:
    """万 left out, or put in; 0 would be the same with it."""
    amount_of = next(s for s in report.slots if s.unit is slot)
    return ("元" if slot.printed == "万元" else "万元") if value(amount_of.printed) else None


def name(slot: Slot, _report: Report, dice: Dice) -> str | None:
    """One character taken for another that looks like it."""
    lookalikes: dict[str, str] = words()["lookalikes"]
    places = [n for n, c in enumerate(slot.printed) if c in lookalikes]
    if not places:
        return None
    n = dice.choice(places)
    return slot.printed[:n] + lookalikes[slot.printed[n]] + slot.printed[n + 1 :]


def neighbour_name(slot: Slot, report: Report, _dice: Dice) -> str | None:
    """The name of the row below or above, as when a column slips."""
    names = [s for s in report.slots if s.label == slot.label and s.place == slot.place]
    n = names.index(slot)
    others = [s.printed for s in names[n + 1 : n + 2] + names[max(0, n - 1) : n]]
    return next((other for other in others if other != slot.printed), None)


def code(slot: Slot, _report: Report, dice: Dice) -> str | None:
    """The last digit of a code taken for the one above or below it on the keyboard."""
    digit = int(slot.printed[-1])
    return slot.printed[:-1] + str(dice.choice([d for d in (digit - 1, digit + 1) if 0 < d < 10]))


def other_class(slot: Slot, report: Report, dice: Dice) -> str | None:
    """The class of another 科目 of the report, as when a line is copied from the one above."""
    names = {s.printed for s in report.slots if s.label == "path-class"} - {slot.printed}
    return dice.choice(sorted(names)) if names else None


def count(slot: Slot, _report: Report, dice: Dice) -> str | None:
    """One or two more or fewer."""
    number = int(slot.printed)
    off = dice.choice((1, -1, 2)) if number > 1 else 1
    return str(number + off)


def year(slot: Slot, _report: Report, dice: Dice) -> str | None:
    """The year of an older report that the text was copied from, or the report's own."""
    return str(int(slot.printed) + dice.choice((-1, 1)))


def beyond(slot: Slot, _report: Report, _dice: Dice) -> str | None:
    """A digit too many before the point: more than all of it."""
    return f"{slot.printed[0]}{slot.printed}" if value(slot.printed) >= 11 else None


def dropped(_slot: Slot, _report: Report, _dice: Dice) -> str | None:
    """Left out."""
    return ""


def note(slot: Slot, report: Report, _dice: Dice) -> str | None:
    """Left out below a table that is blank; noughts say themselves that there was nothing."""
    grid = report.grids.get(slot.place)
    if grid is None or report.draft.slots_in("".join("".join(row) for row in grid.rows)):
        return None
    return ""


def broken(_slot: Slot, _report: Report, _dice: Dice) -> str | None:
    """What a spreadsheet prints where its formula broke."""
    return BROKEN


def placeholder(_slot: Slot, _report: Report, dice: Dice) -> str | None:
    """The template's own word left in."""
    holders: list[str] = words()["template"]["placeholders"]
    return dice.choice(holders)


def instruction(slot: Slot, _report: Report, dice: Dice) -> str | None:
    """With what the template says to whoever fills it in."""
    said: list[str] = words()["template"]["instructions"]
    return slot.printed + dice.choice(said)


def undecided(slot: Slot, _report: Report, _dice: Dice) -> str | None:
    """Both words that the template offers; only where it is the first that is right."""
    pairs: dict[str, str] = words()["template"]["choices"]
    return pairs.get(slot.printed)


def _first_clear(slot: Slot, report: Report, dice: Dice, clear: Decimal) -> str | None:
    """The first slip that changes the value clearly, and keeps its size."""
    right = value(slot.printed)
    clear = max(clear, CLEAR_STEPS * _step(slot.printed), right / 1000)
    for way in dice.shuffled((_swapped, _mistyped, _neighbours)) + [_mistyped] * 4:
        found = way(slot, report, dice)
        if found is None:
            continue
        wrong = value(found)
        if abs(wrong - right) >= clear and wrong <= right * 3 / 2 + 1:
            return found
    return None


def _step(printed: str) -> Decimal:
    """A unit of the last printed place."""
    return Decimal(1).scaleb(-len(printed.partition(".")[2]))


def _is_of_same(one: Slot, other: Slot) -> bool:
    """Whether two slots of a place are about the same, be it budget or final."""
    if one.dimensions is None or other.dimensions is None or one.place != other.place:
        return False
    return replace(one.dimensions, phase=other.dimensions.phase) == other.dimensions


def _swapped(slot: Slot, _report: Report, dice: Dice) -> str | None:
    """Two neighbouring digits in each other's place."""
    text = slot.printed
    pairs = [
        n
        for n, (a, b) in enumerate(pairwise(text))
        if a.isdigit() and b.isdigit() and a != b and not (n == 0 and b == "0")
    ]
    if not pairs:
        return None
    n = dice.choice(pairs)
    return text[:n] + text[n + 1] + text[n] + text[n + 2 :]


def _mistyped(slot: Slot, _report: Report, dice: Dice) -> str | None:
    """A digit taken for the next one on the keyboard."""
    text = slot.printed
    n = dice.choice([n for n, c in enumerate(text) if c.isdigit()])
    digit = int(text[n])
    new = digit + 1 if digit == 0 or (digit < 9 and dice.chance(50)) else digit - 1
    if n == 0 and new == 0:
        new = digit + 1
    return text[:n] + str(new) + text[n + 1 :]


def _neighbours(slot: Slot, report: Report, _dice: Dice) -> str | None:
    """The figure that stands next to it among those of the same kind and place."""
    like = [s for s in report.slots if s.label == slot.label and s.place == slot.place]
    n = like.index(slot)
    others = like[n + 1 : n + 2] + like[max(0, n - 1) : n]
    return next((s.printed for s in others if s.rule is None), None)


SLIPS: dict[str, Slip] = {
    "amount": amount,
    "percent": percent,
    "grown": grown,
    "rated": rated,
    "prior": prior,
    "direction": direction,
    "against": against,
    "money-unit": money_unit,
    "name": name,
    "neighbour-name": neighbour_name,
    "code": code,
    "other-class": other_class,
    "count": count,
    "year": year,
    "beyond": beyond,
    "dropped": dropped,
    "note": note,
    "broken": broken,
    "placeholder": placeholder,
    "instruction": instruction,
    "undecided": undecided,
}
