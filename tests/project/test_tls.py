"""The balancer with TLS, as it is delivered: what it redirects, what it promises, and that streams still stream."""

import contextlib
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from backend.cli.bench.engines import Engine
from backend.settings import ROOT
from tests.left_out import left_out
from tests.servers import free_port
from tests.shop import Shop

NGINX = ROOT / "deploy" / "nginx"


def certified(folder: Path) -> None:
    """A certificate for this machine alone, where the configuration looks for it."""
    folder.mkdir()
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "tls.key"), "-out", str(folder / "tls.crt")]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run([*made, *names, *files], check=True, capture_output=True)


@pytest.fixture
def fronted(tmp_path: Path, shop: Shop) -> Iterator[tuple[int, int, Path]]:
    """Its two ports, without and with TLS, and the certificate."""
    for program in ("nginx", "openssl"):
        if shutil.which(program) is None:
            left_out(f"{program} is not installed")
    shutil.copytree(NGINX, tmp_path / "shop")
    certified(tmp_path / "shop" / "certificates")
    server = f"server 127.0.0.1:{shop.url.rsplit(':', 1)[1]};"
    (tmp_path / "shop" / "upstream.conf").write_text(f"upstream shop {{ {server} }}")
    plain, tls = free_port(), free_port()
    said = (NGINX / "tls.conf").read_text().replace("/etc/nginx", str(tmp_path))
    said = said.replace("8080", f"127.0.0.1:{plain}").replace("8443", f"127.0.0.1:{tls}")
    version = re.search(r"nginx/1\.(\d+)", subprocess.run(["nginx", "-v"], capture_output=True, text=True).stderr)
    if version and int(version[1]) < 25:  # it stood behind `listen` then
        said = said.replace("http2 on;", "").replace(" ssl default_server", " ssl http2 default_server")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    own = f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} "
    (tmp_path / "nginx.conf").write_text(own + f"http {{ access_log off; {paths} {said} }}")
    engine = Engine("nginx", ["nginx", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")], tls)
    with contextlib.ExitStack() as stack:
        engine.start()
        stack.callback(engine.kill)
        yield plain, tls, tmp_path / "shop" / "certificates" / "tls.crt"


def test_the_balancer_ends_tls(fronted: tuple[int, int, Path]) -> None:
    plain, tls, certificate = fronted
    with httpx.Client(verify=ssl.create_default_context(cafile=certificate), timeout=60) as http:
        sent_on = http.get(f"http://127.0.0.1:{plain}/api/products?q=x1")
        assert (sent_on.status_code, sent_on.headers["location"]) == (308, "https://127.0.0.1/api/products?q=x1")
        assert http.get(f"http://127.0.0.1:{plain}/balancer").status_code == 204
        url = f"https://127.0.0.1:{tls}"
        answer = http.post(f"{url}/api/chat", json={"message": "hello"})
        assert answer.status_code == 200
        assert answer.headers.get_list("strict-transport-security") == ["max-age=31536000; includeSubDomains"]
        assert http.get(f"{url}/metrics").status_code == 404
        question = {"message": "What's the battery life of the X1?"}
        with http.stream("POST", f"{url}/api/chat/stream", json=question) as events:
            pieces = list(events.iter_text())
        assert "[DONE]" in pieces[-1] and len(pieces) > 1, "a buffered stream comes in one piece"
