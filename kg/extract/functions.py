"""科目 as printed to functions: codes where names or digits settle it, else the printed names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache

from kg.codes import folded_name, load_code_lists
from kg.facts import Function
from kg.vocabulary import normal_name

#: What may stand between the levels of a path.
SEPARATORS = "、,-—/>·"
#: Digits of a code for each level: 类, 款, 项.
DIGITS = (3, 5, 7)


def function_of_path(
    names: Sequence[str | None],
    year: int,
    fund: str | None = None,
    attested: Collection[str] = (),
) -> Function:
    """The function that a 类/款/项 path names; `text` is kept where the names aren't the labels.

    A level that isn't printed is None. `attested` are codes that the report prints elsewhere: what
    the names leave open is settled where they fit exactly one of these.
    """
    path = tuple(names)
    return _function(path, _resolved(path, year, fund) or _sole(path, attested))


@lru_cache(maxsize=4096)
def _resolved(path: tuple[str | None, ...], year: int, fund: str | None = None) -> str | None:
    return load_code_lists().functional.resolve(path, year=year, fund=fund)


@lru_cache(maxsize=4096)
def _function(names: tuple[str | None, ...], code: str | None) -> Function:
    printed = [name for name in names if name]
    if code is None:
        return Function(None, "/".join(printed))
    functional = load_code_lists().functional
    labels = {n: normal_name(functional.label(code[:n]) or "") for n in DIGITS if n <= len(code)}
    plain = all(labels.get(n) == name for n, name in zip(DIGITS, names, strict=False) if name)
    return Function(code, None if plain else "/".join(printed), resolved=True)


def _sole(names: Sequence[str | None], attested: Iterable[str]) -> str | None:
    """The one attested code that has all the names."""
    functional = load_code_lists().functional

    def has(code: str, digits: int, name: str) -> bool:
        return any(folded_name(n) == folded_name(name) for n in functional.names(code[:digits]))

    named = {n: name for n, name in zip(DIGITS, names, strict=False) if name}
    fitting = {
        code
        for code in attested
        if len(code) == DIGITS[len(names) - 1] and all(has(code, n, nm) for n, nm in named.items())
    }
    return fitting.pop() if len(fitting) == 1 else None


@cache
def _names() -> frozenset[str]:
    """The names of all functions, as they are compared."""
    functional = load_code_lists().functional
    return frozenset(folded_name(n) for code in functional.codes() for n in functional.names(code))


@cache
def class_names() -> tuple[str, ...]:
    """The names of all classes of the functional classification, the longest first."""
    functional = load_code_lists().functional
    codes = (code for code in functional.codes() if len(code) == DIGITS[0])
    names = {normal_name(name) for code in codes for name in functional.names(code)}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def is_function_name(name: str) -> bool:
    """Whether a function has this name, or several have."""
    return folded_name(name) in _names()


def function_of_name(
    name: str,
    above: Sequence[str | None],
    year: int,
    fund: str | None = None,
    attested: Collection[str] = (),
) -> Function | None:
    """The one function of a name: a class, or a division or item under the names `above`."""
    if not is_function_name(name):
        return None
    deepest = len(DIGITS) - 1
    paths = [(*above, *[None] * gap, name) for gap in range(deepest - len(above) + 1)]
    if above:
        paths.reverse()  # of a class's parts, reports name the items
    for path in paths:
        function = function_of_path(path, year, fund, attested)
        if function.code:
            return function
    return None


#: What parts the names of a list, and what may stand behind the last.
LISTED, AND, BEHIND = (
    "、",
    re.compile("以及|[和及与]"),
    re.compile("(?:方面)?等*(?:方面)?的?(?:支出)?$"),
)


def functions_named(text: str, of_class: str) -> tuple[str, ...]:
    """The codes of the divisions and items of a class that a list names, each by its whole name.

    >>> functions_named("教育管理事务、小学教育和初中教育等方面的支出", "205")
    ('20501', '2050202', '2050203')
    >>> functions_named("成人教育和社区活动", "205")  # in words of its own
    ()
    """
    known = _names_below(of_class)

    def code(name: str) -> str | None:
        folded = folded_name(name)
        return known.get(folded) or known.get(BEHIND.sub("", folded))

    found: list[str | None] = []
    for part in text.split(LISTED):
        pair = [code(name) for name in AND.split(part)]
        found += [code(part)] if code(part) or not all(pair) else pair
    return tuple(dict.fromkeys(filter(None, found)))


@lru_cache(maxsize=64)
def _names_below(of_class: str) -> Mapping[str, str]:
    """The codes below a class by their names; a name that two have is none's."""
    functional = load_code_lists().functional
    found: dict[str, set[str]] = {}
    for code in functional.codes():
        if code.startswith(of_class) and len(code) > len(of_class):
            for name in functional.names(code):
                found.setdefault(folded_name(name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def function_of_code(digits: str, name: str, year: int) -> Function:
    """The function of a table's row: its digits decide, its name is kept where it differs."""
    functional = load_code_lists().functional
    if digits not in functional:
        return Function(None, f"{digits} {name}".strip())
    label = normal_name(functional.label(digits) or "")
    return Function(digits, None if name in ("", label) else name)


@lru_cache(maxsize=4096)
def known_end(printed: str, year: int) -> str:
    """A class's name without the words of the sentence before it, where it is one we know.

    >>> known_end("其中教育支出", 2023)
    '教育支出'
    """
    ends = (printed[start:] for start in range(len(printed) - 1))
    return next((end for end in ends if _resolved((end,), year)), printed)


def split_name(class_name: str, rest: str, year: int) -> tuple[str | None, str]:
    """Division and item of a path that lacks the mark between them: the split that names both."""
    for end in range(2, len(rest) - 1):
        division, item = rest[:end], rest[end:]
        bare = re.sub(r"\([^()]*\)$", "", division)
        for name in (division, bare):
            path = (class_name, name, item)
            code = _resolved(path, year)
            parent = _resolved(path[:2], year)
            if code is not None and parent is not None and code.startswith(parent):
                return name, item
    return None, rest
