"""What differs between two releases: as RDF Patch, and for people."""

from kg.diff.blocks import Block, differences
from kg.diff.changes import Change, changes, said
from kg.diff.patch import patching

__all__ = ["Block", "Change", "changes", "differences", "patching", "said"]
