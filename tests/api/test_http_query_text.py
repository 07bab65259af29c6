import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox
import pytest

from api.errors import ServiceRefused, UpdateRefused
from api.query_text import form_of, is_volatile, refuse_service, undeclared_prefixes

#: Queries that make the engine call U; each hides the clause in a way that it reads all the same.
CALLS = [
    "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "SELECT * { service silent <U> { ?s ?p ?o } }",
    "SELECT * { SERVICE<U>{ ?s ?p ?o } }",
    "PREFIX e: <U> SELECT * { SERVICEe:{ ?s ?p ?o } }",
    "PREFIX e: <U> SELECT * { SERVICESILENTe: { ?s ?p ?o } }",
    "PREFIX e: <U> SELECT * { SERVICE e:#a comment { \n { ?s ?p ?o } }",
    "SELECT * { SERVICE # <x>\n <U> # {\n { ?s ?p ?o } }",
    "SELECT * { SERVICE\r<U>\t{ ?s ?p ?o } }",
    "BASE <U> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<'b>c') SERVICE <U> { ?s ?p ?o } FILTER(''!='') }",
    "SELECT * { ?s ?p 'x' SERVICE <U> { ?a ?b ?c } }",
    "SELECT * { FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { LATERAL { SERVICE <U> { ?s ?p ?o } } } } }",
    "SELECT * { VALUES ?u { <U> } SERVICE ?u { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }",
    "ASK { SERVICE <U> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <U> { ?s ?p ?o } }",
]


@pytest.fixture
def listener():
    """Somewhere that a query could call, on this machine, which counts the calls."""
    calls = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            calls.append(self.path)
            self.send_response(500)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/sparql", calls
        server.shutdown()
        thread.join()


def test_the_engine_would_call(listener):
    url, calls = listener
    with pytest.raises(OSError, match="500"):
        list(ox.Store().query(CALLS[0].replace("U", url)))
    assert calls


@pytest.mark.parametrize("query", CALLS)
def test_no_query_calls_another_host(client, listener, query):
    url, calls = listener
    answer = client.query(query.replace("<U>", f"<{url}>"))
    assert (answer.status_code, answer.json()["code"]) == (403, "service-refused")
    assert calls == []


@pytest.mark.parametrize(
    "clause", ["FROM <file:///etc/hosts>", "from#\n named <FILE:///etc/hosts>", "FROM<file:a>"]
)
def test_no_query_reads_a_file(client, clause):
    answer = client.query(f"SELECT * {clause} {{ ?s ?p ?o }}")
    assert (answer.status_code, answer.json()["code"]) == (403, "file-refused")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s a <http://x/Service> ; <http://x/service> ?o }",
        "PREFIX sd: <http://x/> SELECT * { ?s a sd:Service . GRAPH ?g { ?s sd:service ?o } }",
        "SELECT * { ?service ?p ?o . GRAPH ?service { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'public service, 2023' } # service",
        "SELECT ?service { { ?s ?p ?service } UNION { ?s ?service ?o } }",
    ],
)
def test_the_word_alone_is_no_clause(client, query):
    assert client.query(query).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        *("SERVICE", "SERVICE ", "SERVICE#\n", "SERVICE a:", "SERVICE:", "SERVICE <", "SERVICE\\"),
        *("PREFIX a: <b>", "PREFIX ", "#\n", "'", '"', "<", "a:", "BASE <"),
    ],
)
def test_looking_at_much_of_the_same_ends(text):
    """How long it takes is measured by `make bench`; a pattern that runs away would hang here."""
    query = text * (300_000 // len(text))
    for look in (refuse_service, form_of, is_volatile, undeclared_prefixes):
        try:
            look(query)
        except ServiceRefused as refused:
            assert str(refused)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("select*{}", "SELECT"),
        ("\n# INSERT\nPREFIX a:<http://x/#> BASE <http://y/>\nASK{}", "ASK"),
        ("PREFIX construct: <http://x/> CONSTRUCT {} {}", "CONSTRUCT"),
        ("PREFIX : <http://x/> DESCRIBE :x", "DESCRIBE"),
        ('VERSION "1.2" SELECT * {}', "SELECT"),
        ("SELEC * {}", None),
        ("", None),
    ],
)
def test_what_a_query_asks_for(query, form):
    assert form_of(query) == form


@pytest.mark.parametrize("word", ["INSERT DATA {}", "prefix a: <b:c> delete where {}", "DROP ALL"])
def test_updates_are_told_from_queries(word):
    with pytest.raises(UpdateRefused):
        form_of(word)


def test_prefixes():
    assert undeclared_prefixes("PREFIX a: <http://x/> ASK { a:b a c:d ; :e 'f:g' # h:i\n}") == [
        "c",
        "",
    ]
    assert undeclared_prefixes("ASK { <http://x/a:b> ?p 'x'@en }") == []
