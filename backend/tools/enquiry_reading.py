"""Reads a sales enquiry: who writes, how to reach them, how much they want to spend, and how promising it is."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from backend.domain.cases import Enquiry, EnquiryField
from backend.domain.money import format_money, to_cents

#: below this a value is marked as unsure
SURE = 0.6
#: so many pieces make an order a large one
_MANY = 20

_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE_LABEL = re.compile(r"\b(phone|tel|telephone|mobile|cell|call|whatsapp|reach)\b", re.IGNORECASE)
_WORD = r"[A-ZÀ-Ý][\w'’-]+"
_CLOSING = r"regards|thanks|thank you|cheers|sincerely|best"
_INTRODUCED = r"\bmy name(?:'s| is)|\bthis is"
_NAMES = (
    (re.compile(r"(?im)^[ \t]*(?:full\s)?name\s?[:=]\s?([^\s\d][^\d\n,;]{0,58}?) *(?:[,;]|$)"), 0.95),
    (re.compile(rf"(?i:{_INTRODUCED}|\bi am|\bi['’]m)\s+({_WORD}(?:\s{_WORD}){{1,2}})"), 0.9),
    (re.compile(rf"(?i:{_INTRODUCED})\s+({_WORD})(?=\s*[,.!\n]|\s(?:from|at|with)\b|$)"), 0.75),
    (re.compile(r"(?i:\bmy name(?:'s| is))\s+([a-z'’-]{2,}(?:\s(?!(?:and|from|at|i|with)\b)[a-z'’-]{2,})?)"), 0.7),
    (re.compile(rf"(?i:\b(?:{_CLOSING}))[,!.]?\s+({_WORD}(?:\s{_WORD}){{0,2}})"), 0.7),
)
_COMPANIES = (
    (re.compile(r"(?im)^[ \t]*(?:company|organi[sz]ation)\s?[:=]\s?(.{2,60}?) *$"), 0.95),
    (re.compile(rf"\b({_WORD}(?:\s(?:{_WORD}|&)){{0,3}}\s(?:Inc|LLC|Ltd|GmbH|Corp|Co|SA|AG|BV|Pty)\b\.?)"), 0.85),
    (re.compile(rf"(?i:\b(?:at|from|with|for|represent(?:ing)?|behalf of))\s+({_WORD}(?:\s{_WORD}){{0,3}})"), 0.5),
)
_NUMBER = r"(?<![\d,])\d[\d,]{0,12}(?:\.\d{1,4})?(?:\s?(?:[kKmM]\b|thousand|million))?"
_MONEY = rf"(?P<money>(?:[$€£]|USD|EUR|GBP)\s?{_NUMBER}|{_NUMBER}\s?(?:dollars|euros|pounds|USD|EUR|GBP)\b)"
_MEANT = r"\b(?:budget|spend|invest|allocated|up to|around|about)\b"
#: "$1,500 each" is a price, not a budget
_NOT_EACH = r"(?![\d,]|\s*(?:each|apiece|per\b|a piece|/))"
_BUDGETS = (
    (re.compile(rf"(?i){_MEANT}[^.\n$€£\d]{{0,40}}{_MONEY}{_NOT_EACH}"), 0.9),
    (re.compile(rf"(?i){_MONEY}{_NOT_EACH}[^.\n]{{0,20}}\bbudget"), 0.9),
    (re.compile(rf"(?i)\b(?:budget|spend)\b[^.\n\d]{{0,30}}(?P<money>{_NUMBER})(?![\d,])"), 0.7),
    (re.compile(rf"(?i){_MONEY}{_NOT_EACH}"), 0.4),
)
#: "40 keyboards", but not "40 days"
_NOT_GOODS = "days|weeks|months|years|hours|minutes|inches|dollars|euros|pounds|percent|times|stars|degrees|cents"
_GOODS = rf"(?!(?:{_NOT_GOODS})\b)[a-z-]{{2,}}"
_QUANTITY = re.compile(rf"(?i)(?<![$€£\d,.#-])\b(\d{{2,6}})\s+(?:{_GOODS}\s){{0,2}}?{_GOODS}(?<=s)\b")
_PARTNER = re.compile(r"(?i)\b(partner(ship|ing)?|reseller|affiliate|distribut\w+|collaborat\w+)\b")
_BULK = re.compile(r"(?i)\b(bulk|wholesale|volume|large order|quantity discount)\b")
_URGENT = re.compile(r"(?i)\b(asap|urgent(ly)?|this (week|month)|immediately|by (next|the end of)|deadline)\b")
#: mail hosts that say nothing of a company
_PRIVATE_HOSTS = {
    "gmail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "icloud.com",
    "proton.me",
    "aol.com",
    "gmx.com",
}


def read_email(text: str) -> EnquiryField | None:
    """The first valid address; an address that fails validation is kept with low confidence."""
    found = _EMAIL.search(text)
    if found is None:
        return None
    written = re.sub(r"\s", "", found.group()).rstrip(".")
    try:
        checked = validate_email(written, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return EnquiryField(value=written, confidence=0.2)
    return EnquiryField(value=checked.normalized, confidence=0.95)


def read_phone(text: str, region: str = "US") -> EnquiryField | None:
    """The first number that is one by its country's plan, in E.164; numbers without a country are less sure."""
    without_mails = _EMAIL.sub(" ", text)
    for match in phonenumbers.PhoneNumberMatcher(without_mails, region, leniency=phonenumbers.Leniency.POSSIBLE):
        valid = phonenumbers.is_valid_number(match.number)
        labelled = bool(_PHONE_LABEL.search(without_mails[max(0, match.start - 25) : match.start]))
        international = match.raw_string.startswith("+")
        if not (valid or labelled):
            continue
        spaced = not match.raw_string.isdigit()  # bare digits may as well be an invoice
        confidence = 0.3 if not valid else 0.95 if international or labelled else 0.7 if spaced else 0.4
        value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        return EnquiryField(value=value, confidence=confidence)
    return None


def read_name(text: str) -> EnquiryField | None:
    """The writer's name from a label, an introduction or a signature."""
    name = _first(_NAMES, text)
    if name is None or not name.value.islower():
        return name
    return name.model_copy(update={"value": name.value.title()})


def read_company(text: str, email: EnquiryField | None) -> EnquiryField | None:
    """The company named, else the host of a business address."""
    named = _first(_COMPANIES, text)
    if named is not None or email is None or email.confidence < SURE:
        return named
    host = email.value.rsplit("@", 1)[-1].lower()
    return None if host in _PRIVATE_HOSTS else EnquiryField(value=host, confidence=0.5)


def read_budget(text: str) -> tuple[int, float] | None:
    """The budget in cents with a confidence; "5k" is 5,000."""
    for pattern, confidence in _BUDGETS:
        match = pattern.search(text)
        if match is not None:
            cents = _cents(match["money"])
            if cents:
                return cents, confidence
    return None


def kind_of_enquiry(text: str) -> str:
    """partnership, bulk or sales."""
    if _PARTNER.search(text):
        return "partnership"
    return "bulk" if _BULK.search(text) or _pieces(text) >= _MANY else "sales"


def scored(enquiry: Enquiry) -> tuple[float, tuple[str, ...]]:
    """How promising it is, 0 to 1, with the reason for every part of the score."""
    parts: list[tuple[bool, float, str]] = [
        (_sure(enquiry.email), 0.2, "a valid e-mail address"),
        (_sure(enquiry.phone), 0.1, "a valid phone number"),
        (_sure(enquiry.name), 0.1, "a name"),
        (enquiry.company is not None, 0.1, "a company"),
        ((enquiry.budget_confidence or 0) >= SURE, 0.15, "a stated budget"),
        ((enquiry.budget_cents or 0) >= 1_000_000, 0.1, "a budget of 10,000 or more"),
        (enquiry.kind != "sales", 0.1, f"a {enquiry.kind} request"),
        (_pieces(enquiry.text) >= _MANY, 0.1, "a quantity of 20 or more"),
        (bool(_URGENT.search(enquiry.text)), 0.05, "a near date"),
    ]
    reached = [(weight, reason) for holds, weight, reason in parts if holds]
    return round(sum(weight for weight, _ in reached), 2), tuple(f"{r} (+{w:g})" for w, r in reached)


def drafted(enquiry: Enquiry, shop: str, currency: str) -> str:
    """A reply for a person to finish: what was understood, and a question for what is missing or unsure."""
    greeting = f"Hello {enquiry.name.value}," if enquiry.name and _sure(enquiry.name) else "Hello,"
    about = {"bulk": "a larger order", "partnership": "working together"}.get(enquiry.kind, "your project")
    lines = [greeting, "", f"Thank you for writing to {shop} about {about}."]
    if enquiry.budget_cents and (enquiry.budget_confidence or 0) >= SURE:
        lines.append(f"We noted a budget of {format_money(enquiry.budget_cents, currency)}.")
    missing = [
        name for name, field in (("phone number", enquiry.phone), ("company", enquiry.company)) if not _sure(field)
    ]
    if not enquiry.budget_cents:
        missing.append("budget")
    if missing:
        lines.append(f"So that we can make you a fitting offer, could you tell us your {' and your '.join(missing)}?")
    lines.append("One of our colleagues will get back to you with an offer.")
    return "\n".join([*lines, "", shop])


def _first(patterns: tuple[tuple[re.Pattern[str], float], ...], text: str) -> EnquiryField | None:
    for pattern, confidence in patterns:
        match = pattern.search(text)
        if match is not None:
            return EnquiryField(value=match[1].strip(" .,"), confidence=confidence)
    return None


def _cents(written: str) -> int:
    digits = re.sub(r"[^\d.]", "", written).rstrip(".")
    mark = re.search(r"\d\s?(k|m|thousand|million)\b", written, re.IGNORECASE)
    factor = {"k": 1_000, "t": 1_000, "m": 1_000_000}[mark[1][0].lower()] if mark else 1
    return to_cents(digits) * factor if digits else 0


def _pieces(text: str) -> int:
    """The largest number of goods named."""
    return max((int(match[1]) for match in _QUANTITY.finditer(text)), default=0)


def _sure(field: EnquiryField | None) -> bool:
    return field is not None and field.confidence >= SURE
