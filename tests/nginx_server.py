"""nginx on loopback with deploy/nginx.conf, ports and a certificate of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

DEPLOY = Path(__file__).parents[1] / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
MISSING = NGINX is None or not shutil.which("openssl") or sys.platform != "linux"
NAME = "plan.example.gov.cn"
# Where nginx keeps what it buffers: for whoever runs the tests, beside the rest.
BUFFERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Ports(NamedTuple):
    """Where it listens."""

    plain: int
    secure: int


@contextmanager
def nginx_in_front(folder: Path, upstream: str, changes: Mapping[str, str] | None = None) -> Iterator[Ports]:
    """nginx in front of the service at `upstream`, with the shipped file; `changes` are what an office edits in it."""
    ports = Ports(free_port(), free_port())
    edited = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    ours = {
        "127.0.0.1:8000": upstream,
        "listen 80;": f"listen 127.0.0.1:{ports.plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{ports.secure} ssl;",
    }
    for old, new in {**(changes or {}), **ours, "/etc/agriplan/": f"{folder}/"}.items():
        assert old in edited, old
        edited = edited.replace(old, new)
    make_certificate(folder)
    # Started by root its workers would be nobody, who may not look into the tests' folders.
    whose = "user root;\n" if os.geteuid() == 0 else ""
    buffers = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in BUFFERS)
    (folder / "whole.conf").write_text(
        f"{whose}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nworker_rlimit_nofile 4096;\n"
        f"events {{ worker_connections 2048; }}\nhttp {{\naccess_log off;\n{buffers}{edited}\n}}\n",
        encoding="utf-8",
    )
    nginx = subprocess.Popen([str(NGINX), "-p", folder, "-c", folder / "whole.conf"], stderr=subprocess.PIPE)
    try:
        wait_for(ports.secure, nginx)
        yield ports
    finally:
        nginx.terminate()
        nginx.wait(10)
        nginx.stderr.close()


def make_certificate(folder: Path) -> None:
    """A certificate that nobody has signed, for two days."""
    make = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    kept = ["-keyout", folder / "plan.key", "-out", folder / "plan.crt"]
    subprocess.run(["openssl", *make, *kept], check=True, capture_output=True)


def password_line(login: str, password: str) -> str:
    """A line of a file of passwords, as `htpasswd` writes it."""
    made = subprocess.run(["openssl", "passwd", "-apr1", password], check=True, capture_output=True, text=True)
    return f"{login}:{made.stdout}"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_for(port: int, nginx: subprocess.Popen[bytes]) -> None:
    """Until somebody can connect."""
    end = time.monotonic() + 20
    while nginx.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    nginx.kill()
    raise AssertionError(nginx.stderr.read().decode())
