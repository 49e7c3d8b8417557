"""What only the shop itself may say, in any language: that something was done, how the shopper's own matters stand, and
anything about their secrets.

Pronouns, auxiliaries and the few nouns of a shop's records are closed classes; documents tell rules, in the present.
"""

import re

_FLAGS = re.IGNORECASE
#: The shop's records, as "your order is …" tells of one.
_MATTERS = (
    r"orders?|refunds?|returns?|payments?|money|deliver(?:y|ies)|parcels?|packages?|shipments?|exchanges?|complaints?"
    r"|claims?|tickets?|cases?|requests?|accounts?|cards?|address(?:es)?|identity|subscriptions?|bookings?"
)
#: A condition is no claim: "once it has been shipped".
_CONDITION = r"(?:once|after|when(?:ever)?|if|until|till|unless|before|that|which|whether|as soon as)"
#: Speaks for somebody who acts: "I …", "we have …", "your refund is …", "has been …" outside of a condition.
_ENGLISH = re.compile(
    r"\bI\b(?:['’]\w+)?|\b[Mm](?:e|y|ine)\b"
    r"|\b[Ww]e(?:['’](?:ve|ll|re|d)| (?:have|had|will|shall|are|were|did|just|already|hereby|promise|guarantee|confirm"
    r"))\b"
    rf"|\b[Yy]our (?:[\w-]+ ){{0,2}}?(?:{_MATTERS})(?:['’]s| (?:is|are|was|were|has|have|had|gets?|got|comes?|came))\b"
)
_PERFECT = re.compile(
    rf"(?:\b{_CONDITION}\b[^,;:.!?]*)?\b(?:has|have|had)(?:\s+\w+){{0,2}}?\s+(?:been\b|\w+(?:ed|en)\b|done\b|made\b|sent\b|paid\b)"
    rf"|(?:\b{_CONDITION}\b[^,;:.!?]*)?\b(?:was|were)\b",
    _FLAGS,
)
_OPENS = re.compile(rf"{_CONDITION}\b", _FLAGS)
#: The same in other languages, where a sentence cannot be held against English evidence word by word.
_ELSEWHERE = {
    "es": r"\b(?:yo|he|hemos|había(?:mos)?|ha sido|han sido|fue|fueron|acab[oa](?:mos)? de|le (?:he|hemos)"
    r"|confirm[oa](?:mos)?|prometo|prometemos|garantizo|regal\w+)\b"
    r"|\b(?:su|tu) (?:pedido|reembolso|devolución|dinero|cuenta|envío|paquete|queja)"
    r" (?:ya )?(?:est[áa]|es|ha|fue|lleg\w+)\b",
    "fr": r"\bj['’e]|\b(?:nous avons|on a|a été|ont été|sera|seront|vient d|promets|promettons"
    r"|confirm(?:e|ons)|garantis|offr\w+)\b"
    r"|\b(?:votre|ta|ton) (?:commande|remboursement|retour|argent|compte|colis|livraison|réclamation) (?:est|a)\b",
    "de": r"\b(?:ich|wir haben|haben wir|wurden?|worden|versprechen?|garantiere|bestätigen?|schenken?)\b"
    r"|\b(?:ihre?|deine?) (?:bestellung|erstattung|rückgabe|geld|konto|paket|lieferung|beschwerde) (?:ist|wurde|hat)\b",
    "hi": r"मैं|हमने|मैंने|कर दि(?:या|ए)|कर दी|दिया गया|गया है|गई है|गए हैं|चुक[ाीे]|(?:आपका|आपकी) \S+ (?:हो|रद्द)",
}
#: Nobody is asked for them, and nothing is told about them, unless the shop writes of them.
_SECRETS = re.compile(
    r"\b(?:pass ?words?|pass ?codes?|pin|cvv|cvc|credentials?|(?:security|one-time|sign-in|login|verification) codes?"
    r"|code of|card numbers?|contraseñas?|claves?|código|mot de passe|passwort|kennwort|tan)\b|पासवर्ड|कोड|पिन",
    _FLAGS,
)


def claims_nothing(sentence: str, basis: str, language: str) -> bool:
    """Whether the sentence claims no deed, no standing of the shopper's matters and no secret that `basis` does not."""
    known = basis.lower()
    if any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", known) is None for words in _claims(sentence)):
        return False
    if language in _ELSEWHERE and re.search(_ELSEWHERE[language], sentence, _FLAGS) and not _claims(basis):
        return False
    return not _SECRETS.search(sentence) or bool(_SECRETS.search(basis))


def _claims(text: str) -> list[str]:
    """The words by which an English text claims something, lower case."""
    claimed = [match[0] for match in _ENGLISH.finditer(text)]
    claimed += [match[0] for match in _PERFECT.finditer(text) if not _OPENS.match(match[0])]
    return [words.lower() for words in claimed]
