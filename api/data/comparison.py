"""Units side by side: the figures that they have in common dimensions, in rows."""

from __future__ import annotations

from collections.abc import Sequence

from api.data.filters import SCHEMES
from api.data.models.reported import Compared, Comparison
from api.data.observations import records
from api.data.reader import Reader
from api.data.rows import Row

#: What is compared is about the same; where it is said may differ.
_ABOUT = ("year", *(name for name in SCHEMES if name != "place"))


#: The figures of units (by IRI) that are about the same.
_Alike = dict[tuple[str, ...], dict[str, Row]]


def _alike(reader: Reader, rows: Sequence[Row]) -> _Alike:
    """Figures by what they are about, in order.

    Where two reports of a unit state a figure of one year, that of the year's own report counts.
    """
    found: _Alike = {}
    for row in sorted(rows, key=lambda row: _preference(reader, row)):
        about = tuple(row[name] for name in _ABOUT)
        found.setdefault(about, {}).setdefault(row["unit"], row)
    return dict(sorted(found.items()))


def compared_figures(
    reader: Reader, units: Sequence[str], rows: Sequence[Row], limit: int
) -> list[Row]:
    """The figures that are compared, row by row of the comparison, in the order of the units."""
    alike = list(_alike(reader, rows).values())[:limit]
    return [figures[unit] for figures in alike for unit in units if unit in figures]


def compare(reader: Reader, units: Sequence[str], rows: Sequence[Row], limit: int) -> Comparison:
    """The rows of figures of some units, compared; blocks."""
    chosen = _alike(reader, rows)
    shown = list(chosen)[:limit]
    figures = [row for about in shown for row in chosen[about].values()]
    by_iri = {record.iri: record for record in records(reader, "figure", figures)}
    reader.prepare(units)
    compared = [
        Compared.model_validate(
            {
                **{
                    name: reader.concept(iri)
                    for name, iri in zip(_ABOUT[1:], about[1:], strict=True)
                },
                "year": about[0],
                "figures": [
                    by_iri[chosen[about][unit]["thing"]] if unit in chosen[about] else None
                    for unit in units
                ],
            }
        )
        for about in shown
    ]
    names = [reader.unit(unit) for unit in units]
    return Comparison(units=names, rows=compared, cut=len(chosen) > limit)


def _preference(reader: Reader, row: Row) -> tuple[bool, int, str]:
    """The report of the very year first, then the latest."""
    year = reader.site.release.reports[row["report"]].fiscal_year
    return year != int(row["year"]), -year, row["thing"]
