"""Many files to one release directory, swapped in atomically."""

from kg.build.manifest import Failure, Manifest, ReportEntry
from kg.build.release import BuildError, build

__all__ = ["BuildError", "Failure", "Manifest", "ReportEntry", "build"]
