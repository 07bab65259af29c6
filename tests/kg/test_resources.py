"""What is published is found in a checkout, and in an installed wheel before anything beside it."""

import pytest

from kg import resources
from kg.resources import published


def test_a_checkout_has_it_beside_the_package():
    assert (published("ontology") / "juesuan.ttl").is_file()
    assert (published("shapes") / "structure.ttl").is_file()


def test_a_wheel_has_it_inside_the_package(tmp_path, monkeypatch):
    package = tmp_path / "kg"
    monkeypatch.setattr(resources, "_PACKAGE", package)
    (tmp_path / "ontology").mkdir()
    assert published("ontology") == tmp_path / "ontology"
    (package / "published" / "ontology").mkdir(parents=True)
    assert published("ontology") == package / "published" / "ontology"
    with pytest.raises(FileNotFoundError, match="'shapes'"):
        published("shapes")
