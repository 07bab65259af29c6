"""juesuan: Chinese final-accounts reports (部门决算) as linked open data."""

__version__ = "0.1.0"
