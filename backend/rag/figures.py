"""How the figure that a question asks for is written: times, lengths, weights, sums, units that it names."""

import re
from functools import lru_cache

from backend.rag.synonyms import synonyms
from backend.rag.words import terms

_NUMBER = (
    r"(?:\d|\b(?:an?|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh"
    r"|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|few|several))"
)
_TIME = (
    r"(?:(?:working|business|calendar|full) )?(?:millisecond|second|minute|min|hour|hr|h|day|night|week|month|year)s?"
)
_LENGTH = r"(?:mm|cm|m|km|in|inch(?:es)?|ft|feet|(?:kilo|milli|centi)?met(?:re|er)s?|miles?|[\"”″])"
_WEIGHT = r"(?:kg|g|lbs?|oz|kilos?|kilograms?|grams?|pounds?|ounces?)"
_MONEY = (
    r"[$€£₹] ?\d|\d ?(?:euros?|eur|dollars?|usd|pounds?|gbp|cents?|rupees?|inr|francs?|chf|[€£₹])(?!\w)"
    r"|\bfree\b|\bno charge\b"
)
_DATE = (
    r"\d ?[ap]\.?m\b|\d:\d\d|\b(?:noon|midnight|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
)


def _of(unit: str) -> str:
    return rf"{_NUMBER}[-\s]?{unit}(?!\w)"


_COSTS = (
    r"\bhow much\b.*\b(?:costs?|pay|charged?|fees?|price)\b|\bwhat (?:do|does|will|would) .*\b(?:costs?|charge)\b"
    r"|\b(?:price|fees?)\b|^cost"
)
_TIMES = r"\bhow long\b.*\b(?:takes?|lasts?|until|before|wait|need|run|charg\w*|can|should|do|does|did|will|must)\b"
_PERIODS = r"\bhow long (?:is|are) .*\b(?:warrant\w*|guarant\w*|valid|life|\w*time|period|cycle|trial|wait)\b"
#: What asks for which figure, and how that is written: the first that a question meets.
_FIGURES = (
    (r"\b(?:part|model|serial|article|item|order) (?:number|no)\b", r"\b(?:number|no)\b|\b[a-z]{1,4}-?\d{2,}"),
    (_PERIODS, _of(_TIME)),
    (r"\bcharg\w+ time|\bbattery life\b", _of(_TIME)),
    (r"\bhow (?:soon|often)\b", rf"\b(?:every|once|twice|per|each|after|daily|weekly|monthly|yearly)\b|{_of(_TIME)}"),
    (_TIMES, rf"(?<!every )(?<!each ){_of(_TIME)}"),
    (r"\bhow heavy\b|\bweigh", _of(_WEIGHT)),
    (r"\bhow (?:wide|tall|deep|thick|high|far)\b|\b(?:length|width|height|dimensions|size)\b", _of(_LENGTH)),
    (r"\bhow long (?:is|are)\b", _of(rf"(?:{_LENGTH}|{_TIME})")),
    (_COSTS, _MONEY),
    (r"\b(?:until|till|by|since|from) when\b|\bwhat time\b", rf"{_DATE}|{_of(_TIME)}"),
    (r"\b(?:electricity|energy|power)\b.*\b(?:us(?:e[sd]?|age)|need|draw|consum\w+|take)", _of(r"(?:k?wh?|k?watts?)")),
    (r"\bwhat (?:\w+ )?pressure\b", _of(r"(?:bar|psi|k?pa)")),
    (r"\b(?:what|which) (?:\w+ )?temperature\b|\bhow (?:hot|cold|warm)\b", r"\d ?°"),
)
#: Units as a question names them, and as a text writes them.
_NAMED = (
    (r"nits?", r"(?:nits?|cd)"),
    (r"decibels?|db", r"(?:db(?:\(?a\)?)?|decibels?)"),
    (r"lit(?:re|er)s?", r"(?:l|ml|lit(?:re|er)s?|millilit(?:re|er)s?)"),
    (r"watts?|wattage", r"(?:k?w|watts?)"),
    (r"volts?|voltage", r"(?:v|volts?)"),
    (r"amps?|amperes?|amperage", r"(?:m?a|amps?|amperes?)"),
    (r"kilos?|kg|kilograms?|pounds|lbs|grams", _WEIGHT),
    (r"gb|gigabytes?|terabytes?|tb", r"(?:[gt]b|gigabytes?|terabytes?)"),
    (r"mah", r"mah"),
    (r"hz|hertz", r"[kmg]?hz"),
    (r"rpm|revolutions", r"(?:rpm|revolutions|turns)"),
)


@lru_cache(maxsize=2048)
def figure(question: str) -> re.Pattern[str] | None:
    """How an amount of what is asked for is written, where the question tells."""
    said = _unit(question) or next((said for asks, said in _FIGURES if re.search(asks, question, re.IGNORECASE)), None)
    return re.compile(said or _count(question), re.IGNORECASE) if said or _count(question) else None


@lru_cache(maxsize=2048)
def demanded(question: str) -> re.Pattern[str] | None:
    """The same where no answer does without it: a unit that the question names, a weight, a sum of money."""
    weighs, costs = (
        re.search(r"\bhow heavy\b|\bweigh", question, re.IGNORECASE),
        re.search(_COSTS, question, re.IGNORECASE),
    )
    said = _unit(question) or (_of(_WEIGHT) if weighs else _MONEY if costs else "")
    return re.compile(said, re.IGNORECASE) if said else None


def _unit(question: str) -> str:
    named = (
        _of(said) for asks, said in _NAMED if re.search(rf"\b(?:how many|in) (?:{asks})\b", question, re.IGNORECASE)
    )
    return next(named, "")


def _count(question: str) -> str:
    """A number of the things that are counted."""
    counted = re.search(r"\bhow many ((?:[\w-]+\s*){1,3})", question, re.IGNORECASE)
    stems = terms(counted[1]) if counted else []
    things = "|".join(re.escape(stem) for term in stems for stem in (term, *synonyms(term)))
    return rf"{_NUMBER}\w*(?:[-\s]+[\w-]+){{0,2}}?[-\s]+(?:{things})" if things else ""
