"""A postal address out of a sentence: street, unit, city, state, ZIP and country."""

import re

from backend.domain.customers import Address

_UNIT = r"(?:suite|ste|apt|apartment|unit|floor|room|\#)\.?\s*[\w-]+"
_ADDRESS = re.compile(
    rf"""(?P<line1>\d+[A-Za-z]?\s+[A-Za-z0-9.'\- ]+?)\s*
    (?:,\s*(?P<line2>{_UNIT})|\s(?P<unit>{_UNIT}))?\s*,\s*
    (?P<city>[A-Za-z.'\- ]+?)\s*,\s*
    (?:(?P<state>[A-Za-z]{{2}}|[A-Za-z]+(?:\s[A-Za-z]+)?)\s*,?\s+)?
    (?P<zip>\d{{5}}(?:-\d{{4}})?|[A-Z]{{1,2}}\d[A-Z\d]?\s*\d[A-Z]{{2}}|\d{{4,6}})
    (?:\s*,\s*(?P<country>[A-Za-z][A-Za-z. ]+))?""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTRIES = {"us": "USA", "u.s.": "USA", "u.s.a.": "USA", "united states": "USA", "united states of america": "USA"}


def address_in(text: str) -> Address | None:
    """The address a text gives, None when it is not complete: "12 Elm St, Apt 4, Denver, CO 80279"."""
    match = _ADDRESS.search(text)
    if match is None:
        return None
    found = {name: (value or "").strip(" .,") for name, value in match.groupdict().items()}
    state = found["state"].upper() if len(found["state"]) == 2 else found["state"].title()
    country = re.split(r"\b(?:please|and|thanks|for|as|instead)\b", found["country"], flags=re.IGNORECASE)[0].strip(
        " ."
    )
    return Address(
        line1=found["line1"],
        line2=found["line2"] or found["unit"],
        city=found["city"],
        state=state,
        zip=found["zip"].upper(),
        country=_COUNTRIES.get(country.lower(), country) or "USA",
    )
