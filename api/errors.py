"""Everything that can go wrong, as one catalogue: each error has a status, a code and a sentence.

The sentences are in `texts.toml` under ``[error]``, by code, in Chinese and English; `problems.py`
renders them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from api.texts import TEXTS, Language


class Reason:
    """Why something is wrong, in either language: a text of ``[reason]`` with its values.

    >>> Reason("undeclared", names="bud:", prefix="bud").text("en")
    'the prefix bud: is not declared (PREFIX bud: <...>)'
    """

    def __init__(self, key: str, **values: object) -> None:
        self._key = key
        self._values = values

    def text(self, language: Language) -> str:
        return TEXTS.text(f"reason.{self._key}", language, **self._values)


class ApiError(Exception):
    """An answer other than the one asked for; its subclasses are the catalogue.

    >>> str(RepeatedParameter(name="query"))
    'The parameter “query” is given more than once; give it once.'
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"

    def __init__(self, headers: Mapping[str, str] | None = None, **details: object) -> None:
        self.headers = dict(headers or {})
        self.details = details
        super().__init__(self.sentence("en"))

    def __reduce__(self) -> tuple[object, ...]:
        """Errors come to the server from the processes that answer queries."""
        return _made_again, (type(self), self.headers, self.details)

    def sentence(self, language: Language) -> str:
        said = {
            name: value.text(language) if isinstance(value, Reason) else value
            for name, value in self.details.items()
        }
        return TEXTS.text(f"error.{self.code}", language, **said)


def _made_again(
    kind: type[ApiError], headers: Mapping[str, str], details: Mapping[str, object]
) -> ApiError:
    return kind(headers, **details)


class RepeatedParameter(ApiError):
    """A parameter that may be given once (`name`) was given again."""

    status, code = 400, "repeated-parameter"


class MissingQuery(ApiError):
    """A POST to the endpoint that holds no query."""

    status, code = 400, "missing-query"


class NotUtf8(ApiError):
    """A query or parameter that isn't UTF-8."""

    status, code = 400, "not-utf8"


class BadGraph(ApiError):
    """A default-graph-uri or named-graph-uri (`iri`) that is no absolute IRI."""

    status, code = 400, "bad-graph"


class BadFormat(ApiError):
    """A parameter format= (`format`) that isn't among `formats`."""

    status, code = 400, "bad-format"


class BadPassage(ApiError):
    """A parameter char= (`char`) that isn't two positions in a text of `length` characters."""

    status, code = 400, "bad-passage"


class BadNumber(ApiError):
    """A parameter (`name`) that should be a whole number from 1."""

    status, code = 400, "bad-number"


class BadCursor(ApiError):
    """A parameter cursor= that isn't one that a page has given."""

    status, code = 400, "bad-cursor"


class BadValue(ApiError):
    """A parameter (`name`) with a value (`value`) that nothing can be called by."""

    status, code = 400, "bad-value"


class MalformedQuery(ApiError):
    """A query with an error of syntax at `line`, `column`, for a `reason`."""

    status, code = 400, "malformed-query"


class TooDeep(ApiError):
    """A query whose brackets nest more than `limit` deep."""

    status, code = 400, "too-deep"


class FailedQuery(ApiError):
    """A query that is well-formed but can't be evaluated, for a `reason`."""

    status, code = 400, "failed-query"


class UpdateRefused(ApiError):
    """A SPARQL update: the server only reads."""

    status, code = 403, "update-refused"


class ServiceRefused(ApiError):
    """A query that would call another endpoint."""

    status, code = 403, "service-refused"


class FileRefused(ApiError):
    """A query of a graph that is a file: nothing is loaded for a query."""

    status, code = 403, "file-refused"


class NotFound(ApiError):
    """Nothing is known by this name (`name`)."""

    status, code = 404, "not-found"


class MethodRefused(ApiError):
    """A `method` that this path doesn't take."""

    status, code = 405, "method-refused"


class NotAcceptable(ApiError):
    """None of the media types asked for can be given, but these can (`offers`)."""

    status, code = 406, "not-acceptable"


class TooLarge(ApiError):
    """A query of more than `limit` bytes."""

    status, code = 413, "too-large"


class AnswerTooLong(ApiError):
    """A query whose answer is longer than `limit` bytes."""

    status, code = 403, "answer-too-long"


class UnsupportedMediaType(ApiError):
    """A POST with a Content-Type (`given`) that isn't of the SPARQL protocol."""

    status, code = 415, "unsupported-media-type"


class BadRequest(ApiError):
    """A request that the framework refuses, for a `reason` of its own."""

    status, code = 400, "bad-request"


class Unavailable(ApiError):
    """The store doesn't answer."""

    status, code = 503, "unavailable"


class FailedBackend(ApiError):
    """The endpoint behind this one gives no answer of use, for a `reason`."""

    status, code = 502, "failed-backend"


class Overloaded(ApiError):
    """More is asked than can be answered now; the headers say when to ask again."""

    status, code = 503, "overloaded"


class TooMany(ApiError):
    """One client asks more than its share (`limit` queries a minute)."""

    status, code = 429, "too-many"


class TookTooLong(ApiError):
    """A query that was stopped after `limit` seconds."""

    status, code = 504, "took-too-long"


class ClientGone(ApiError):
    """A query that was stopped because nobody waits for its answer any more."""

    status, code = 500, "client-gone"


class Internal(ApiError):
    """A mistake of ours."""

    status, code = 500, "internal"
