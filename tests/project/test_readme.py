"""The README speaks of what is there: files, rooms, pictures."""

import re
from pathlib import Path

import pytest

from backend.settings import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_linked_files_exist() -> None:
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_files_in_backticks_exist() -> None:
    named = set(re.findall(r"`((?:backend|frontend|tests|seed_data)/[^`*<{ ]*)`", README))
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name.rstrip("/")).exists()] == []


def test_the_map_has_every_room() -> None:
    rooms = {f"{path.parent.name}/" for path in (ROOT / "backend").glob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}`" not in README} == set()


@pytest.mark.parametrize("picture", re.findall(r"!\[[^\]]+\]\(([^)]+\.(?:png|jpg))\)", README))
def test_pictures_are_small(picture: str) -> None:
    assert Path(ROOT / picture).stat().st_size <= 300_000


def test_headings_that_are_linked_exist() -> None:
    anchors = {
        re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-") for h in re.findall(r"^#+ (.+)$", README, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= anchors
