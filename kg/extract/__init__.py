"""Outlines to facts: the only thing that comes out is an `Extraction`."""

from kg.extract.extraction import extract

__all__ = ["extract"]
