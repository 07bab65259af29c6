"""Who publishes a release, where and on what terms: settings of a build, read from TOML."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from kg.resources import toml

_Address = Annotated[str, StringConstraints(pattern=r'^https?://[^\s<>"{}|\\^`]+$')]
_Email = Annotated[str, StringConstraints(pattern=r'^[^\s@<>"]+@[^\s@<>"]+$')]
_PublisherType = Literal[
    "Academia-ScientificOrganisation", "Company", "IndustryConsortium", "LocalAuthority",
    "NationalAuthority", "NonGovernmentalOrganisation", "NonProfitOrganisation",
    "PrivateIndividual(s)", "RegionalAuthority", "StandardisationBody", "SupraNationalAuthority",
]  # fmt: skip
#: A text in each language that it is said in: {"zh": "…", "en": "…"}.
Texts = dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], str]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Publisher(_Settings):
    """Who publishes."""

    name: Texts
    #: What kind of publisher, by http://purl.org/adms/publishertype/
    type: _PublisherType | None = None
    iri: _Address | None = None
    homepage: _Address | None = None


class Contact(_Settings):
    """Whom to ask."""

    name: Texts
    email: _Email | None = None
    page: _Address | None = None


class Publication(_Settings):
    """What a catalogue says of its publication that no report can tell."""

    title: Texts
    description: Texts
    licence: _Address
    publisher: Publisher
    contact: Contact
    site: _Address | None = None
    issued: date | None = None
    modified: date | None = None


def read_publication(file: Path | None = None) -> Publication:
    """The settings in `file`, over those that juesuan comes with.

    Raises:
        ValueError: the file can't be read, or a setting is unknown or wrong; one sentence.

    >>> read_publication().licence
    'https://creativecommons.org/licenses/by/4.0/'
    """
    usual = toml(__package__, "publication.toml")
    if file is None:
        return Publication.model_validate(usual)
    try:
        return Publication.model_validate(usual | tomllib.loads(file.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{file}: the setting {where} is wrong: {first['msg'].lower()}") from error
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{file} can't be read as TOML: {error}") from error
