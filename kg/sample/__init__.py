"""Invented reports with known truth: what they state, where, and which errors are in them."""

from kg.sample.planting import ErrorKind, error_kinds
from kg.sample.styles import NATIONAL, PLACES, STYLES, Style
from kg.sample.truth import Contradiction, Sample
from kg.sample.writing import generate, write_samples

__all__ = [
    "NATIONAL",
    "PLACES",
    "STYLES",
    "Contradiction",
    "ErrorKind",
    "Sample",
    "Style",
    "error_kinds",
    "generate",
    "write_samples",
]
