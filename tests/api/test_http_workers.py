"""Queries that go too far are stopped, and nobody else notices."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from api.app import create_app, renew
from api.clients import Clients
from api.errors import TooMany
from api.formats import CSV_RESULTS, JSON_RESULTS
from api.settings import Settings
from api.store import WHOLE
from api.workers import Bounds, Nursery, Place, Pool, wire
from api.workers.allocator import environment, library
from api.workers.limits import Visitor
from api.workers.waiting import Line, Question

from .processes import children, cpu_ticks, niceness
from .small_release import BASE, HTML

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT DISTINCT ?a ?b ?c ?d ?e ?f ?g ?h ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
EVERYTHING = "SELECT * { GRAPH ?g { ?s ?p ?o } }"


def code(answer):
    return answer.status_code, answer.json()["code"]


@pytest.fixture(scope="module")
def hurried(serving, release):
    return serving(release, Settings(query_seconds=0.3, query_workers=2, query_queue=2))


def test_a_query_is_stopped_after_its_time(hurried):
    answer = hurried.query(ENDLESS)
    assert code(answer) == (504, "took-too-long")
    assert "0.3 seconds" in answer.json()["detail"]
    # more than there are workers: each that was killed has been replaced
    for _ in range(3):
        assert hurried.query(ENDLESS).status_code == 504
    assert hurried.query("ASK {}").json()["boolean"] is True


def rested(client, most=10_000):
    """A server's processes once all its workers wait for a question and the killed are gone."""
    site = client.app.state.site
    client.query("ASK {}")
    for _ in range(10_000):
        found = children(site.nursery.pid)
        if site.visitors.answering.idle == site.settings.query_workers and len(found) <= most:
            return found
        client.get("/healthz")
    raise AssertionError(f"{len(found)} processes are left")


def test_a_stopped_query_leaves_no_process(hurried):
    hurried.query("ASK {}")
    before = rested(hurried, most=hurried.app.state.site.settings.query_workers)
    assert hurried.query(ENDLESS).status_code == 504
    after = rested(hurried, most=len(before))
    assert (len(before - after), len(after - before)) == (1, 1)
    used = cpu_ticks(after)
    hurried.get("/healthz")
    assert cpu_ticks(after) - used <= 1


def test_a_page_of_results_is_stopped_as_well(hurried):
    answer = hurried.get("/sparql", params={"query": ENDLESS}, headers=HTML)
    assert answer.status_code == 504
    assert answer.headers["content-type"].startswith("text/html")


def test_a_long_page_of_results_keeps_no_other_page_waiting(serving, release):
    served = serving(release, Settings(page_workers=1, query_workers=1, query_seconds=3))

    async def ask_both():
        transport = httpx.ASGITransport(served.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            asked = client.get("/sparql", params={"query": ENDLESS}, headers=HTML)
            long = asyncio.create_task(asked)
            while not served.app.state.site.visitors.answering.busy:
                await asyncio.sleep(0)
            home = await client.get("/", headers=HTML)
            assert not long.done()
            return home.status_code, (await long).status_code

    assert served.portal.call(ask_both) == (200, 504)


def test_too_many_at_once_are_told_to_come_again(hurried):
    async def ask(client):
        return await client.get("/sparql", params={"query": ENDLESS})

    async def all_at_once():
        transport = httpx.ASGITransport(hurried.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await asyncio.gather(*(ask(client) for _ in range(6)))

    answers = hurried.portal.call(all_at_once)
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert all(code(answer) == (503, "overloaded") for answer in refused)
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in refused)


def test_an_answer_may_be_too_long(serving, release):
    small = serving(release, Settings(answer_bytes=1000))
    assert code(small.query(EVERYTHING)) == (403, "answer-too-long")
    assert small.query("ASK {}").status_code == 200


def test_a_query_may_take_too_much_memory(serving, release):
    small = serving(release, Settings(query_memory=2**26, query_seconds=120))
    assert code(small.query(HUNGRY)) == (400, "failed-query")
    assert small.query("ASK {}").status_code == 200


def test_a_long_answer_is_whole(client):
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
    headers = {"Accept": "text/csv", "Accept-Encoding": "identity"}
    answer = client.query(query, **headers)
    assert len(answer.content) == int(answer.headers["content-length"]) > 1_000_000
    assert answer.text.count("\r\n") == 20_001
    head = client.request("HEAD", "/sparql", params={"query": query}, headers=headers)
    assert head.headers["content-length"] == answer.headers["content-length"]


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_answers_are_packed_where_that_is_asked_for(client, coding):
    plain = client.query(EVERYTHING, **{"Accept-Encoding": "identity"})
    packed = client.query(EVERYTHING, **{"Accept-Encoding": coding})
    assert packed.headers["content-encoding"] == coding
    assert "Accept-Encoding" in packed.headers["vary"]
    assert packed.headers["etag"] == plain.headers["etag"]


def test_what_was_asked_before_needs_no_worker(serving, release):
    one = serving(release, Settings(query_workers=1))
    query = f"SELECT * {{ GRAPH <{BASE}graph/codes> {{ ?s ?p ?o }} }}"
    first = one.query(query)
    worker = one.app.state.site.visitors.answering
    free, worker._free = worker._free, []
    assert one.query(query).content == first.content
    worker._free = free
    volatile = "SELECT (UUID() AS ?u) {}"
    assert one.query(volatile).content != one.query(volatile).content


@pytest.fixture
def pool(release):
    nursery = Nursery.start(release, Place(2**30, release, "digest", BASE), Bounds(2**30, 2**20))
    yield (pool := Pool(nursery, 1, 1, 60.0))
    pool.close()
    nursery.close()


def test_a_client_that_leaves_stops_its_query(pool):
    async def left():
        return None

    async def ask():
        with pytest.raises(Exception, match="client has left"):
            await pool.ask("write", ENDLESS, JSON_RESULTS, WHOLE, visitor=Visitor(gone=left))
        with await pool.ask("write", "ASK {}", CSV_RESULTS, WHOLE) as body:
            return body.read()

    assert asyncio.run(ask()) == b"true"


def test_a_worker_that_dies_at_work_is_replaced(pool):
    async def die():
        [worker] = children(pool.nursery.pid)
        os.kill(worker, signal.SIGKILL)
        await asyncio.Event().wait()

    async def ask():
        with pytest.raises(Exception, match="gave it up"):
            await pool.ask("write", ENDLESS, JSON_RESULTS, WHOLE, visitor=Visitor(gone=die))
        with await pool.ask("write", "ASK {}", CSV_RESULTS, WHOLE) as body:
            return body.read()

    assert asyncio.run(ask()) == b"true"


def test_a_worker_that_dies_at_rest_is_replaced_before_anybody_asks(pool):
    async def ask():
        with await pool.ask("write", "ASK {}", CSV_RESULTS, WHOLE):
            pass
        [worker] = children(pool.nursery.pid)
        os.kill(worker, signal.SIGKILL)
        while pool.idle:
            await asyncio.sleep(0)
        with await pool.ask("write", "ASK {}", CSV_RESULTS, WHOLE) as body:
            return body.read()

    assert asyncio.run(ask()) == b"true"


def test_a_worker_doesnt_keep_the_memory_that_an_answer_took(pool):
    query = f"SELECT (COUNT(*) AS ?n) {{ {{ {HUNGRY} LIMIT 150000 }} }}"

    async def ask():
        with await pool.ask("write", "ASK {}", CSV_RESULTS, WHOLE):
            [before] = children(pool.nursery.pid)
        with await pool.ask("write", query, CSV_RESULTS, WHOLE) as body:
            assert body.read() == b"n\r\n150000\r\n"
        with await pool.ask("write", "ASK {}", CSV_RESULTS, WHOLE):
            return before, children(pool.nursery.pid)

    before, after = asyncio.run(ask())
    assert after - {before}  # the other may take a moment to go


def test_short_questions_are_answered_while_long_ones_take_every_worker(pool):
    """More long ones than may go on beside: the first goes on, the others are put off."""
    pool.queue = 60

    async def ask(query):
        with await pool.ask("write", query, CSV_RESULTS, WHOLE) as body:
            return body.read()

    async def ask_all():
        long = [asyncio.create_task(ask(ENDLESS)) for _ in range(3)]
        short = await asyncio.gather(*(ask("ASK {}") for _ in range(50)))
        assert not any(task.done() for task in long)
        # who is beside has what the others leave of the processors
        nice = {niceness(worker) for worker in children(pool.nursery.pid)}
        for task in long:
            task.cancel()
        await asyncio.gather(*long, return_exceptions=True)
        return short, nice, await ask("ASK {}")

    short, nice, then = asyncio.run(ask_all())
    assert {*short, then} == {b"true"}
    assert {0, 15} <= nice
    assert (pool.busy, pool.waiting) == (0, 0)


def test_what_was_put_off_is_answered_when_there_is_a_place(pool):
    pool.queue = 3
    counted = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"

    async def ask(query):
        with await pool.ask("write", query, CSV_RESULTS, WHOLE) as body:
            return body.read()

    async def ask_all():
        endless = asyncio.create_task(ask(ENDLESS))
        long = asyncio.create_task(ask(ENDLESS))
        while not pool._put_off:
            await ask("ASK {}")
        [question] = pool._put_off
        question.sent = wire.question("write", (counted, CSV_RESULTS, WHOLE))
        endless.cancel()
        return await long

    assert asyncio.run(ask_all()).startswith(b"n\r\n")


def test_clients_take_turns():
    line = Line()
    for number, client in enumerate(["a", "a", "a", "b", "c", "b"]):
        line.put(Question(b"%d" % number, Visitor(client), None, 0))
    line.remove(next(question for question in line if question.sent == b"4"))
    in_turn = [line.next().sent for _ in range(len(line))]
    assert in_turn == [b"0", b"3", b"1", b"5", b"2"]
    assert line.next() is None


def test_a_worker_doesnt_keep_copies_of_more_than_its_share():
    """What it writes to of its parent's is copied, and counts as much as what it asks for."""
    program = """
import os, mmap
from api.workers.worker import Kept
shared = mmap.mmap(-1, 100_000_000, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
shared[:] = bytes(len(shared))
if os.fork() == 0:
    kept = Kept(10**9)
    before = kept.is_too_much
    for page in range(0, len(shared), mmap.PAGESIZE):
        shared[page] = 1
    os._exit(before * 2 + kept.is_too_much)
print(os.waitstatus_to_exitcode(os.wait()[1]))
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert told.stdout == b"1\n"


def test_a_long_question_is_sent_as_it_is_taken(pool):
    query = "ASK {} #" + "x" * 3_000_000

    async def ask():
        with await pool.ask("write", query, CSV_RESULTS, WHOLE) as body:
            return body.read()

    assert asyncio.run(ask()) == b"true"


def test_workers_have_an_allocator_of_their_own(pool, monkeypatch):
    mapped = Path(f"/proc/{pool.nursery.pid}/maps").read_text("utf-8")
    assert str(Path(library()).resolve()) in mapped
    monkeypatch.setenv("LD_PRELOAD", "/other.so")
    assert environment()["LD_PRELOAD"] == f"{library()}:/other.so"


def test_the_processes_end_with_the_server(release):
    app = create_app(release, Settings())
    pid = app.state.site.nursery.pid
    app.state.site.close()
    assert not Path(f"/proc/{pid}").exists()


def test_a_nursery_that_is_gone_leaves_no_socket(pool):
    pool.nursery.close()
    before = set(Path("/proc/self/fd").iterdir())
    with pytest.raises(OSError):
        pool.nursery.hatch()
    assert set(Path("/proc/self/fd").iterdir()) <= before


def test_a_large_release_is_served_from_disk(serving, release, tmp_path):
    disk = serving(release, Settings(memory=0, stores=tmp_path))
    memory = serving(release, Settings())
    assert disk.query(EVERYTHING).json()["head"] == memory.query(EVERYTHING).json()["head"]
    counted = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert disk.query(counted).content == memory.query(counted).content
    [store] = tmp_path.iterdir()
    written = store.stat().st_mtime_ns
    again = serving(release, Settings(memory=0, stores=tmp_path))
    assert again.query(counted).status_code == 200
    assert store.stat().st_mtime_ns == written


def test_a_new_release_takes_the_place_of_the_old(serving, release, tmp_path):
    copy = shutil.copytree(release, tmp_path / "release")
    served = serving(copy, Settings())
    old = served.app.state.site
    served.portal.start_task_soon(renew, served.app)
    while served.app.state.site is old:
        assert served.query("ASK {}").status_code == 200
    assert served.query("ASK {}").status_code == 200
    (copy / "data/juesuan.nq.gz").write_bytes(b"damaged")
    new = served.app.state.site
    served.portal.call(renew, served.app)
    assert served.app.state.site is new
    assert served.query("ASK {}").status_code == 200
    assert not Path(f"/proc/{old.nursery.pid}").exists()


def test_a_clients_share_fills_up_again():
    now = 0.0
    clients = Clients(2, clock=lambda: now)
    clients.admit("192.0.2.1")
    clients.admit("192.0.2.1")
    with pytest.raises(TooMany) as refused:
        clients.admit("192.0.2.1")
    assert refused.value.headers["Retry-After"] == "30"
    clients.admit("192.0.2.2")
    clients.admit("127.0.0.1")
    clients.admit("127.0.0.1")
    clients.admit("127.0.0.1")
    now = 30.0
    clients.admit("192.0.2.1")
    with pytest.raises(TooMany):
        clients.admit("192.0.2.1")
