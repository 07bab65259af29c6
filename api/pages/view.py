"""A page for one reader: its language, its links, and the template that makes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, tag_of, unchanged
from api.formats import HTML
from api.links import Links
from api.negotiation import choose_language
from api.pages import money
from api.pages.labels import Labels
from api.pages.observations import Observations
from api.site import Site, site_of
from api.texts import LANGUAGES, TEXTS, Language, as_language

_FOLDER = Path(__file__).parents[1]
_VARY = "Accept, Accept-Language, X-Forwarded-Prefix"
#: Pages are text, a style sheet and forms: nothing else may load or run.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
)
#: But for the SPARQL editor, where it was built (`make editor`): it is a script, and asks us.
_EDITOR = "editor/editor.js"
_EDITOR_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src data:; img-src 'self' data:; form-action 'self'; base-uri 'none'"
)
_EDITED = "sparql.html"
#: The longest page that is kept for the next who asks for it, in bytes.
_KEPT = 1 << 20

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_FOLDER / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["grouped"] = money.grouped


def _digest(file: str) -> str | None:
    """What tells a file of ours from others that had its name; None where it isn't there."""
    path = _FOLDER / "static" / file
    return sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else None


_TEMPLATES.globals |= {"style": _digest("style.css"), "editor": _digest(_EDITOR)}


@dataclass(frozen=True)
class View:
    """What a template needs beside its content."""

    site: Site
    language: Language
    links: Links
    path: str
    parameters: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, request: Request) -> View:
        """The view of a request: ``?lang=``, else Accept-Language, else the setting, decides."""
        site = site_of(request)
        asked = request.query_params.get("lang")
        explicit = as_language(asked)
        preferred = as_language(choose_language(request.headers.get("accept-language"), LANGUAGES))
        language = explicit or preferred or site.settings.language
        root = request.scope.get("root_path", "").rstrip("/")
        path = request.scope["path"]
        path = path.removeprefix(root) if path.startswith(f"{root}/") else path
        parameters = tuple((k, v) for k, v in request.query_params.multi_items() if k != "lang")
        return cls(site, language, Links(site.namespace.base, root, explicit), path, parameters)

    def text(self, key: str, **values: object) -> str:
        return TEXTS.text(key, self.language, **values)

    @staticmethod
    def text_in(language: Language, key: str) -> str:
        """A text in a given language: the home page greets in both."""
        return TEXTS.text(key, language)

    def find_text(self, key: str) -> str | None:
        return TEXTS.find(key, self.language)

    def in_language(self, language: Language) -> str:
        """The address of the same page in another language."""
        links = Links(self.links.base, self.links.root, language)
        return links.path(self.path, **dict(self.parameters))

    def labels(self, iris: Iterable[str]) -> Labels:
        """The names of all IRIs that a page shows, asked for at once."""
        known = self.site.store, self.site.queries, self.site.namespace
        wanted = set(iris)
        observations = Observations(*known, wanted)
        labels = self.site.labels.of(self.language, wanted | observations.iris())
        return observations.named(labels, self.language)

    @property
    def tag(self) -> str:
        """The entity tag of a page: its links make it another under another root."""
        root = sha256(f"{self.links.root} {self.links.language}".encode()).hexdigest()[:6]
        return tag_of(self.site, HTML.extension, self.language, root)

    def render(self, template: str, content: Mapping[str, Any]) -> bytes:
        page = _TEMPLATES.get_template(template)
        return page.render(view=self, t=self.text, links=self.links, **content).encode()


def html(
    request: Request,
    view: View,
    body: bytes,
    *,
    status: int = 200,
    tag: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A rendered page as a response."""
    sent = {"Content-Language": view.language, "Content-Security-Policy": _POLICY}
    sent |= headers or {}
    content_type = HTML.content_type()
    return answer(request, body, content_type, vary=_VARY, tag=tag, status=status, headers=sent)


async def page(
    request: Request,
    template: str,
    content: Callable[[View], Mapping[str, Any]],
    headers: Mapping[str, str] | None = None,
    *,
    repeatable: bool = True,
    made_by: Callable[..., Awaitable[tuple[bytes, bool]]] = Site.run,
) -> Response:
    """A page from `template`, its `content` gathered in a thread, unless the client has it.

    A page that isn't `repeatable` may differ each time, and is always made; so may one whose
    content says that it isn't `whole`. `made_by` is the method of the site that has the thread.
    """
    view = View.of(request)
    tag = view.tag if repeatable else None
    known = unchanged(request, tag, _VARY) if tag else None
    if known:
        return known
    if template == _EDITED and _TEMPLATES.globals["editor"]:
        headers = {"Content-Security-Policy": _EDITOR_POLICY, **(headers or {})}
    question = _question(view)
    if tag and (kept := view.site.answers.get(question)) is not None:
        return html(request, view, kept, tag=tag, headers=headers)
    body, whole = await made_by(view.site, _made, view, template, content)
    if tag and whole and len(body) <= _KEPT:
        view.site.answers.keep(question, body)
    return html(request, view, body, tag=tag if whole else None, headers=headers)


async def prepare(view: View, template: str, content: Callable[[View], Mapping[str, Any]]) -> int:
    """Make a page before anybody asks for it, and keep it; how many bytes are kept."""
    body, whole = await view.site.run(_made, view, template, content)
    if not whole or len(body) > _KEPT:
        return 0
    view.site.answers.keep(_question(view), body)
    return len(body)


def _question(view: View) -> Hashable:
    """What a page is kept by."""
    return view.path, view.parameters, view.links, view.language, _TEMPLATES.globals["editor"]


def _made(
    view: View, template: str, content: Callable[[View], Mapping[str, Any]]
) -> tuple[bytes, bool]:
    """A page, and whether all is there that belongs on it."""
    shown = content(view)
    return view.render(template, shown), shown.get("whole", True)
