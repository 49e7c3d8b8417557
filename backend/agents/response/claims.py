"""What only the shop itself may say, in any language: that something was done, how the shopper's own matters stand, and
anything about their secrets.

Pronouns, auxiliaries and the few nouns of a shop's records are closed classes; documents tell rules, in the present.
"""

import re

_FLAGS = re.IGNORECASE
#: The shop's records, as "your order is …" tells of one.
_MATTERS = (
    r"orders?|refunds?|returns?|payments?|money|deliver(?:y|ies)|parcels?|packages?|shipments?|exchanges?|complaints?"
    r"|claims?|tickets?|cases?|requests?|accounts?|cards?|address(?:es)?|identity|subscriptions?|bookings?|compan(?:y|ies)"
    r"|business|applications?|price"
)
#: A condition is no claim: "once it has been shipped".
_CONDITION = r"(?:once|after|when(?:ever)?|if|until|till|unless|before|that|which|whether|as soon as)"
#: What of a thing we have or are is no deed: "we have 3", "we are open".
_NO_DEED = (
    r"(?! (?:an?|the|any|no|not|to|one|two|three|four|five|several|only|open|closed|based|online|happy|glad|here|got"
    r"|\d+)\b)"
)
#: Speaks for somebody who acts: "I …", "we have …", "your refund is …", "has been …" outside of a condition.
_ENGLISH = re.compile(
    r"\bI\b(?:['’]\w+)?|\b[Mm](?:e|y|ine)\b"
    rf"|\b[Ww]e(?:['’](?:ve|ll|re|d){_NO_DEED}| (?:have|had|are|were){_NO_DEED}"
    r"| (?:will|shall|did|just|already|hereby|promise|guarantee|confirm))\b"
    rf"|\b[Yy]our (?:[\w-]+ ){{0,2}}?(?:{_MATTERS})"
    r"(?:['’]s (?=\w+(?:ed|ing|en)\b|on\b|in\b|now\b|not\b|at\b)"
    r"| (?:is|are|was|were|has|have|had|gets?|got|comes?|came))\b"
)
_PERFECT = re.compile(
    rf"(?:\b{_CONDITION}\b[^,;:.!?]*)?\b(?:has|have|had)(?! to\b)(?:\s+\w+){{0,2}}?\s+"
    r"(?:been\b|\w+(?:ed|en)\b|done\b|made\b|sent\b|paid\b)"
    rf"|(?:\b{_CONDITION}\b[^,;:.!?]*)?\b(?:was|were)\b",
    _FLAGS,
)
#: An assistant's own feelings and advice.
_COURTESY = re.compile(
    r"\bI(?:['’]m| am) (?:sorry|afraid|happy|glad|pleased|here)\b"
    r"|\bI(?:['’]d| would) (?:suggest|recommend|go (?:for|with)|pick)\b"
    rf"|\b{_CONDITION} (?:we|your (?:[\w-]+ ){{1,3}}?)\s?(?:have|has|is|was|are|were)\b"
    r"|\bI (?:suggest|recommend|hope|understand|see)\b|\blet me know\b|\b(?:tell|ask) me\b|\bI can (?:also )?help\b",
    _FLAGS,
)
#: A record of the shopper's is in view, or a rule is told: there how their own matters stand is read off the words.
_RECORD = re.compile(r"\b[A-Z]{2,5}-\d{2,}\b")
_RULE = re.compile(r"\b(?:once|after|when|if|within \d+)\b", _FLAGS)
_PRESENT = re.compile(r"your\b.*(?:['’]s|\b(?:is|are|was|were|gets?|comes?))$")
_OPENS = re.compile(rf"{_CONDITION}\b", _FLAGS)
#: The same in other languages, where a sentence cannot be held against English evidence word by word.
_ELSEWHERE = {
    "es": r"\b(?:hech[oa]s?|qued[ao]n? (?:\w+ )?\w+[ai]d[oa]s?)\b"
    r"|\b(?:yo|he|hemos|había(?:mos)?|ha sido|han sido|fue|fueron|acab[oa](?:mos)? de|le (?:he|hemos)"
    r"|confirm[oa](?:mos)?|prometo|prometemos|garantizo|regal\w+)\b"
    r"|\b(?:su|tu) (?:pedido|reembolso|devolución|dinero|cuenta|envío|paquete|queja)"
    r" (?:ya )?(?:est[áa]|es|ha|fue|lleg\w+)\b",
    "fr": r"\bc['’]est (?:fait|réglé|annulé|remboursé)|\bj['’e]"
    r"|\b(?:nous avons(?! (?:pas |aucun |actuellement )?(?:d|une?|des|l[ea]|\d+|trois|deux)\b)"
    r"|on a|a été|ont été|sera|seront|vient d|promets|promettons"
    r"|confirm(?:e|ons)|garantis|offr\w+)\b"
    r"|\b(?:votre|ta|ton) (?:commande|remboursement|retour|argent|compte|colis|livraison|réclamation) (?:est|a)\b",
    "de": r"\b(?:ich|erledigt|storniert|gutgeschrieben"
    r"|(?:wir haben|haben wir)(?! (?:\w+ ){0,2}?(?:kein\w*|ein\w*|\d+)\b)"
    r"|wurden?|worden|versprechen?|garantiere|bestätigen?|schenken?)\b"
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
    known, ruled = basis.lower(), _RECORD.search(basis) or _RULE.search(sentence)
    for words in _claims(_COURTESY.sub(" ", sentence)):
        if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", known) is None and not (ruled and _PRESENT.match(words)):
            return False
    if language in _ELSEWHERE and re.search(_ELSEWHERE[language], sentence, _FLAGS) and not _claims(basis):
        return False
    return not _SECRETS.search(sentence) or bool(_SECRETS.search(basis))


def _claims(text: str) -> list[str]:
    """The words by which an English text claims something, lower case."""
    claimed = [match[0] for match in _ENGLISH.finditer(text)]
    claimed += [match[0] for match in _PERFECT.finditer(text) if not _OPENS.match(match[0])]
    return [words.lower() for words in claimed]
