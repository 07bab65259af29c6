"""A passage quoted with the lines around it."""

from __future__ import annotations

from api.data.models.reported import Excerpt
from api.data.reader import Reader
from api.errors import BadPassage, NotFound
from api.links import passage, report_of


def excerpt(reader: Reader, iri: str, around: int) -> Excerpt:
    """The passage with this IRI, with so many lines before and after it; blocks.

    Raises:
        BadValue: it is no passage's IRI.
        NotFound: there is no such text.
        BadPassage: the text has no such characters.
    """
    found, report = passage(iri), report_of(iri, reader.base)
    text = reader.source(iri) if found else None
    if found is None or report is None or text is None:
        raise NotFound(name=iri)
    if not found.start < found.end <= len(text):
        raise BadPassage(char=f"{found.start},{found.end}", length=len(text))
    start = text.rfind("\n", 0, found.start) + 1
    end = text.find("\n", found.end)
    end = len(text) if end < 0 else end
    before, after = text[:start].split("\n")[:-1], text[end + 1 :].split("\n")
    return Excerpt(
        iri=iri,
        url=reader.url(iri),
        line=text.count("\n", 0, found.start) + 1,
        quote=text[start:end],
        report=report,
        title=reader.site.release.reports[report].title,
        text=text[found.start : found.end],
        before="\n".join(before[len(before) - around :] if around < len(before) else before),
        after="\n".join(after[:around]),
    )
