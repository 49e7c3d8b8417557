"""Postal addresses as they are written in Europe, in the United Kingdom and in India."""

import re

from backend.domain.customers import Address

#: Names of a country → how the shop writes it.
_COUNTRIES = {
    r"deutschland|germany": "Germany",
    r"france|frankreich": "France",
    r"espa[nñ]a|spain": "Spain",
    r"italia|italy": "Italy",
    r"[oö]sterreich|austria": "Austria",
    r"schweiz|suisse|switzerland": "Switzerland",
    r"nederland|(?:the )?netherlands|holland": "Netherlands",
    r"belgi(?:um|que|e|ë)": "Belgium",
    r"portugal": "Portugal",
    r"pol(?:and|ska)": "Poland",
    r"sweden|sverige": "Sweden",
    r"denmark|danmark": "Denmark",
    r"finland|suomi": "Finland",
    r"norway|norge": "Norway",
    r"u\.?k\.?|united kingdom|great britain|england|scotland|wales|northern ireland": "UK",
    r"india|bharat": "India",
}
_COUNTRY = [(re.compile(rf"\W*(?:{said})\W*", re.IGNORECASE), name) for said, name in _COUNTRIES.items()]
#: What a street is called tells the country where no name does.
_STREETS = (
    (re.compile(r"(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ufer|damm)\s*\d", re.IGNORECASE), "Germany"),
    (re.compile(r"\b(?:rue|chemin|quai|impasse|all[ée]e|boulevard|bd|avenue|place)\s", re.IGNORECASE), "France"),
    (re.compile(r"\b(?:calle|avenida|avda|paseo|plaza|ronda|carrer)\b|\bc/", re.IGNORECASE), "Spain"),
    (re.compile(r"\b(?:via|viale|piazza|corso)\s", re.IGNORECASE), "Italy"),
)
_NAME = r"[^\W\d_][^\d,;!?()]*?"
_END = r"\s*(?:$|[.!?;(]|\s(?:please|thanks|thank you|instead|for|and|not)\b.*)"
#: "10115 Berlin", "F-75002 Paris", "1012 AB Amsterdam": the code stands before the town.
_CODE_FIRST = re.compile(
    rf"\W*(?:[A-Z]{{1,2}}[- ])?(?P<zip>\d{{5}}|\d{{4}}(?: ?[A-Z]{{2}}(?= ))?|\d{{2}}-\d{{3}}|\d{{4}}-\d{{3}})"
    rf"\s+(?P<city>{_NAME}){_END}"
)
#: "London NW1 6XE", or the code alone after the town.
_BRITISH = re.compile(
    rf"\W*(?:(?P<city>{_NAME})\s+)?(?P<zip>(?-i:[A-Z]{{1,2}}\d[A-Z\d]?|[a-z]{{1,2}}\d[a-z\d]?)\s*\d[A-Za-z]{{2}}){_END}",
    re.IGNORECASE,
)
#: "Karnataka 560001", "Pune - 411 001"
_INDIAN = re.compile(rf"\W*(?P<city>{_NAME})?[\s,–-]*(?P<zip>[1-9]\d{{2}} ?\d{{3}})(?!\d){_END}", re.IGNORECASE)
_LEAD = re.compile(
    r"^.*\b(?:to|is|it'?s|are|at|be|address|in|now|use|no|not|please|sorry|actually)\b[\s:,]+(?=\S)"
    r"|^\W*(?:flat|house) ?no\.? ?(?=\S)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"^(?:flat|unit|apt|apartment|apartamento|floor|suite|wohnung)\b\.?", re.IGNORECASE)
_STATES = re.compile(
    r"\W*(?:andhra pradesh|arunachal pradesh|assam|bihar|chhattisgarh|delhi|goa|gujarat|haryana|himachal pradesh"
    r"|jharkhand|karnataka|kerala|madhya pradesh|maharashtra|manipur|meghalaya|mizoram|nagaland|odisha|punjab"
    r"|rajasthan|sikkim|tamil nadu|telangana|tripura|uttar pradesh|uttarakhand|west bengal)\W*",
    re.IGNORECASE,
)
_FIRST_DIGIT = re.compile(r"\d")


def address_abroad(text: str) -> Address | None:
    """The address that a text gives in the manner of these countries; None where it gives none or not all of it."""
    parts = [part.strip() for part in re.split(r"\s*[,\n]\s*", text.strip()) if part.strip()]
    for place, part in enumerate(parts):
        before, named = parts[:place], _named(parts[place + 1 :])
        if not before:
            continue
        if found := _BRITISH.fullmatch(part):
            return _read(found, before, "UK") if named in ("", "UK") else None
        if (found := _CODE_FIRST.fullmatch(part)) and not _country(found["city"]):
            country = named or _by_street(", ".join(before))
            return _read(found, before, country) if country not in ("", "UK", "India") else None
        if named == "India" and (found := _INDIAN.fullmatch(part)):
            return _read(found, before, "India")
    return None


def _read(found: re.Match[str], before: list[str], country: str) -> Address | None:
    city, state = (found["city"] or "").strip(" -–."), ""
    if _STATES.fullmatch(city) and len(before) > 1:
        city, state = "", city
    if not city and len(before) > 1:
        city, before = before[-1], before[:-1]
    lines = _lines(before)
    if not city or not lines:
        return None
    return Address(
        line1=lines[0], line2=", ".join(lines[1:]), city=city, state=state, zip=found["zip"].upper(), country=country
    )


def _lines(before: list[str]) -> list[str]:
    """Street first, then what tells the door: from the first part with a number on."""
    first = next((at for at, part in enumerate(before) if _FIRST_DIGIT.search(part)), None)
    if first is None:
        return []
    lines = [_LEAD.sub("", before[first]).strip(), *before[first + 1 :]]
    if len(lines) > 1 and _UNIT.match(lines[0]):
        lines[:2] = [lines[1], lines[0]]
    return [line for line in lines if line]


def _named(after: list[str]) -> str:
    """The country that stands behind the town, "" where none does."""
    return _country(re.split(r"[.!?;]|\s(?:please|thanks|instead)\b", after[0], maxsplit=1)[0]) if after else ""


def _country(said: str) -> str:
    return next((name for pattern, name in _COUNTRY if pattern.fullmatch(said)), "")


def _by_street(line: str) -> str:
    return next((country for pattern, country in _STREETS if pattern.search(line)), "")
