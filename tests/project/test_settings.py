"""Every setting is explained where an operator looks: in .env.example and in the README's table."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from backend.settings import ROOT, Settings

FIELDS = sorted(Settings.model_fields.items())


def default(field: FieldInfo) -> str:
    """As it is written in a .env file; folders relative to the checkout."""
    if isinstance(field.default, SecretStr):
        return field.default.get_secret_value()
    if isinstance(field.default, Path):
        return str(field.default.relative_to(ROOT))
    return str(field.default).lower() if isinstance(field.default, bool) else str(field.default)


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=[name for name, _ in FIELDS])
def test_setting_is_documented(name: str, field: FieldInfo) -> None:
    assert field.description, f"{name} has no line of meaning"
    example = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    line = f"{name.upper()}={default(field)}"
    place = next((i for i, found in enumerate(example) if found.lstrip("#") == line), None)
    assert place is not None, f".env.example lacks the line #{line}"
    assert example[place - 1] == f"# {field.description}"
    shown = f"`{default(field)}`" if default(field) else ""
    row = f"| `{name.upper()}` | {shown} | {field.description} |"
    assert row in (ROOT / "README.md").read_text(encoding="utf-8").splitlines(), f"the README lacks the row {row}"
