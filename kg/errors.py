"""The error that every step raises for a document it can't make a report of."""


class ReportError(Exception):
    """A document that can't become a report: one sentence with the file and what to do."""
