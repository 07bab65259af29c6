import gzip
import hashlib

import pytest

from .small_release import UNIT

DATA = "/dumps/data/juesuan.nq.gz"


def test_a_file_as_it_is(client, release):
    answer = client.get(DATA)
    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers
    assert answer.content == (release / "data/juesuan.nq.gz").read_bytes()
    assert gzip.decompress(answer.content).endswith(b" .\n")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("facts.schema.json", "application/schema+json"),
        ("manifest.json", "application/json"),
        ("ontology/juesuan.ttl", "text/turtle; charset=utf-8"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_tells_its_media_type(client, name, media_type):
    assert client.get(f"/dumps/{name}").headers["content-type"] == media_type


def test_every_file_can_be_checked(client):
    for line in client.get("/dumps/SHA256SUMS").text.splitlines():
        digest, name = line.split()
        assert hashlib.sha256(client.get(f"/dumps/{name}").content).hexdigest() == digest


@pytest.mark.parametrize(
    ("wanted", "status", "length"),
    [("bytes=0-9", 206, 10), ("bytes=-5", 206, 5), ("bytes=999999-", 416, 0)],
)
def test_ranges(client, wanted, status, length):
    answer = client.get(DATA, headers={"Range": wanted})
    assert (answer.status_code, len(answer.content)) == (status, length)


def test_head(client, release):
    answer = client.request("HEAD", DATA)
    size = (release / "data/juesuan.nq.gz").stat().st_size
    assert (answer.content, answer.headers["content-length"]) == (b"", str(size))
    assert answer.headers["accept-ranges"] == "bytes"


def test_listings(client):
    top = client.page("/dumps/")
    folders = ("data/", "ontology/", "shapes/", "sources/")
    for name in (*folders, "SHA256SUMS", "manifest.json", "facts.schema.json"):
        assert f'href="/dumps/{name}"' in top
    assert "cache" not in top
    inner = client.page("/dumps/data/reports/")
    assert f'href="/dumps/data/reports/{UNIT}/"' in inner
    assert 'href="/dumps/data/"' in inner


@pytest.mark.parametrize("path", ["/dumps", "/dumps/data"])
def test_a_folder_ends_in_a_slash(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (308, f"{path}/")


@pytest.mark.parametrize(
    "path",
    [
        *("cache/", "cache/secret.json", "data/none.nq", "%2e%2e/", "..%2f..%2fetc%2fpasswd"),
        *("data/..%2f..%2fcache%2fsecret.json", "data/%2e%2e/cache/secret.json", "%2fetc%2fpasswd"),
        *("data/.hidden", "data%5c..%5ccache", "data/a%00b", "SHA256SUMS/x"),
    ],
)
def test_nothing_else_is_published(client, path):
    assert client.get(f"/dumps/{path}").status_code == 404


def test_a_link_out_of_the_release_is_not_followed(client, release, tmp_path):
    (tmp_path / "secret").write_text("secret")
    link = release / "data" / "link"
    link.symlink_to(tmp_path / "secret")
    try:
        assert client.get("/dumps/data/link").status_code == 404
    finally:
        link.unlink()
