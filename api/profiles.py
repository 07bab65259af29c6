"""Content negotiation by profile: which view of a resource is asked for, beside which format.

W3C, Content Negotiation by Profile (https://www.w3.org/TR/dx-prof-conneg/): the header
Accept-Profile (section 7.2), or ``_profile`` and ``_mediatype`` in the address (section 7.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.errors import BadFormat
from api.formats import DOCUMENTS, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format

_ALTERNATES = "http://www.w3.org/ns/dx/connegp/altr"
_PREFERENCE = re.compile(r"<([^<>\s]+)>\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?")
_RDF = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)


@dataclass(frozen=True, slots=True)
class Profile:
    """A view of a resource, by its IRI and by a short name, and the formats that it comes in."""

    token: str
    iri: str
    formats: Sequence[Format]


@dataclass(frozen=True, slots=True)
class Profiles:
    """The views of a release's resources: its own words, schema.org's, and what views there are."""

    own: Profile
    schema_org: Profile = Profile("schema", "https://schema.org/", _RDF)
    alternates: Profile = Profile("alt", _ALTERNATES, _RDF)

    @classmethod
    def of(cls, ontology: str) -> Profiles:
        """The profiles where the data's own words are those of `ontology`."""
        return cls(Profile("bud", ontology, DOCUMENTS))

    @property
    def all(self) -> tuple[Profile, ...]:
        return self.own, self.schema_org, self.alternates

    def choose(self, parameters: Mapping[str, str], accept_profile: str | None) -> Profile:
        """The view asked for; by the address, which has to be one of ours, else by the header.

        >>> profiles = Profiles.of("http://x/ontology")
        >>> profiles.choose({}, "<http://y/>, <https://schema.org/>;q=0.5").token
        'schema'
        >>> profiles.choose({"_profile": "alt"}, None).token
        'alt'
        """
        asked = parameters.get("_profile")
        if asked is not None:
            return self._named(asked)
        wanted = [(float(q or 1), iri) for iri, q in _PREFERENCE.findall(accept_profile or "")]
        for quality, iri in sorted(wanted, key=lambda preference: -preference[0]):
            found = [profile for profile in self.all if profile.iri == iri]
            if found and quality > 0:
                return found[0]
        return self.own

    def _named(self, asked: str) -> Profile:
        name = asked.strip("<>")
        name = {"all": self.alternates.token, "_": self.own.token}.get(name, name)
        for profile in self.all:
            if name in (profile.token, profile.iri):
                return profile
        raise BadFormat(format=asked, formats=", ".join(p.token for p in self.all))


def format_named(media_type: str, formats: Sequence[Format]) -> Format:
    """The format of a media type that an address asks for (``_mediatype``)."""
    for format_ in formats:
        # a plus in an address stands for a blank
        if media_type.replace(" ", "+") in format_.media_types:
            return format_
    raise BadFormat(format=media_type, formats=", ".join(f.media_type for f in formats))
