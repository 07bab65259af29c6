"""The files of deploy/ name what is there, and the programs that read them accept them."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from api.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
ROOT = DEPLOY.parent
#: The keys of a service that are used here, of the Compose Specification.
SERVICE = {
    "build", "cap_drop", "depends_on", "environment", "image", "init", "ports", "read_only",
    "restart", "security_opt", "stop_grace_period", "volumes",
}  # fmt: skip


@pytest.mark.parametrize("file", sorted(DEPLOY.iterdir()), ids=lambda file: file.name)
def test_each_setting_is_one_that_there_is(file):
    named = set(re.findall(r"\bJUESUAN_([A-Z_]+)", file.read_text("utf-8"))) - {"RELEASE"}
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_the_image_copies_what_is_there():
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE)
    assert all((ROOT / name).exists() for names in copied for name in names.split())
    assert re.search(r"^USER juesuan$", text, re.MULTILINE)
    assert "/readyz" in text


def test_compose_names_services_volumes_and_files_that_are_there():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    assert compose.keys() == {"name", "services", "volumes"}
    for service in compose["services"].values():
        assert service.keys() <= SERVICE
        assert set(service.get("depends_on", {})) <= compose["services"].keys()
        for volume in service["volumes"]:
            source = volume.rsplit(":", 2 if volume.endswith(":ro") else 1)[0]
            if source.startswith("./"):
                assert (ROOT / source).is_file()
            elif not source.startswith("${"):
                assert source in compose["volumes"]
    assert (ROOT / compose["services"]["server"]["build"]["dockerfile"]).is_file()


@pytest.mark.needs("nginx")
@pytest.mark.parametrize("upstream", ["upstream.conf", "upstream-replicas.conf"])
def test_nginx_accepts_its_configuration(upstream, tmp_path):
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    named = {"/etc/nginx/upstream.conf": tmp_path / "upstream.conf", "/tmp/nginx": tmp_path / "ng"}
    for name, here in named.items():
        text = text.replace(name, str(here))
    (tmp_path / "nginx.conf").write_text(text, "utf-8")
    # the name that only a network of containers knows
    hosts = (DEPLOY / upstream).read_text("utf-8").replace("server server:", "server 127.0.0.1:")
    (tmp_path / "upstream.conf").write_text(hosts, "utf-8")
    checked = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.needs("systemd-analyze")
def test_systemd_accepts_the_unit(tmp_path):
    text = (DEPLOY / "juesuan.service").read_text("utf-8")
    program = tmp_path / "juesuan"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    unit = tmp_path / "juesuan.service"
    unit.write_text(text.replace("/opt/juesuan/bin/juesuan", str(program)), "utf-8")
    checked = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    said = [line for line in checked.stderr.splitlines() if "juesuan" in line]
    assert (checked.returncode, said) == (0, [])
