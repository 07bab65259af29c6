import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import BadFormat, NotAcceptable
from api.formats import DOCUMENTS, GRAPHS, HTML, RESULTS, negotiate
from api.negotiation import choose, choose_language

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
OFFERS = ["text/html", "text/turtle", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/turtle;q=0.5, application/ld+json;q=0.9", "application/ld+json"),
        ("application/ld+json ; q=0.9 , text/turtle ; q=0.5", "application/ld+json"),
        ("text/*", "text/html"),
        ("text/*;q=0.9, text/html;q=0.1", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("*/*;q=0.1, text/*;q=0.2", "text/html"),
        ("text/html;q=0, */*", "text/turtle"),
        ("text/turtle, */*", "text/turtle"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ('application/ld+json;profile="http://a, b"', "application/ld+json"),
        ("text/turtle;q=0.8;level=1, text/html;q=0.7", "text/turtle"),
        ("text/turtle;q=high, text/html;q=0.1", "text/html"),
        ("nonsense", "text/html"),
        (BROWSER, "text/html"),
        ("image/png", None),
        ("text/html;q=0", None),
        ("*/*;q=0", None),
    ],
)
def test_the_client_gets_what_it_likes_best(accept, chosen):
    assert choose(accept, OFFERS) == chosen


@given(st.text(max_size=60))
def test_no_header_is_too_odd(header):
    assert choose(header, OFFERS) in (*OFFERS, None)
    assert choose_language(header, ["zh", "en"]) in ("zh", "en", None)


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.5", "en"),
        ("fr", None),
        ("zh;q=0, en;q=0.1", "en"),
        (None, None),
    ],
)
def test_languages(header, chosen):
    assert choose_language(header, ["zh", "en"]) == chosen


def test_the_answer_is_typed_as_it_was_asked_for():
    choice = negotiate("application/json", RESULTS)
    assert (choice.format.extension, choice.content_type) == ("json", "application/json")
    assert negotiate("text/csv", RESULTS).content_type == "text/csv; charset=utf-8"


def test_a_registered_type_goes_before_anothers_alias():
    assert negotiate("application/json", DOCUMENTS).format.extension == "json"
    assert negotiate("application/json", GRAPHS).format.extension == "jsonld"


def test_browsers_get_pages():
    assert negotiate(BROWSER, (*RESULTS, HTML)).format is HTML


def test_a_format_by_extension():
    assert negotiate("text/html", RESULTS, ("csv",)).format.extension == "csv"
    with pytest.raises(BadFormat, match="“xlsx” here; choose from json, xml, csv, tsv"):
        negotiate(None, RESULTS, ("xlsx",))


def test_nothing_fits():
    with pytest.raises(NotAcceptable, match="application/sparql-results"):
        negotiate("image/png", RESULTS)


@pytest.mark.parametrize(
    ("asked", "extension"),
    [
        (("turtle", "text/turtle"), "ttl"),
        (("unheard-of", "rdf+xml"), "rdf"),
        (("application/ld+json",), "jsonld"),
        (("JSON",), "jsonld"),
        (("n-triples",), "nt"),
    ],
)
def test_the_names_that_clients_have_for_formats(asked, extension):
    assert negotiate("text/html", GRAPHS, asked).format.extension == extension
