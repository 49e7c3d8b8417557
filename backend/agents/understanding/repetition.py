"""The last question asked of something else: "what about the X2?", "no, the other one", "and monitors?"."""

import re

from backend.agents.understanding import cues, wording
from backend.agents.understanding.rewriting import expand
from backend.agents.understanding.salience import PRODUCT_ACTS, unique
from backend.agents.understanding.view import RECORD_ACTS, Settled, View
from backend.domain.acts import Act
from backend.domain.conversation import ProductRef

#: Acts that are answered from the shop's rules.
POLICY_ACTS = frozenset({Act.REFUND_QUESTION, Act.SHOP_QUESTION, Act.DELIVERY_QUESTION, Act.ACCOUNT})
_SHORT = 5
#: How a question on rules is put when the last one has no place for another thing.
_ASKED_AS = {Act.REFUND_QUESTION: "Can I return {}?", Act.DELIVERY_QUESTION: "What about delivery {}?"}
#: "show me that phone" wants to see it, whatever was asked before.
_PRESENT = re.compile(r"^(?:(?:ok|and|please|so|then)[\s,]+)*(?:show|tell|open)\b", re.IGNORECASE)
_MATTER = re.compile(
    r"\b(?:ship(?! to me)|shipping|deliver|delivery|refunds?|returns?"
    r"|exchanges?|warranty|guarantee|gift cards?|payments?|account|password"
    r"|newsletter|privacy|membership|restocking fee|store|shop|discounts?|coupons?)\b",
    re.IGNORECASE,
)


_NOUNS = {"ship": "shipping", "deliver": "delivery"}


def repeated(view: View) -> Settled | None:
    """A clause that is only names and pointers repeats the last question of them, or asks about them."""
    if not view.products or view.leftover:
        return None
    opens = view.corrects or cues.ELLIPSIS.match(view.core) is not None
    topic, act = view.salience.topic, view.salience.act
    short = act in PRODUCT_ACTS and len(view.core.split()) <= _SHORT and not _PRESENT.match(view.core)
    if not topic or not (opens or short) or act is None or act in RECORD_ACTS or act is Act.PRODUCT_SEARCH:
        return _presented(view)
    old = tuple(p for p in view.salience.everything if p.name.lower() in topic.lower())
    if not old:
        if (topic_named := _with_name(topic, view)) is not None:
            return Settled(topic_named, view.products, act if act in PRODUCT_ACTS else None)
        return Settled(wording.attach(topic, view.products), view.products, act if act in PRODUCT_ACTS else None)
    if act is Act.COMPARE and len(view.products) == 1 and view.products[0] in old:
        return _presented(view)
    victim = _victim(old, view)
    products = unique(q for p in old for q in (view.products if p == victim else (p,)))
    return Settled(wording.exchange(topic, victim, view.products), products, act)


def _presented(view: View) -> Settled:
    """The products told about: one by itself, several side by side."""
    act = Act.PRODUCT_QUESTION if len(view.products) == 1 else Act.COMPARE
    return Settled(f"Tell me about {wording.listed(view.products)}", view.products, act)


def _with_name(topic: str, view: View) -> str | None:
    """The last question with the name put for words that fitted several ("how much are the earbuds?")."""
    for mention in view.vocabulary.find_mentions(topic):
        if len(mention.products) > 1 and view.products[0].id in {p.id for p in mention.products}:
            span = wording.naming(topic, mention.start, mention.end, view.products[:1])
            return wording.replace_spans(topic, [span])
    return None


def _victim(old: tuple[ProductRef, ...], view: View) -> ProductRef:
    """Which product of the last question gives way: the one ruled out, else the last of the same kind."""
    out = [p for _, _, p in view.named.ruled_out if p in old]
    if out:
        return out[0]
    topic = (view.salience.topic or "").lower()
    ordered = sorted(old, key=lambda p: topic.find(p.name.lower()))
    new = view.vocabulary.product(view.products[0].id)
    alike = [p for p in ordered if new and (q := view.vocabulary.product(p.id)) and q.category == new.category]
    return (alike or ordered)[-1]


def repeated_policy(view: View) -> Settled | None:
    """ "and monitors?" after a question on the shop's rules."""
    ellipsis = cues.ELLIPSIS.match(view.text)
    act, topic = view.salience.act, view.salience.topic
    if not ellipsis or view.products or act not in POLICY_ACTS or not topic:
        return None
    rest = ellipsis["rest"]
    if cues.POLICY.search(rest) or len(rest.split()) > _SHORT:
        return None
    return Settled(expand(topic, rest) or _ASKED_AS.get(act, "What about {}?").format(rest), act=act)


def same_matter(view: View) -> Settled | None:
    """ "how long does it take?" after a question on the shop's rules: "it" is what that was about."""
    pronoun = cues.PRONOUN.search(view.core)
    if pronoun is None or view.products or view.orders or view.salience.act not in POLICY_ACTS:
        return None
    matter = _MATTER.search(view.salience.topic or "")
    if matter is None:
        return None
    noun = _NOUNS.get(matter.group().lower(), matter.group().lower())
    return Settled(wording.replace_spans(view.core, [(pronoun.start(), pronoun.end(), noun)]))
