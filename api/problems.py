"""Every error as an answer: JSON (RFC 9457), a page or plain text, whichever the client prefers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from itertools import chain
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from api.answers import answer
from api.errors import ApiError, BadRequest, Internal, MethodRefused, NotFound
from api.negotiation import choose, choose_language
from api.pages.view import View, html
from api.texts import LANGUAGES, as_language

_JSON = "application/problem+json"
_OFFERS = (_JSON, "application/json", "text/html", "text/plain")
_VARY = "Accept, Accept-Language"
#: Whose queries are shown again, to be changed.
_ENDPOINT = "/sparql"


def install(app: FastAPI) -> None:
    """Let `app` answer all errors, its framework's too, in one way."""
    app.add_exception_handler(ApiError, _answer)
    app.add_exception_handler(HTTPException, _answer)
    app.add_exception_handler(RequestValidationError, _answer)
    app.add_exception_handler(Exception, _answer)


async def _answer(request: Request, exception: Exception) -> Response:
    return render(request, _as_ours(request, exception))


def _as_ours(request: Request, exception: Exception) -> ApiError:
    """Any exception as one of the catalogue."""
    if isinstance(exception, ApiError):
        return exception
    if isinstance(exception, RequestValidationError):
        return BadRequest(reason="; ".join(map(_reason, exception.errors())))
    if isinstance(exception, HTTPException):
        headers = exception.headers
        if exception.status_code == HTTPStatus.NOT_FOUND:
            return NotFound(headers, name=request.url.path)
        if exception.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return MethodRefused({"Allow": _methods(request)}, method=request.method)
        if exception.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            return BadRequest(headers, reason=str(exception.detail))
    return Internal()


def _methods(request: Request) -> str:
    """What may be done at an address, by all routes that lead there (RFC 9110, section 15.5.6)."""
    routes: Sequence[Route] = request.app.state.routes
    found = (r.methods or () for r in routes if r.matches(request.scope)[0] is not Match.NONE)
    return ", ".join(sorted({"OPTIONS", *chain.from_iterable(found)}))


def _reason(error: Mapping[str, Any]) -> str:
    """Which parameter is wrong, and how."""
    name = next(part for part in reversed(error["loc"]) if isinstance(part, str))
    return f"{name}: {error['msg'].lower()}"


def render(request: Request, error: ApiError) -> Response:
    """An error in the format that the request prefers; JSON where it takes none of the three."""
    view = View.of(request)
    media_type = choose(request.headers.get("accept"), _OFFERS) or _JSON
    if media_type == "text/html":
        content = {
            "error": error,
            "heading": view.find_text(f"error-title.{error.status}") or view.text("error.title"),
            "sentence": error.sentence(view.language),
            "query": request.query_params.get("query") if view.path == _ENDPOINT else None,
        }
        body = view.render("error.html", content)
        return html(request, view, body, status=error.status, headers=error.headers)
    # Programs are told in English, unless they ask for Chinese.
    accepted = choose_language(request.headers.get("accept-language"), LANGUAGES)
    asked = request.query_params.get("lang") or accepted
    sentence = error.sentence(as_language(asked) or "en")
    if media_type == "text/plain":
        body, content_type = f"{sentence}\n".encode(), "text/plain; charset=utf-8"
    else:
        problem = {
            "type": "about:blank",
            "title": HTTPStatus(error.status).phrase,
            "status": error.status,
            "code": error.code,
            "detail": sentence,
        }
        body, content_type = json.dumps(problem, ensure_ascii=False).encode(), media_type
    return answer(
        request, body, content_type, vary=_VARY, status=error.status, headers=error.headers
    )
