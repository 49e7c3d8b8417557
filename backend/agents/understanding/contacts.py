"""How a shopper can be reached or proved: e-mail, phone, ZIP, codes, and the numbers of complaints and refunds."""

import re
from collections.abc import Iterator

import phonenumbers
from email_validator import EmailNotValidError, validate_email

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
#: "jo dot miles at gmail dot com", as it is dictated: after the word "mail", or all that is said.
_SPOKEN_PART = (
    r"(?!(?:look|shop|buy|see|cheaper|sold|available)\b)[a-z0-9._+-]+"
    r"(?:\s+(?:dot|point|underscore|dash|hyphen)\s+[a-z0-9_+-]+)*"
)
_SPOKEN = re.compile(
    rf"(?:\be-?mail\b(?:\s+(?:address|is|it'?s|its))*\W+|^\W*(?:(?:it'?s|its|sure|ok|use|try|my|is)\b\W*)*)({_SPOKEN_PART})"
    r"\s*(?:\(at\)|\[at\]|\bat\b)\s*([a-z0-9-]+(?:\s*(?:\(dot\)|\[dot\]|\bdot\b|\bpoint\b)\s*[a-z0-9-]+)+)\b",
    re.IGNORECASE,
)
_SPOKEN_SIGNS = (("underscore", "_"), ("dash|hyphen", "-"), (r"[(\[]?(?:dot|point)[)\]]?", "."))
_PHONE = re.compile(r"(?<![\w#-])\+?\(?\d[\d\s().-]{6,17}\d(?!\w)")
#: Six digits, in one piece or "123 456", that are not part of a longer number or a price.
_CODE = re.compile(r"(?<![\w$€£#.,-])(\d{3})[ -]?(\d{3})(?![\w.,-]*\d|%)")
_ZIP = re.compile(r"\b(?:zip(?: ?code)?|postal(?: ?code)?|postcode)\D{0,12}(\d{5}(?:-\d{4})?)\b", re.IGNORECASE)
_ZIP_AFTER_STATE = re.compile(r"\b[A-Z]{2},?\s+(\d{5}(?:-\d{4})?)\b")
_BARE_ZIP = re.compile(r"^\W*(\d{5}(?:-\d{4})?)\W*$")
_RECORD = re.compile(r"\b(cmp|ref)[\s#-]{0,2}(\d{1,9})\b", re.IGNORECASE)
_COMPLAINT_WORDS = re.compile(
    r"\b(?:complaint|ticket|case)\s+(?:number\s+|no\.?\s+|id\s+)?#?(\d{1,9})\b", re.IGNORECASE
)
_REFUND_WORDS = re.compile(r"\brefund\s+(?:number\s+|no\.?\s+|id\s+|#)#?(\d{1,9})\b", re.IGNORECASE)
#: The region of phone numbers that are written without a country code.
_REGION = "US"


def find_email(text: str) -> str | None:
    """The first valid e-mail address in lower case, or None. No name server is asked."""
    said = _EMAIL.findall(text) if "@" in text else [_written(match) for match in _SPOKEN.finditer(text)]
    for address in said:
        try:
            return validate_email(
                address.strip("."), check_deliverability=False, test_environment=True
            ).normalized.lower()
        except EmailNotValidError:
            continue
    return None


def _written(spoken: re.Match[str]) -> str:
    """A dictated address with its signs."""
    parts = []
    for part in spoken.groups():
        for word, sign in _SPOKEN_SIGNS:
            part = re.sub(rf"\s*(?<!\w)(?:{word})(?!\w)\s*", sign, part, flags=re.IGNORECASE)
        parts.append(part)
    return "@".join(parts)


def find_phone(text: str) -> str | None:
    """The first valid phone number in E.164 ("+14155550123"), or None."""
    for match in _PHONE.finditer(text):
        try:
            number = phonenumbers.parse(match.group(), _REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return None


def find_code(text: str) -> str | None:
    """A six-digit code, or None."""
    match = _CODE.search(text)
    return match.group(1) + match.group(2) if match else None


def find_zip(text: str) -> str | None:
    """A US ZIP code that is called one, follows a state, or stands alone; else None."""
    match = _ZIP.search(text) or _ZIP_AFTER_STATE.search(text) or _BARE_ZIP.match(text)
    return match.group(1) if match else None


def find_complaint_ids(text: str) -> tuple[str, ...]:
    """Numbers of complaints in their written form, "CMP-101"."""
    return tuple(dict.fromkeys([*_records(text, "CMP"), *(f"CMP-{m}" for m in _COMPLAINT_WORDS.findall(text))]))


def find_refund_ids(text: str) -> tuple[str, ...]:
    """Numbers of refunds in their written form, "REF-101"."""
    return tuple(dict.fromkeys([*_records(text, "REF"), *(f"REF-{m}" for m in _REFUND_WORDS.findall(text))]))


def _records(text: str, prefix: str) -> Iterator[str]:
    return (f"{prefix}-{m[2]}" for m in _RECORD.finditer(text) if m[1].upper() == prefix)


#: Everything above, for telling whether a message holds nothing else.
CONTACT = re.compile(
    f"{_EMAIL.pattern}|{_SPOKEN.pattern}|{_PHONE.pattern}|{_CODE.pattern}|{_RECORD.pattern}", re.IGNORECASE
)
