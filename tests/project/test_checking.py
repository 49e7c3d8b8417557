"""A setting that cannot work ends the start with a sentence, and none of the usual ones does."""

import subprocess
import sys
from pathlib import Path

import pytest

from backend.cli.checking import faults
from backend.cli.prepare import reason_said
from backend.settings import ROOT, Settings
from tests.servers import free_port
from tests.shop import Shop


def said(folder: Path, **settings: object) -> list[str]:
    plain = {"data_dir": folder, "vector_dir": folder / "index", "_env_file": None}
    return list(faults(Settings.model_validate({**plain, **settings})))


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("rate_limits", "lots", "RATE_LIMITS is on, off, or"),
        ("rate_limits", "address=0", "RATE_LIMITS"),
        ("smtp_url", "mail.example", "SMTP_URL must read smtp://"),
        ("tenant_hosts", "shop.example", "TENANT_HOSTS reads shop.example=slug"),
        ("openai_base_url", "api.example/v1", "OPENAI_BASE_URL"),
        ("trusted_proxies", "10.0.0.0/8,balancer", "balancer is neither"),
        ("llm_plans", "slug", "LLM_PLANS"),
        ("llm_plans", "slug=lavish", "LLM_PLANS: there is no plan 'lavish'"),
        ("llm_plan", "lavish", "LLM_PLAN: there is no plan 'lavish'"),
        ("llm_prices", "m=cheap", "LLM_PRICES: 'm=cheap' is not"),
        ("prompt_variants", "shop/reply.cold=50", "PROMPT_VARIANTS: there is no prompt reply.cold"),
        ("prompt_variants", "reply", "PROMPT_VARIANTS: 'reply' is not shop/prompt.variant=percent"),
        ("data_dir", "/proc/nowhere", "DATA_DIR: nothing can be written to /proc/nowhere"),
        ("vector_dir", "/dev/null/index", "VECTOR_DIR: nothing can be written"),
    ],
)
def test_a_setting_that_cannot_work_is_named(tmp_path: Path, name: str, value: str, named: str) -> None:
    found = said(tmp_path, **{name: value})
    assert len(found) == 1 and named in found[0] and found[0].endswith(".")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "support.db").write_bytes(b"not at all")
    assert "support.db holds no SQLite database" in said(tmp_path)[0]
    (tmp_path / "support.db").write_bytes(b"")
    assert said(tmp_path) == []


def test_what_another_user_left_behind_is_named(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "techpro").symlink_to("/proc/nowhere")  # nobody may write there, root neither
    assert [f"VECTOR_DIR: {tmp_path}/index/techpro cannot be written" in fault for fault in said(tmp_path)] == [True]


def command(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """What the command says, beside a shop's data."""
    return subprocess.run(
        [sys.executable, "-m", "backend.cli", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_a_shop_that_is_not_there_gets_no_token_and_no_start(shop: Shop) -> None:
    token = command("token", "--role", "admin", "--tenant", "nosuch", **shop.env)
    start = command("serve", **{**shop.env, "DEFAULT_TENANT": "nosuch", "PORT": str(free_port())})
    assert (token.returncode, token.stdout) == (1, "") and "TENANT=nosuch names no shop" in token.stderr
    assert start.returncode == 1 and "DEFAULT_TENANT=nosuch names no shop (there are: techpro)" in start.stderr


def test_a_setting_of_another_form_shows_how_it_is_written(shop: Shop) -> None:
    refused = command("token", "--role", "admin", "--tenant", "techpro", **{**shop.env, "REDIS_URL": "localhost"})
    assert refused.returncode == 1 and "redis://" in refused.stderr and "(redis|" not in refused.stderr


def test_records_that_are_damaged_end_the_start_with_the_way_out(shop: Shop, tmp_path: Path) -> None:
    file = Path(shop.env["DATA_DIR"]) / "support.db"
    (tmp_path / "support.db").write_bytes(file.read_bytes()[:4096] + b"\xa5" * 40_960)
    refused = command("serve", **{**shop.env, "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'support.db'}"})
    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    assert "put a backup in their place" in refused.stderr and str(tmp_path) in refused.stderr


def test_a_step_that_failed_tells_its_reason_alone() -> None:
    told = 'Traceback (most recent call last):\n  File "x.py", line 1\nOSError: no such model.\nSee the list.\n'
    assert reason_said(told) == "OSError: no such model.\nSee the list."
    assert reason_said("killed") == "killed"


def test_what_is_written_rightly_passes(tmp_path: Path) -> None:
    assert said(tmp_path) == []
    whole = {
        "rate_limits": "address=600, session=30",
        "smtp_url": "smtp://me:secret@mail.example:587",
        "tenant_hosts": "shop.example=one, other.example=two",
        "openai_base_url": "http://localhost:9/v1",
        "trusted_proxies": "10.0.0.0/8, ::1, *",
        "llm_plans": "one=standard",
    }
    assert said(tmp_path, **whole) == []


def test_records_that_do_not_answer_end_the_start_with_the_way_out(shop: Shop) -> None:
    where = f"127.0.0.1:{free_port()}"
    env = {**shop.env, "DATABASE_URL": f"postgresql+asyncpg://shop:hush-hush@{where}/shop"}
    command = [sys.executable, "-m", "backend.cli", "prepare"]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Traceback" not in done.stderr and "hush-hush" not in done.stderr
    assert f"The records at {where} cannot be reached" in done.stderr and "DATABASE_URL" in done.stderr
