"""A missing program is never passed over in silence."""

import pytest

from tools import need


def test_in_ci_a_missing_program_is_a_failure(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="needs curl, which isn't installed: apt-get"):
        need("curl")


def test_elsewhere_the_test_is_skipped_and_says_why(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install npm"):
        need("npm")
