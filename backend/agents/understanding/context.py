"""What the conversation makes of a clause: an answer to what was asked, a number alone, a pronoun's order."""

import re
from dataclasses import replace

from backend.agents.understanding.aftermath import asked_after
from backend.agents.understanding.clauses import is_wish
from backend.agents.understanding.contacts import CONTACT
from backend.agents.understanding.cues import ATTRIBUTE, COMPARE, OTHER_ORDER, POLICY, SOLD, YOU_HAVE
from backend.agents.understanding.followups import Resolved
from backend.agents.understanding.salience import ORDER_ACTS, PRODUCT_ACTS, Salience
from backend.agents.understanding.wording import attach, exchange, listed
from backend.domain.acts import Act
from backend.domain.conversation import Draft, Entities
from backend.rag.actions import action_of

_ORDER_NUMBER = re.compile(r"(?<![\w-])#?[a-z]{0,6}[-\s]?\d{3,14}\b", re.IGNORECASE)
_AROUND_VALUES = re.compile(
    r"\b(?:my|e-?mail|mail|is|it'?s|it|the|this|that|code|verification|order|orders|number|no|id|nr|address|phone"
    r"|zip|and|here|you|go|are|ok(?:ay)?|sure|yes|yeah|yep"
    r"|of course|please|thanks?|hi|hello|for|with|sorry|i|meant|mean|actually|one|try|use|sent|got|was|name|under|on"
    r"|a|an|ticket|complaint|refund|case)\b",
    re.IGNORECASE,
)
#: Acts that are about one order or its goods and need its number.
_NEEDS_ORDER = ORDER_ACTS | {Act.REFUND_STATUS}
#: A draft that waits for one of these waits for who is asking.
_IDENTITY_SLOTS = frozenset({"identity", "order_id", "email", "code", "order"})
#: From this confidence on, a sentence that is no answer to the open question is a wish of its own.
_OWN_WISH = 0.75
#: What is done to goods and told in their manuals, though its verb may mean something of a purchase too: "charge".
_OF_MANUALS = frozenset(
    {"assemble", "charge", "clean", "connect", "descale", "pair", "reset", "setup", "start", "stop", "update"}
)
_HOW_TO = re.compile(r"^\W*how\s+(?:do|can|could|should|would)\s+(?:i|we|you|one)\b", re.IGNORECASE)
_OF_PURCHASE = re.compile(
    r"\b(?:orders?|order(?:ed|ing)|returns?|refund\w*|exchange\w*|deliver\w*|parcel|shipp\w*|cancel\w*|warranty|claims?"
    r"|complain\w*|account|address|pay\w*|paid|card|invoice|receipt|price|subscription|alerts?|review)\b",
    re.IGNORECASE,
)
_THANKED = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|perfect|alright|cool)\W+)?"
    r"(?:many thanks|thanks(?: a lot| so much)?|thank you(?: so much| very much)?|cheers|thx)\W+for\s+\w+ing\b",
    re.IGNORECASE,
)
#: "it" is no thing of the shop here: "I'll sleep on it, thanks".
_DECIDES_LATER = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|thanks?|thx|hm+|well|no|great|right|then)\W+)*"
    r"(?:i(?:'ll|ll| will| need to| have to)|let me|we'?ll)"
    r"\s+(?:think (?:about|on) it|think it over|sleep on it|have a think|mull it over|decide later|come back later)\b"
    r"[^?]{0,30}$",
    re.IGNORECASE,
)
_SHORT_THANKS = 9
#: Says nothing that could be looked for: "...", "hm".
_HESITATES = re.compile(r"(?:[^\w]|\b(?:h+m+|u+h*m+|u+h+|e+r+m*|o+h+|a+h+)\b)*$", re.IGNORECASE)
_ALWAYS_OWN = frozenset({Act.HANDOFF, Act.THANKS, Act.GOODBYE, Act.GREETING, Act.CAPABILITIES})


def settle(found: Resolved, draft: Draft | None, salience: Salience) -> Resolved:
    """A message that is only a value gets the act of what was asked; all else comes back as it is."""
    entities = found.entities
    if draft is not None and _is_answer_with_product(found, draft):
        return _with_draft(found, draft)
    if draft is None and (looked_at := asked_after(found.text, salience.act)) is not None:
        return replace(found, act=looked_at)
    if _asks_manual(found):
        return replace(found, act=Act.PRODUCT_QUESTION)
    if _DECIDES_LATER.match(found.text):
        return replace(found, act=Act.GOODBYE)
    if _thanks(found) or _HESITATES.match(found.text):
        return replace(found, act=Act.THANKS)
    if not is_bare(found.text):
        return found
    act = _act_of_value(entities, draft, salience)
    return found if act is None else replace(found, act=act)


def _thanks(found: Resolved) -> bool:
    """Whether it thanks and wants nothing: "thanks for sorting it out"."""
    text = found.text
    if len(text.split()) > _SHORT_THANKS or "?" in text or not _THANKED.match(text):
        return False
    return not is_wish(text) and not _ORDER_NUMBER.search(text)


def _asks_manual(found: Resolved) -> bool:
    """Whether one product is named, known here or not, and how something is done to it is asked."""
    entities = found.entities
    if entities.order_ids or not _HOW_TO.match(found.text):
        return False
    if len(entities.products) != 1 and not (entities.unknown_products or entities.category):
        return False
    action = action_of(found.text)
    return action is not None and action.name in _OF_MANUALS and not _OF_PURCHASE.search(found.text)


def _act_of_value(entities: Entities, draft: Draft | None, salience: Salience) -> Act | None:
    if entities.order_ids and (draft is None or not (entities.email or entities.code)):
        if draft is not None:
            return draft.request.act
        return salience.act if salience.act in ORDER_ACTS else Act.ORDER_LOOKUP
    if entities.email or entities.code or entities.phone:
        return Act.IDENTIFY
    if entities.complaint_ids:
        return Act.COMPLAINT_STATUS
    if entities.refund_ids:
        return Act.REFUND_STATUS
    return draft.request.act if draft is not None and entities.zip else None


def is_bare(text: str) -> bool:
    """Whether a text holds nothing but numbers, addresses and the words around them."""
    return bool(re.search(r"\d|@", text)) and not re.search(r"\w", beside_values(text))


def beside_values(text: str) -> str:
    """A text without its numbers and addresses and the words around them."""
    return _AROUND_VALUES.sub(" ", _ORDER_NUMBER.sub(" ", CONTACT.sub(" ", text)))


def _is_answer_with_product(found: Resolved, draft: Draft) -> bool:
    asked = "product" in draft.asking
    return asked and bool(found.entities.products) and not is_wish(found.text) and len(found.text.split()) <= 8


def _with_draft(found: Resolved, draft: Draft) -> Resolved:
    """ "What's the price?" – of which product? – "the X1"."""
    asked = draft.request
    products = found.entities.products
    old = asked.entities.products
    if old:
        sentence = exchange(asked.standalone, old[0], products)
    else:
        sentence = attach(asked.standalone, products) if products else f"{asked.standalone} {listed(products)}"
    entities = asked.entities.model_copy(update={"products": products, "candidates": (), "unknown_products": ()})
    return replace(found, standalone=sentence, entities=entities, act=asked.act)


def continues_draft(found: Resolved, draft: Draft | None, act: Act, confidence: float) -> bool:
    """Whether a clause answers the open question although the classifier read something else in it."""
    if draft is None or draft.asking == "handoff" or act is draft.request.act or is_wish(found.text):
        return False
    if act in _ALWAYS_OWN and confidence >= 0.5:
        return False
    return not (draft.asking in _IDENTITY_SLOTS and confidence >= _OWN_WISH)


def sensible(act: Act, confidence: float, found: Resolved) -> Act:
    """The kind of request that the goods named allow: nobody compares one product or searches for a named one."""
    products, text = found.entities.products, found.text
    if act in {Act.SHOP_QUESTION, Act.OUT_OF_SCOPE} and SOLD.search(text) and not POLICY.search(SOLD.sub(" ", text)):
        return Act.PRODUCT_SEARCH
    if act is Act.OUT_OF_SCOPE and confidence < _OWN_WISH and _SHOP_MATTER.search(text):
        return Act.SHOP_QUESTION
    if act is Act.OUT_OF_SCOPE and confidence < _OWN_WISH:
        act = _act_of_value(found.entities, None, Salience()) or act
    if not products:
        counts = act is Act.PRODUCT_QUESTION and found.entities.category and _COUNTS.search(text)
        return Act.PRODUCT_SEARCH if counts else act
    if act in _BETWEEN_GOODS and asks_together(found):
        return Act.COMPATIBILITY
    if act in _OF_ONE_PRODUCT and len(products) == 1 and _WHAT_FITS.search(text):
        return Act.COMPATIBILITY
    if act is Act.PRODUCT_QUESTION and len(products) > 1 and not _INCLUDES.search(found.conditions or text):
        return Act.COMPARE
    if act is Act.COMPARE and len(products) == 1 and not (COMPARE.search(text) or _SIDES.search(text)):
        return Act.PRODUCT_QUESTION
    if act is Act.PRODUCT_SEARCH and not found.entities.category:
        return Act.PRODUCT_QUESTION if len(products) == 1 else Act.COMPARE
    lone = len(products) == 1 and not (found.entities.category or found.entities.unknown_products)
    if act is Act.COMPATIBILITY and lone and (_SETS_UP.search(text) or not _FITS.search(text)):
        return Act.PRODUCT_QUESTION
    of_goods = YOU_HAVE.search(text) or (ATTRIBUTE.search(text) and not POLICY.search(text))
    if act in {Act.SHOP_QUESTION, Act.ACCOUNT} and of_goods:
        return Act.PRODUCT_QUESTION
    if act is Act.OUT_OF_SCOPE and (of_goods or confidence < _OWN_WISH):
        return Act.PRODUCT_QUESTION
    return act


def asks_together(found: Resolved) -> bool:
    """Whether it is asked if two products go together; their names hold such words too and are left aside."""
    return len(found.entities.products) > 1 and bool(_TOGETHER.search(found.conditions or found.text))


_OF_ONE_PRODUCT = frozenset({Act.PRODUCT_QUESTION, Act.PRODUCT_SEARCH, Act.COMPARE})
#: Words that only a shop's rules speak of.
_SHOP_MATTER = re.compile(
    r"\b(?:restocking|shipping (?:costs?|fees?|address|options?)|delivery (?:costs?|fees?|times?)|return (?:policy"
    r"|label)|gift cards?|your (?:warranty|store|shop|prices?)|refunds?|loyalty points?|price match\w*)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\bhow many\b.*\b(?:(?:do|does) (?:you|your \w+) (?:guys )?(?:have|sell|offer|carry|stock)|are there)\b",
    re.IGNORECASE,
)


#: What a question of two products may be mistaken for.
_BETWEEN_GOODS = PRODUCT_ACTS | {Act.SHOP_QUESTION, Act.OUT_OF_SCOPE, Act.CAPABILITIES, Act.ENQUIRY}
#: That goods go together is asked, not how they differ.
_TOGETHER = re.compile(
    r"\b(?:compatib\w*|works?|working|fits?|fitting|match(?:es)?|suits?|suitable|supports?|plugs? in|connects?|mounts?"
    r"|attach(?:es)?|goes? (?:in|into|on|onto|with|together)|go (?:in|into|on|onto|with|together)"
    r"|use[ds]?\b.{0,40}\b(?:with|in|on|together)|pair(?:s|ed)?|combine"
    r"|(?:ok|okay|right|good|fine|possible)\s+(?:for|with)"
    r"|take[sn]?|accepts?|run (?:with|on))\b",
    re.IGNORECASE,
)
#: Words between or before two things of which one may be named in a way that is not known here.
_SIDES = re.compile(r"\b(?:or|than|better|best|which|over|instead)\b", re.IGNORECASE)
#: One is asked to be part of the other.
_INCLUDES = re.compile(
    r"\b(?:comes?|came|sold|supplied|delivered|shipped|bundled)\s+with\b|\binclud\w*\b|\bin the box\b", re.IGNORECASE
)
#: "which cases fit the Pro 12?": asks for other goods, not about this one
_WHAT_FITS = re.compile(
    r"^\W*(?:and |so |ok )*(?:which|what|any|are there|do you have|is there|have you got)\b.*\b(?:fits?|works? with"
    r"|compatible with|goes? with|go with)\b",
    re.IGNORECASE,
)
#: "how do I connect the X2?": what to do with it, not what goes with it
_SETS_UP = re.compile(
    r"\bhow (?:(?:do|can|could|would|should) (?:i|you|we|one)|to) (?:connect|plug|charge|use|mount|attach|pair|hook)\b",
    re.IGNORECASE,
)
_FITS = re.compile(
    r"\b(?:compatib\w*|accessor\w*|works?|fits?|goes|go|connect\w*|plug\w*|charge\w*|use|used|match\w*|mount\w*"
    r"|attach\w*|need)\b",
    re.IGNORECASE,
)


def complete(entities: Entities, text: str, act: Act, salience: Salience, complaints: tuple[str, ...]) -> Entities:
    """The entities that the kind of request brings with it, and without those it cannot mean."""
    if act not in _NAMES_GOODS and entities.candidates:
        entities = entities.model_copy(update={"candidates": ()})
    if act in PRODUCT_ACTS:
        named = re.search(r"\border\b|\bord\b|#", text, re.IGNORECASE)
        return entities if named or not entities.order_ids else entities.model_copy(update={"order_ids": ()})
    if act is Act.COMPLAINT_STATUS and not entities.complaint_ids and complaints:
        return entities.model_copy(update={"complaint_ids": complaints[:1]})
    apart = entities.order_ids or OTHER_ORDER.search(text)
    if act in _NEEDS_ORDER and not apart and salience.orders and (salience.about_order or act in _FOLLOWS_ORDER):
        return entities.model_copy(update={"order_ids": salience.orders[:1]})
    return entities


#: Acts that one certain product is needed for.
_NAMES_GOODS = frozenset({Act.PRODUCT_QUESTION, Act.COMPARE, Act.COMPATIBILITY, Act.SIMILAR})
_FOLLOWS_ORDER = frozenset({Act.RETURN, Act.EXCHANGE, Act.ORDER_CANCEL, Act.DELIVERY_TRACK, Act.REFUND_STATUS})
