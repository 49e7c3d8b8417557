"""What every domain value shares: it is frozen, it rejects unknown fields, it serialises itself."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Value(BaseModel):
    """A frozen value. Equality is by content; unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time needs a zone: write it like 2026-03-01T14:30:00Z")
    return moment.astimezone(UTC)


#: An aware time, always converted to UTC.
Moment = Annotated[datetime, AfterValidator(_aware)]


@dataclass(frozen=True, slots=True)
class Shaped:
    """Holds a text to `pattern`; who writes it otherwise is shown an `example`, not the pattern."""

    pattern: str
    example: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._held, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.pattern}

    def _held(self, text: str) -> str:
        if re.search(self.pattern, text) is None or text.endswith("\n"):
            raise PydanticCustomError(
                "shape", "is not of that form: write it like {example}", {"example": self.example}
            )
        return text


#: How a shop is named in addresses, folders and settings.
SLUG = r"[a-z0-9][a-z0-9_-]{0,62}"


def utc_now() -> datetime:
    """The current time in UTC, aware."""
    return datetime.now(UTC)
