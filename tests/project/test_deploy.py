"""What lies under deploy/ holds together: manifests against Kubernetes' schemas, rules against what /metrics says,
the load balancer by running it.
"""

import contextlib
import json
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import kubernetes_validate
import pytest
import yaml

from backend.cli.bench import engines
from backend.settings import ROOT, Settings
from tests.left_out import left_out
from tests.servers import free_port
from tests.shop import Shop

DEPLOY = ROOT / "deploy"
MANIFESTS = DEPLOY / "kubernetes"
OBJECTS: list[dict[str, Any]] = [
    found
    for file in sorted(MANIFESTS.glob("*.yaml"))
    if file.name != "kustomization.yaml"
    for found in yaml.safe_load_all(file.read_text(encoding="utf-8"))
]
RULES = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text())["groups"][0]["rules"]
DASHBOARD = json.loads((DEPLOY / "grafana" / "dashboard.json").read_text())
#: Words of PromQL that are no metric.
LANGUAGE = set(
    "sum rate max by le increase histogram_quantile kind name tool engine intent outcome status purpose".split()
)


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [found for found in OBJECTS if found["kind"] == kind]


def pods() -> dict[str, dict[str, Any]]:
    """The pod template of each workload, by its part."""
    workloads = [*of_kind("Deployment"), *of_kind("Job")]
    return {w["spec"]["template"]["metadata"]["labels"]["part"]: w["spec"]["template"]["spec"] for w in workloads}


def test_manifests_follow_the_schemas_of_kubernetes() -> None:
    for found in OBJECTS:
        kubernetes_validate.validate(found, "1.31", strict=True)
    broken = json.loads(json.dumps(of_kind("Deployment")[0]))
    broken["spec"]["template"]["spec"]["containers"][0]["livenesProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, "1.31", strict=True)


def test_every_manifest_is_applied_and_everything_promised_is_there() -> None:
    listed = yaml.safe_load((MANIFESTS / "kustomization.yaml").read_text())["resources"]
    assert set(listed) == {file.name for file in MANIFESTS.glob("*.yaml")} - {"kustomization.yaml"}
    kinds = {"Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Job", "ConfigMap"}
    assert kinds <= {found["kind"] for found in OBJECTS}
    assert set(pods()) == {"web", "worker", "migrate"}


def test_pods_are_limited_unprivileged_and_hold_no_secret() -> None:
    assert not of_kind("Secret")
    for part, pod in pods().items():
        assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"], part
        [container] = pod["containers"]
        assert {"requests", "limits"} <= set(container["resources"]) and "memory" in container["resources"]["limits"]
        rights = container["securityContext"]
        assert rights["readOnlyRootFilesystem"] and rights["capabilities"] == {"drop": ["ALL"]}
        assert {"secretRef": {"name": "support-desk"}} in container["envFrom"] and "env" not in container
        volumes = {volume["name"] for volume in pod["volumes"]}
        assert {mount["name"] for mount in container["volumeMounts"]} == volumes


def test_servers_are_probed_and_stop_after_their_calls() -> None:
    web = pods()["web"]
    [container] = web["containers"]
    assert {"livenessProbe", "readinessProbe", "startupProbe", "lifecycle"} <= set(container)
    drained = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
    graceful = int(re.search(r"_GRACEFUL_SECONDS = (\d+)", (ROOT / "backend/cli/serving.py").read_text())[1])  # type: ignore[index]
    assert web["terminationGracePeriodSeconds"] > drained + graceful


def test_names_of_the_manifests_meet() -> None:
    services = {found["metadata"]["name"]: found["spec"].get("selector") for found in of_kind("Service")}
    paths = [p for i in of_kind("Ingress") for rule in i["spec"]["rules"] for p in rule["http"]["paths"]]
    assert {p["backend"]["service"]["name"] for p in paths} <= set(services)
    labels = [w["spec"]["template"]["metadata"]["labels"] for w in of_kind("Deployment")]
    selectors = [s for s in services.values() if s] + [
        found["spec"]["selector"]["matchLabels"] for found in (*of_kind("Deployment"), *of_kind("PodDisruptionBudget"))
    ]
    assert all(any(selector.items() <= have.items() for have in labels) for selector in selectors)
    [scaled] = of_kind("HorizontalPodAutoscaler")
    assert scaled["spec"]["scaleTargetRef"]["name"] in {w["metadata"]["name"] for w in of_kind("Deployment")}
    [config] = of_kind("ConfigMap")
    assert {name.lower() for name in config["data"]} <= set(Settings.model_fields)
    secret = re.findall(
        r"\b[A-Z]+_(?:KEY|URL|PASSWORD)\b", (MANIFESTS / "config.yaml").read_text().split("apiVersion")[0]
    )
    assert {name.lower() for name in secret} <= set(Settings.model_fields) and not set(secret) & set(config["data"])


def test_rules_and_panels_ask_for_numbers_that_exist(shop: Shop) -> None:
    with shop.client() as http:
        http.post("/api/chat", json={"message": "hello"}).raise_for_status()
        exposed = http.get("/metrics").text
    families = dict(re.findall(r"^# TYPE (\S+) (\S+)$", exposed, re.MULTILINE))
    known = {"up", *families} | {f"{name}_bucket" for name, kind in families.items() if kind == "histogram"}
    asked = [rule["expr"] for rule in RULES] + [t["expr"] for panel in DASHBOARD["panels"] for t in panel["targets"]]
    for expression in asked:
        bare = re.sub(r'\{[^}]*\}|\[[^\]]*\]|"[^"]*"', "", expression)
        names = set(re.findall(r"[a-z_]{2,}", bare)) - LANGUAGE
        assert names and names <= known, f"{expression}: {names - known}"
        assert expression.count("(") == expression.count(")")
    labels = {
        name: set(re.findall(r"(\w+)=", row)) for name, row in re.findall(r"^(\w+?)(?:_bucket)?\{(.*)\}", exposed, re.M)
    }
    for name, selector in re.findall(r"(\w+?)(?:_bucket)?\{([^}]*)\}", " ".join(asked)):
        wanted = {pair.split("=")[0].strip("!~ ") for pair in re.findall(r"\w+\s*!?=~?", selector)}
        if name in labels:
            assert wanted <= labels[name], (name, wanted)


def test_every_alert_is_explained() -> None:
    written = (ROOT / "OPERATIONS.md").read_text(encoding="utf-8")
    assert [rule["alert"] for rule in RULES if f"**{rule['alert']}**" not in written] == []
    assert all(rule["labels"]["severity"] in ("page", "ticket") for rule in RULES)


def test_the_balancer_reads_its_settings(tmp_path: Path) -> None:
    if shutil.which("nginx") is None:
        left_out("nginx is not installed")
    said = (DEPLOY / "nginx" / "nginx.conf").read_text()
    said = re.sub(r"^user nginx;", "", said, flags=re.MULTILINE).replace("/var/log/nginx", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(said.replace("/run/nginx.pid", f"{tmp_path}/pid").replace("conf.d", "none.d"))
    tried = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr


@contextlib.contextmanager
def balancer(folder: Path, *servers: int) -> Iterator[str]:
    """The balancer as it is delivered, in front of `servers`."""
    if shutil.which("nginx") is None:
        left_out("nginx is not installed")
    with engines.balancer(folder, *servers) as port:
        yield f"http://127.0.0.1:{port}"


def test_the_balancer_streams_and_goes_round_a_server_that_is_gone(tmp_path: Path, shop: Shop) -> None:
    own = int(shop.url.rsplit(":", 1)[1])
    with balancer(tmp_path, free_port(), own) as url, httpx.Client(base_url=url, timeout=30) as http:
        assert [http.post("/api/chat", json={"message": "hello"}).status_code for _ in range(4)] == [200] * 4
        assert http.get("/metrics").status_code == 404 and http.get("/balancer").status_code == 204
        first = 0.0
        with http.stream("POST", "/api/chat/stream", json={"message": "What's the battery life of the X1?"}) as events:
            assert events.headers["content-type"].startswith("text/event-stream")
            pieces = []
            for piece in events.iter_text():
                first = first or time.monotonic()
                pieces.append(piece)
        assert "[DONE]" in pieces[-1] and len(pieces) > 1, "a buffered stream comes in one piece"


class WithoutRecords(BaseHTTPRequestHandler):
    """A server whose records are gone: it answers about goods."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/api/products" else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def test_servers_without_records_are_not_taken_for_dead(tmp_path: Path) -> None:
    """A balancer that leaves them alone for their 503 would have nobody left to answer about goods."""
    with contextlib.ExitStack() as stack:
        ports = []
        for _ in range(2):
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), WithoutRecords))
            stack.callback(server.shutdown)
            threading.Thread(target=server.serve_forever).start()
            ports.append(server.server_port)
        url = stack.enter_context(balancer(tmp_path, *ports))
        with httpx.Client(base_url=url) as http:
            assert [http.get("/api/orders").status_code for _ in range(6)] == [503] * 6
            assert [http.get("/api/products").status_code for _ in range(4)] == [200] * 4


class Holding(BaseHTTPRequestHandler):
    """A server that keeps who asks for /slow until `let_go`."""

    let_go = threading.Event()

    def do_GET(self) -> None:
        if self.path == "/slow":
            self.let_go.wait(120)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def test_a_restarted_server_is_asked_at_once_though_the_next_one_restarts(tmp_path: Path) -> None:
    """With what a refused call leaves behind it would be on probation until its first call has ended."""
    with contextlib.ExitStack() as stack:

        def served(port: int) -> ThreadingHTTPServer:
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", port), Holding))
            threading.Thread(target=server.serve_forever).start()
            return server

        first, later = served(0), free_port()
        url = stack.enter_context(balancer(tmp_path, first.server_port, later))
        http = stack.enter_context(httpx.Client(base_url=url, timeout=60))
        assert [http.get("/").status_code for _ in range(4)] == [200] * 4, "the other one is not there yet"
        second = served(later)
        stack.callback(second.shutdown)
        slow = [threading.Thread(target=httpx.get, args=(f"{url}/slow",), kwargs={"timeout": 120}) for _ in range(2)]
        for one in slow:
            one.start()
        stack.callback(Holding.let_go.set)
        first.shutdown()
        first.server_close()
        assert [http.get("/").status_code for _ in range(4)] == [200] * 4
        Holding.let_go.set()
        for one in slow:
            one.join()
