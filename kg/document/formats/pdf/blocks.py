"""Which lines of a page are a table without lines: several that are divided at wide gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.document.formats.pdf.lines import NUMBER, TextLine, Word

#: How many lines must be divided for them to be a table.
LINES = 3
#: But one or two lines are a table, too, where they are divided so often.
DIVIDED = 6
#: The gap between the cells of a line, in ems.
CELLS = 1.2
#: Fonts differ in the height of their characters, a table's from the text's mostly by more.
OTHER_SIZE = 0.2
#: How near the figures are, in ems, that stand beside the middle of a text of two lines.
LEADS = 1.15
#: How far the lines of a label are off the same middle at most, in ems, twice.
LABEL = 0.5
#: Distances of lines at most, in ems: of cells beside each other; of a line that isn't divided, and
#: of one that is, from the line of its table above; of divided lines with others between them.
BESIDE, NEXT, FAR, WITHOUT = 0.95, 2.6, 6.0, 4.0


def blocks_of(lines: Sequence[TextLine]) -> Iterator[tuple[Sequence[TextLine], bool]]:
    """The lines in runs: those that are a table, and those between tables."""
    pieces = [line.pieces(CELLS) for line in lines]
    start = done = 0
    while start < len(lines):
        end = _end_of_run(lines, pieces, start)
        if _is_table(pieces[start:end]):
            start, end = _with_wraps(lines, start, end, done)
            if done < start:
                yield lines[done:start], False
            yield lines[start:end], True
            done = end
        start = max(end, start + 1)
    if done < len(lines):
        yield lines[done:], False


def _end_of_run(lines: Sequence[TextLine], pieces: Sequence[list[Word]], start: int) -> int:
    """Behind the last divided line of a run; cells may wrap to lines that aren't divided."""
    end = start
    for index in range(start, len(lines)):
        size = lines[index].size
        distance = lines[index].middle - lines[max(index - 1, start)].middle
        divided = len(pieces[index]) > 1
        leads = not divided and _leads_to(lines, pieces, index)
        if distance > (FAR if divided or leads else NEXT) * size:
            break
        if divided:
            end = index + 1
        elif end == start or not (leads or _may_wrap(lines[index], lines[end - 1], distance)):
            break
    return end


def _leads_to(lines: Sequence[TextLine], pieces: Sequence[list[Word]], index: int) -> bool:
    """Whether a line is the beginning of a text in the line behind, which is divided.

    That overlaps it where the text is set to the middle, or goes on with the same label.
    """
    line, below = lines[index], index + 1
    if below == len(lines) or len(pieces[below]) == 1:
        return False
    if lines[below].middle - line.middle < LEADS * line.size:
        return True
    centre = line.words[0].left + line.words[-1].right
    return _follows(line, lines[below]) and any(
        abs(word.left + word.right - centre) < LABEL * line.size for word in lines[below].words
    )


def _may_wrap(line: TextLine, above: TextLine, distance: float) -> bool:
    """Whether a line that isn't divided may be of a cell, below the last line that is."""
    if line.middle - above.middle > WITHOUT * line.size:
        return False
    return distance <= BESIDE * line.size or not _is_apart(line, above)


def _is_apart(line: TextLine, above: TextLine) -> bool:
    """Whether a line is a title or a note, not a cell: under several words, or of another size."""
    left, right = line.words[0].left, line.words[-1].right
    under = sum(left < word.right and word.left < right for word in above.words)
    return under > 1 or abs(line.size - above.size) > OTHER_SIZE * line.size


def _is_table(lines: Sequence[list[Word]]) -> bool:
    """Numbers in columns, or three cells a line; contents have one number at the end of each."""
    rows = [pieces for pieces in lines if len(pieces) > 1]
    if len(rows) < LINES and sum(len(row) - 1 for row in rows) < DIVIDED:
        return False
    ends = [row[1].text for row in rows if len(row) == 2]
    numbers = [int(text) for text in ends if re.fullmatch(r"\d{1,3}", text, re.ASCII)]
    if len(numbers) == len(rows) and numbers == sorted(numbers):
        return False
    telling = sum(len(row) > 2 or NUMBER.fullmatch(row[-1].text) is not None for row in rows)
    return 3 * telling >= len(rows)


def _with_wraps(lines: Sequence[TextLine], start: int, end: int, done: int) -> tuple[int, int]:
    """A run with the lines beside its first and last one: the wrapped text of one cell.

    Above it, lines that are beside each other are of its head, whose labels wrap.
    """
    while start > done:
        line, below = lines[start - 1], lines[start]
        in_head = start - 2 >= done and _is_beside(lines[start - 2], line)
        if not (_is_beside(line, below) or (in_head and _follows(line, below))):
            break
        start -= 1
    while end < len(lines) and _is_beside(lines[end - 1], lines[end]):
        end += 1
    return start, end


def _follows(above: TextLine, line: TextLine) -> bool:
    return line.middle - above.middle < NEXT * line.size


def _is_beside(above: TextLine, line: TextLine) -> bool:
    """Whether two lines overlap: they are of cells beside each other, not one above the other."""
    return line.middle - above.middle < BESIDE * min(line.size, above.size)
