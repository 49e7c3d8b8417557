"""Plans: what each shop may spend."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from backend.domain.usage import Plan


class Plans:
    """The plan of every shop. Raises ValueError for a plan that does not exist, naming those that do."""

    def __init__(self, default: str, of_tenants: Mapping[str, str] | None = None) -> None:
        self._known = _read()
        self._default = self._named(default)
        self._of = {tenant: self._named(name) for tenant, name in (of_tenants or {}).items()}

    def of(self, tenant: str) -> Plan:
        """The plan of a shop."""
        return self._of.get(tenant, self._default)

    def _named(self, name: str) -> Plan:
        if name not in self._known:
            raise ValueError(f"there is no plan {name!r}; backend/llm/plans.toml has {', '.join(sorted(self._known))}")
        return self._known[name]


def _read() -> dict[str, Plan]:
    rows = tomllib.loads((Path(__file__).parent / "plans.toml").read_text(encoding="utf-8"))
    return {name: _plan(name, row) for name, row in rows.items()}


def _plan(name: str, row: Mapping[str, float]) -> Plan:
    cents = {
        key.replace("_dollars", "_microdollars"): round(value * 1_000_000)
        for key, value in row.items()
        if key.endswith("_dollars")
    }
    tokens = {key: value for key, value in row.items() if key.endswith("_tokens")}
    return Plan.model_validate({"name": name, **tokens, **cents})
