"""Readers of the formats in which reports are published: bytes to canonical text and pages."""
