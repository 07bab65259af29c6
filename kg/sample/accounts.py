"""The accounts of one unit for one year: the model that every printed figure is taken from.

Amounts are whole hundredths of 万元. Only the lines of expenditure, the economic items and a few
budgets are stored; every total is added up here, so that all identities hold by construction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.sample.units import Unit

FUNDS = ("general", "government-fund", "state-capital")
#: Classes of the economic classification: personnel and operating expenditure.
PERSONNEL = ("301", "303")
OPERATING = ("302", "310")


@dataclass(frozen=True, slots=True)
class Line:
    """What was spent on one item of the functional classification from one fund.

    `basic` and `project` are fiscal appropriation; `other_basic` and `other_project` aren't.
    """

    code: str
    fund: str
    basic: int = 0
    project: int = 0
    initial: int = 0
    opening: int = 0
    closing: int = 0
    other_basic: int = 0
    other_project: int = 0
    surplus_used: int = 0
    distributed: int = 0

    @property
    def fiscal(self) -> int:
        return self.basic + self.project

    @property
    def other(self) -> int:
        return self.other_basic + self.other_project

    @property
    def total(self) -> int:
        return self.fiscal + self.other

    @property
    def fiscal_income(self) -> int:
        """What came in this year: what was spent, less what was left, more what is left."""
        return self.fiscal - self.opening + self.closing

    @property
    def other_income(self) -> int:
        return self.other - self.surplus_used + self.distributed


@dataclass(frozen=True, slots=True)
class Project:
    """A project and its self-evaluation; texts as printed."""

    name: str
    budget: int
    executed: int
    outputs: str
    problems: str | None = None
    improvements: str | None = None


@dataclass(frozen=True, slots=True)
class Procurement:
    """政府采购: what was bought, and from whom."""

    goods: int
    works: int
    services: int
    sme: int
    small_micro: int

    @property
    def total(self) -> int:
        return self.goods + self.works + self.services


@dataclass(frozen=True)
class Accounts:
    """One year; `prior` is the same unit's year before, None where it was never invented."""

    unit: Unit
    year: int
    lines: tuple[Line, ...]
    other_item: str
    economic: dict[str, int]
    three_public_budget: dict[str, int]
    receptions: int
    office_initial: int
    procurement: Procurement
    vehicles: dict[str, int]
    projects: tuple[Project, ...]
    prior: Accounts | None = None

    # --- expenditure

    def of(self, *funds: str) -> list[Line]:
        """The lines of some funds on which fiscal appropriation was spent."""
        return [e for e in self.lines if e.fund in funds and e.fiscal]

    @cached_property
    def general(self) -> list[Line]:
        return self.of("general")

    @cached_property
    def expenditure(self) -> int:
        return sum(e.total for e in self.lines)

    @cached_property
    def basic(self) -> int:
        return sum(e.basic + e.other_basic for e in self.lines)

    @cached_property
    def project(self) -> int:
        return sum(e.project + e.other_project for e in self.lines)

    def spent(self, *funds: str) -> int:
        """Fiscal expenditure of some funds."""
        return sum(e.fiscal for e in self.lines if e.fund in funds)

    @cached_property
    def fiscal_expenditure(self) -> int:
        return self.spent(*FUNDS)

    @cached_property
    def general_expenditure(self) -> int:
        return self.spent("general")

    @cached_property
    def general_basic(self) -> int:
        return sum(e.basic for e in self.general)

    @cached_property
    def general_project(self) -> int:
        return sum(e.project for e in self.general)

    @cached_property
    def general_initial(self) -> int:
        return sum(e.initial for e in self.general)

    # --- income and balances

    def received(self, *funds: str) -> int:
        return sum(e.fiscal_income for e in self.lines if e.fund in funds)

    def opening(self, *funds: str) -> int:
        return sum(e.opening for e in self.lines if e.fund in funds)

    def closing(self, *funds: str) -> int:
        return sum(e.closing for e in self.lines if e.fund in funds)

    @cached_property
    def fiscal_income(self) -> int:
        return self.received(*FUNDS)

    @cached_property
    def other_income(self) -> int:
        return sum(e.other_income for e in self.lines)

    @cached_property
    def income(self) -> int:
        return self.fiscal_income + self.other_income

    @cached_property
    def surplus_used(self) -> int:
        return sum(e.surplus_used for e in self.lines)

    @cached_property
    def distributed(self) -> int:
        return sum(e.distributed for e in self.lines)

    @cached_property
    def grand_total(self) -> int:
        return self.income + self.surplus_used + self.opening(*FUNDS)

    @cached_property
    def fiscal_grand_total(self) -> int:
        return self.fiscal_income + self.opening(*FUNDS)

    # --- economic classification and what is read from it

    def economic_total(self, *classes: str) -> int:
        return sum(value for code, value in self.economic.items() if code[:3] in classes)

    @cached_property
    def personnel(self) -> int:
        return self.economic_total(*PERSONNEL)

    @cached_property
    def operating(self) -> int:
        return self.economic_total(*OPERATING)

    @cached_property
    def three_public(self) -> dict[str, int]:
        """Spending by item of the code list, totals among them."""
        return _with_totals({i: self.economic.get(c, 0) for i, c in THREE_PUBLIC.items()})

    @property
    def trips(self) -> int:
        """Groups that went abroad."""
        return int(self.three_public["going-abroad"] > 0)

    @property
    def cars_bought(self) -> int:
        return int(self.three_public["vehicle-purchase"] > 0)

    @property
    def opening_total(self) -> int:
        return self.opening(*FUNDS)

    @property
    def closing_total(self) -> int:
        return self.closing(*FUNDS)

    @cached_property
    def three_public_budgets(self) -> dict[str, int]:
        return _with_totals(self.three_public_budget)


#: The parts of three-public spending, and the economic item that each is.
THREE_PUBLIC = {
    "going-abroad": "30212",
    "vehicle-purchase": "31013",
    "vehicle-operation": "30231",
    "reception": "30217",
}


def _with_totals(parts: dict[str, int]) -> dict[str, int]:
    vehicles = parts["vehicle-purchase"] + parts["vehicle-operation"]
    total = vehicles + parts["going-abroad"] + parts["reception"]
    return parts | {"vehicles": vehicles, "three-public": total}


def by_code(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Lines under every code they count for (class, division, item), the codes sorted."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        for digits in (3, 5, 7):
            found.setdefault(line.code[:digits], []).append(line)
    return dict(sorted(found.items()))
