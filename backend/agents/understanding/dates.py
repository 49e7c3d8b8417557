"""Days a shopper means: "last Tuesday", "two weeks ago", "on the 5th of May"; in the past, where orders lie."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from backend.domain.conversation import DateSpan

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "a couple of": 2, "three": 3, "a few": 3, "four": 4,
            "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}  # fmt: skip

_DAY = r"(?P<weekday>mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thur?s?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"


def find_dates(text: str, today: date) -> DateSpan | None:
    """The first day or span of days named, seen from `today` (the shopper's day in UTC), or None."""
    for pattern, read in _READERS:
        match = pattern.search(text)
        if match is None:
            continue
        span = read(match, today)
        if span is not None:
            return span
    return None


def _day(day: date) -> DateSpan:
    return DateSpan(start=day, end=day)


def _relative_day(match: re.Match[str], today: date) -> DateSpan | None:
    offsets = {"today": 0, "tonight": 0, "this morning": 0, "yesterday": -1, "last night": -1, "tomorrow": 1}
    if match["word"].lower().startswith("day before"):
        return _day(today - timedelta(days=2))
    return _day(today + timedelta(days=offsets[match["word"].lower()]))


def _ago(match: re.Match[str], today: date) -> DateSpan | None:
    return _day(today - _length(match))


def _past_span(match: re.Match[str], today: date) -> DateSpan | None:
    return DateSpan(start=today - _length(match), end=today)


def _length(match: re.Match[str]) -> relativedelta:
    word = match["count"].lower()
    count = int(word) if word.isdigit() else _NUMBERS[word]
    return {
        "day": relativedelta(days=count),
        "week": relativedelta(weeks=count),
        "month": relativedelta(months=count),
        "year": relativedelta(years=count),
    }[match["unit"].lower()]


def _weekday(match: re.Match[str], today: date) -> DateSpan | None:
    wanted = next(i for i, name in enumerate(_WEEKDAYS) if name.startswith(match["weekday"].lower()[:3]))
    if match["which"].lower() in {"next", "this", "by", "until"}:
        return _day(today + timedelta(days=(wanted - today.weekday()) % 7 or 7))
    return _day(today - timedelta(days=(today.weekday() - wanted) % 7 or 7))


def _period(match: re.Match[str], today: date) -> DateSpan | None:
    back = match["which"].lower() in {"last", "past", "previous"}
    unit = match["unit"].lower()
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + (7 if back else 0))
        return DateSpan(start=monday, end=monday + timedelta(days=6))
    if unit == "month":
        first = today.replace(day=1) - relativedelta(months=1 if back else 0)
        return DateSpan(start=first, end=first + relativedelta(months=1) - timedelta(days=1))
    year = today.year - (1 if back else 0)
    return DateSpan(start=date(year, 1, 1), end=date(year, 12, 31))


def _calendar(match: re.Match[str], today: date) -> DateSpan | None:
    month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(match["month"].lower()[:3]))
    return _past_date(match["year"], month, int(match["day"]), today)


def _numeric(match: re.Match[str], today: date) -> DateSpan | None:
    """US order, month first, unless the first number can only be a day."""
    first, second = int(match["a"]), int(match["b"])
    year = match["year"]
    month, day = (second, first) if first > 12 else (first, second)
    return _past_date(f"20{year}" if year and len(year) == 2 else year, month, day, today)


def _iso(match: re.Match[str], today: date) -> DateSpan | None:
    return _past_date(match["year"], int(match["month"]), int(match["day"]), today)


def _past_date(year: str | None, month: int, day: int, today: date) -> DateSpan | None:
    try:
        found = date(int(year) if year else today.year, month, day)
        # a day more than a month ahead, with no year, was meant as last year's
        if not year and found > today + timedelta(days=31):
            found = found.replace(year=today.year - 1)
    except ValueError:
        return None
    return _day(found)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], DateSpan | None]], ...] = (
    (_compiled(r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"), _iso),
    (_compiled(r"(?P<word>today|tonight|this morning|day before yesterday|yesterday|last night"
    r"|tomorrow)"), _relative_day),
    (_compiled(rf"{_COUNT}\s+{_UNIT}\s+(?:ago|back|earlier)"), _ago),
    (_compiled(rf"(?:last|past|previous)\s+{_COUNT}\s+{_UNIT}"), _past_span),
    (_compiled(rf"(?P<which>last|past|on|this|next|since|by|until)\s+{_DAY}"), _weekday),
    (_compiled(r"(?P<which>last|past|previous|this)\s+(?P<unit>week|month|year)"), _period),
    (_compiled(rf"{_NTH}\s+(?:of\s+)?{_MONTH}{_YEAR}"), _calendar),
    (_compiled(rf"{_MONTH}\s+(?:the\s+)?{_NTH}{_YEAR}"), _calendar),
    (_compiled(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?"), _numeric),
)  # fmt: skip
