"""How a sentence may be written: in signs of its language or evidence, no address or number put together by hand."""

import re
import unicodedata

#: What people and models write besides letters: quotes, dashes, money, degrees.
_USUAL = frozenset("“”‘’„‚«»–—…•·×°€£₹¿¡′″\u00a0\n\t।")
_SCRIPTS = {"hi": ("DEVANAGARI",)}
#: Joins letters of Devanagari and parts of a picture; anywhere else it is there to be unseen.
_JOINERS = "\u200c\u200d\ufe0f"
#: Seven digits and more with little between them: a telephone, card or account number.
_LONG_NUMBER = re.compile(r"\d(?:[\s().\-/]{0,3}\d){6,}")
#: Signs of an address that are set apart or spelled: "shop [.] com", "shop .com", "help (at) shop", "shop dot com".
_APART = re.compile(
    r"[\[({<]\s*(?:\.|@|at|dot|punto|point|punkt|arroba)\s*[\])}>]|\w\s+\.\w|\w\s*@\s|\w\.\s+(?:com|net|org)\b", re.I
)
_SPELLED = re.compile(
    r"\w (?:dot|punto|point|punkt) (?:com|net|org|info|biz|io|shop|store|online|site|example)\b", re.I
)


def plain(sentence: str, basis: str, language: str) -> bool:
    """Whether it is written in signs that a reader knows for what they are; what stands in `basis` may be repeated."""
    if any(not _is_usual(sentence, at, language) and sentence[at] not in basis for at in range(len(sentence))):
        return False
    if any(part.search(sentence) and not part.search(basis) for part in (_APART, _SPELLED)):
        return False
    known = re.sub(r"[\s().\-/]", "", basis)
    return all(re.sub(r"\D", "", run) in known for run in _LONG_NUMBER.findall(sentence))


def _is_usual(text: str, at: int, language: str) -> bool:
    sign = text[at]
    if sign.isascii():
        return sign.isprintable() or sign in "\n\t"
    if sign in _USUAL:
        return True
    if sign in _JOINERS:
        return at > 0 and not text[at - 1].isascii() and not text[at - 1].isspace()
    kind = unicodedata.category(sign)
    if kind[0] in "LM":
        scripts = _SCRIPTS.get(language, ("LATIN", "COMBINING"))
        return unicodedata.name(sign, "").startswith(scripts) and not unicodedata.decomposition(sign).startswith("<")
    if "\U0001f100" <= sign <= "\U0001f2ff":  # letters and words in frames: "FREE"
        return False
    return kind == "So" and not unicodedata.decomposition(sign)
