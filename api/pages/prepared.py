"""Pages made before anybody asks for them: reports, units and what is used most, at quiet times."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from functools import partial
from itertools import islice

from api.errors import ApiError
from api.links import Links
from api.pages.resource_page import content, template_of
from api.pages.view import View, prepare
from api.site import Site
from api.texts import LANGUAGES, Language

_LOG = logging.getLogger("uvicorn.error")
#: How long nobody must have asked for anything, in seconds; how often that is looked at.
_QUIET, _LOOK = 1.0, 0.2
#: How much of the memory for answers prepared pages may take.
_SHARE = 0.5


async def prepare_pages(site: Site) -> None:
    """Index names; then make the pages that take longest or are asked for most, one at a time.

    Ends when there are `pages_prepared` of them, when they fill their share of the memory for
    answers, or when the site is closed.
    """
    await site.names.warm()
    most, room = site.settings.pages_prepared, _SHARE * site.settings.answers_kept
    try:
        for iri in islice(_iris(site), most):
            if room <= 0:
                return
            for language in LANGUAGES:
                room -= await _prepared(site, iri, language)
    except ApiError as error:  # the site is being closed, or its backends are gone
        _LOG.info("no more pages are prepared: %s", error)


async def _prepared(site: Site, iri: str, language: Language) -> int:
    """Make one page in one language; how many bytes it takes."""
    while site.quiet_for < _QUIET:
        await asyncio.sleep(_LOOK)
    path = f"/{iri.removeprefix(site.namespace.base)}.html"
    view = View(site, language, Links(site.namespace.base, site.settings.root_path), path, ())
    template = await site.run(template_of, view, iri)
    return await prepare(view, template, partial(content, iri=iri, template=template))


def _iris(site: Site) -> Iterator[str]:
    """Reports and their units, the latest first; then the codes and regions that are used most."""
    reports = sorted(site.release.manifest.reports, key=lambda report: -report.fiscal_year)
    yield from dict.fromkeys(iri for report in reports for iri in (report.unit, report.iri) if iri)
    things = site.names.get().index.things.by_id.values()
    used = (thing for thing in things if thing.kind in ("code", "region") and thing.uses)
    for thing in sorted(used, key=lambda thing: (-thing.uses, thing.id)):
        yield site.namespace.base + thing.id
