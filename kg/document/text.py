"""Text files: their encoding and their lines."""

from __future__ import annotations

import re
from functools import partial
from itertools import count

import numpy as np

from kg.document.characters import codes_of
from kg.document.document import DocumentError, Line

#: Characters that no text file has: these tell a binary file from text.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: What `Line._make` does, without its call: there are ten thousand lines in some reports.
_line = partial(tuple.__new__, Line)


def decode(content: bytes, name: str) -> str:
    """The text of a file in UTF-8 or GB 18030, or in UTF-16 if it begins by saying so.

    Raises:
        DocumentError: the file is empty or isn't text.

    """
    if not content.strip():
        raise DocumentError(f"{name}: the file is empty; expected the text of a report")
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROL.search(text):
            break
        return text
    raise DocumentError(f"{name}: not a text file; expected UTF-8 or GB 18030 text")


def split_lines(text: str) -> tuple[Line, ...]:
    r"""The lines of a text.

    >>> [(line.number, line.start, line.end) for line in split_lines("一\r\n\n二")]
    [(1, 0, 1), (2, 3, 3), (3, 4, 5)]
    """
    codes = codes_of(text)
    feeds, returns = codes == ord("\n"), codes == ord("\r")
    ends = np.flatnonzero(feeds | returns)
    # of \r\n, the first ends a line, and the next begins behind the second
    pairs = np.flatnonzero((np.diff(ends) == 1) & returns[ends[:-1]] & feeds[ends[1:]])
    begins = np.delete(ends + 1, pairs).tolist()
    stops = np.delete(ends, pairs + 1).tolist()
    return tuple(map(_line, zip(count(1), [0, *begins], [*stops, len(text)], strict=False)))
