"""A postal address out of a sentence: street, unit, city, state, ZIP and country."""

import re

from backend.agents.actions.addresses_abroad import address_abroad
from backend.domain.customers import Address

_UNIT = r"(?:suite|ste|apt|apartment|unit|floor|room|building|bldg|\#)\.?\s*[\w-]+"
_SUFFIX = (
    r"(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|way|court|ct|place|pl|square|sq|terrace|ter"
    r"|parkway|pkwy|circle|cir|trail|trl|highway|hwy|row|walk|close|crescent|alley|plaza|loop)\.?"
)
#: Words of a street; a link word means that the number before belongs to something else.
_WORDS = r"(?:(?!\b(?:to|order|is|from|for|instead|with|and)\b)[A-Za-z0-9.'’\-/ ]){1,60}?"
_NUMBER = r"(?<![\w#-])(?:\d+[A-Za-z]?(?:-\d+)?\s+|p\.?\s?o\.?\s?box\s+)"
_COUNTRY = (
    r"u\.?s\.?a?\.?|united states(?: of america)?|canada|mexico|u\.?k\.?|united kingdom|great britain|england"
    r"|scotland|wales|ireland|germany|france|spain|italy|portugal|netherlands|belgium|austria|switzerland|sweden"
    r"|norway|denmark|finland|poland|india|australia|new zealand|japan|singapore|brazil|south africa"
)
_ZIP = (
    r"(?:zip(?: ?code)?:?\s*)?"
    r"(?P<zip>\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|\d{4,6})(?!\w)"
)
_TAIL = (
    r"(?:(?P<state>[A-Za-z]{2}|[A-Za-z]+(?:\s[A-Za-z]+)?)\s*,?\s+)?"
    rf"(?:(?P<before>{_COUNTRY})\s*,?\s+)?{_ZIP}(?:\s*,?\s*(?P<country>{_COUNTRY})(?!\w))?"
)
_WITH_COMMAS = re.compile(
    rf"(?P<line1>{_NUMBER}{_WORDS})\s*"
    rf"(?:,\s*(?P<line2>{_UNIT})|\s(?P<unit>{_UNIT}))?\s*(?:,\s*|\s+in\s+)"
    rf"(?P<city>[A-Za-z.'’\- ]{{2,40}}?)\s*(?:,\s*|\s+(?=[A-Z]{{2}}\b)){_TAIL}",
    re.IGNORECASE,
)
#: As a form sends it, values joined by blanks.
_WITHOUT_COMMAS = re.compile(
    rf"(?P<line1>{_NUMBER}{_WORDS}\s{_SUFFIX}(?!\w))\s+(?:(?P<line2>{_UNIT})\s+)?(?P<unit>(?!))?"
    rf"(?P<city>[A-Za-z.'’\- ]{{2,40}}?)\s+{_TAIL.replace('|[A-Za-z]+(?:', '|(?!)(?:')}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[\"']?\b(?:address(?: ?line)?[ _]?[12]|street(?: address)?|line ?[12]|city|state|zip(?: ?code)?|postal code"
    r"|(?:apt|apartment|unit|suite)\.?(?: ?/ ?(?:apt|apartment|unit|suite)\.?)?(?: number)?|house(?: number)?|town"
    r"|region|province|postcode|country)\b[\"']?\s*[:=]\s*",
    re.IGNORECASE,
)
#: Labels without a colon, as they are spoken.
_SAID_LABEL = re.compile(r"\b(?:street(?: address)?|city|state|zip(?: code)?|country)(?: is)?\s+(?=[A-Z\d])")
_STATES = dict(
    pair.split("=")
    for pair in (
        "alabama=AL alaska=AK arizona=AZ arkansas=AR california=CA colorado=CO connecticut=CT delaware=DE florida=FL "
        "georgia=GA hawaii=HI idaho=ID illinois=IL indiana=IN iowa=IA kansas=KS kentucky=KY louisiana=LA maine=ME "
        "maryland=MD massachusetts=MA michigan=MI minnesota=MN mississippi=MS missouri=MO montana=MT nebraska=NE "
        "nevada=NV new_hampshire=NH new_jersey=NJ new_mexico=NM new_york=NY north_carolina=NC north_dakota=ND ohio=OH "
        "oklahoma=OK oregon=OR pennsylvania=PA rhode_island=RI south_carolina=SC south_dakota=SD tennessee=TN "
        "texas=TX utah=UT vermont=VT virginia=VA washington=WA west_virginia=WV wisconsin=WI wyoming=WY"
    ).split()
)

_CANADIAN = re.compile(r"[A-Z]\d[A-Z]\s?\d[A-Z]\d", re.IGNORECASE)
_STATE_NAMES = "|".join(name.replace("_", " ") for name in _STATES)


def address_in(text: str) -> Address | None:
    """The address a text gives, None when it is not complete: "12 Elm St, Apt 4, Denver, CO 80279"."""
    plain = re.sub(r"\s*\n\s*", ", ", text.strip())
    if _LABEL.search(plain):
        plain = re.sub(r"[{}\[\]\"]|(?<!\w)'|'(?!\w)", "", _LABEL.sub("", plain))
        plain = re.sub(r",\s*(?=,)", "", plain)
    if len(_SAID_LABEL.findall(plain)) > 1:
        plain = _SAID_LABEL.sub("", plain)
    if (abroad := address_abroad(plain)) is not None:
        return abroad
    apart = re.sub(r"\s*;\s*|\.\s+", ", ", plain)  # parts told as sentences
    tried = (form.search(said) for said in dict.fromkeys((plain, apart)) for form in (_WITH_COMMAS, _WITHOUT_COMMAS))
    match = next((found for found in tried if found), None)
    return _read(match) if match else None


def _read(match: re.Match[str]) -> Address:
    found = {name: (value or "").strip(" .,") for name, value in match.groupdict().items()}
    city, state = _parted(found["city"], found["state"])
    return Address(
        line1=found["line1"],
        line2=found["line2"] or found["unit"],
        city=city,
        state=state_code(state),
        zip=found["zip"].upper(),
        country=_country(found["before"] or found["country"], found["zip"]),
    )


def _parted(city: str, state: str) -> tuple[str, str]:
    """ "Denver Colorado" without a comma is a city and a state."""
    named = re.fullmatch(rf"(?P<city>.+?)\s+(?P<state>{_STATE_NAMES})", city, re.IGNORECASE) if not state else None
    return (named["city"], named["state"]) if named else (city, state)


def state_code(said: str) -> str:
    """The two letters of a state of the USA; what is none as it was said."""
    if len(said) == 2:
        return said.upper()
    return _STATES.get(said.lower().replace(" ", "_"), said.title())


def _country(said: str, code: str) -> str:
    folded = said.lower().replace(".", "")
    if not folded and _CANADIAN.fullmatch(code):
        return "Canada"
    if not folded or folded in ("us", "usa", "united states", "united states of america"):
        return "USA"
    return "UK" if folded == "uk" else folded.title()


#: Full names of states by their two letters, for places that are only named.
STATE_NAMES = {short: name.replace("_", " ") for name, short in _STATES.items()}
