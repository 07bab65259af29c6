"""The code lists, the codes of names that reports print, and what a wrong name was meant to be."""

from kg.codes.classification import (
    Classification,
    Concept,
    folded_name,
    loose_name,
    printed_name,
)
from kg.codes.reading import CodeLists, load_code_lists

__all__ = [
    "Classification",
    "CodeLists",
    "Concept",
    "folded_name",
    "load_code_lists",
    "loose_name",
    "printed_name",
]
