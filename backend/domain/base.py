"""What every domain value shares: it is frozen, it rejects unknown fields, it serialises itself."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value. Equality is by content; unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time needs a zone; store UTC")
    return moment.astimezone(UTC)


#: An aware time, always converted to UTC.
Moment = Annotated[datetime, AfterValidator(_aware)]


def utc_now() -> datetime:
    """The current time in UTC, aware."""
    return datetime.now(UTC)
