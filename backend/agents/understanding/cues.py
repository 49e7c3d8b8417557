"""Word patterns that tell what a clause leans on: an order, a product's attribute, the shop's policies."""

import re

#: Things one asks of a product that has been named before.
ATTRIBUTE = re.compile(
    r"\b(?:batter(?:y|ies)|screen|display|resolution|refresh rate|ram|memory|storage|ssd|hard drive|processors?"
    r"|cpus?|gpus?|graphics|chip(?:set)?"
    r"|cameras?|weight|weigh|heavy|how big|dimensions?|thick(?:ness)?|ports?|hdmi|usb(?:-[ac])?|thunderbolt"
    r"|bluetooth|wi-?fi|wireless|foldable|rechargeable|backlit|nfc|gps|dual sim|keyboard|touch ?(?:screen|pad)"
    r"|speakers?|microphone|brightness|price|priced|cost|how much(?! is (?:shipping|delivery|the shipping"
    r"|it to ship))|warranty|guarantee|colou?rs?|charger|charging|chargers?|operating system|os|materials?"
    r"|water ?proof|water[- ]resistant"
    r"|range|capacity|wattage|sockets?|connectivity|specs?|specifications?|features?|manual|in the box|in stock"
    r"|available|availability|ratings?|reviews?"
    r"|reset|set ?up|pair|firmware|turn (?:it )?on|gaming|video editing|accessor(?:y|ies)|versions?|\d+ ?[gt]b"
    r"|compatible|sizes?"
    r"|model number)\b",
    re.IGNORECASE,
)
#: An attribute that is said to belong to something: "the screen", "its camera", "how much storage".
OF_ITS_OWN = re.compile(
    r"\b(?:(?:the|its|their)\s+(?:\w+\s+)?|how (?:much|many|big|good|fast|long) (?:is |are |of )?(?:the |its )?)"
    r"(?:screens?|displays?|storage|cameras?|keyboard|memory|ram|ssd|battery|charger|speakers?|graphics|processor"
    r"|cpu|gpu)\b",
    re.IGNORECASE,
)
#: Things one asks of the shop: no product belongs to them.
POLICY = re.compile(
    r"\b(?:polic(?:y|ies)|shipping|ship to|deliver(?:y|ies)? (?:to|cost|time|fee|option)s?|free delivery|refunds?"
    r"|returns?|return policy|exchanges?|accounts?|passwords?|log ?in|sign in"
    r"|payments?|pay with|pay by|installments?|stores?|opening hours|business hours|newsletter|coupons?"
    r"|discount codes?|gift cards?|privacy|human|agent|representative|person"
    r"|complaints?|tickets?|orders?|your (?:warranty|guarantee) (?:policy|terms)|you (?:offer|accept|deliver|ship)"
    r"|your)\b",
    re.IGNORECASE,
)
#: Verbs and nouns that go with an order.
ORDER = re.compile(
    r"\b(?:track(?:ing)?|cancel(?:led|ling)?|where(?:'s| is| are|s)?|arriv(?:e|es|ed|ing)|ship(?:ped"
    r"|s)?(?!\s+with\b)|deliver(?:ed|y)?|status|get here|come|on (?:its|the) way"
    r"|dispatch(?:ed)?|courier|carrier|eta|address|paid|payment)\b",
    re.IGNORECASE,
)
#: Verbs that go with an order as well as with a product.
EITHER = re.compile(
    r"\b(?:return|refund|exchange|replace|replacement|swap|send (?:it|them|this|that) back|money back|late|change"
    r"|modify|complain)\b",
    re.IGNORECASE,
)
#: "my order", "the package".
ORDER_NOUN = re.compile(
    r"\b(?:my|the|this|that|our)\s+(?:last |latest |recent |most recent |current )?(?:order|package|parcel|delivery"
    r"|shipment)\b(?!\s+(?:number|id|policy|times?|costs?|options?|fees?|and (?!is|was)))",
    re.IGNORECASE,
)
#: Speaks of an order that is not the one in view.
OTHER_ORDER = re.compile(
    r"\b(?:another|different|other|new|all|previous|older|next)\s+(?:\w+\s+)?orders?\b|\bmy orders\b|\borders\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"\b(?:it(?!')|its|this|that|them|they|their|these|those)\b(?!\s+(?:laptop|phone|product|model|one|device)\b)",
    re.IGNORECASE,
)
#: A pointer to one thing.
SINGULAR = re.compile(r"\b(?:it|its|this|that)\b", re.IGNORECASE)
#: Parts of an order that goods do not have.
ORDER_PART = re.compile(
    r"\b(?:the|my) (?:order )?(?:total|tracking (?:number|code|link)|carrier|courier|delivery (?:date|address)"
    r"|shipping (?:address|date)"
    r"|invoice|receipt|items?|amount|payment method)\b",
    re.IGNORECASE,
)
ORDER_PLACE = re.compile(r"\bthe (first|second|third|fourth|fifth|last)(?:\s+(?:one|order))?\b", re.IGNORECASE)
#: Opens a piece that repeats the last question of something else.
ELLIPSIS = re.compile(
    r"^(?:(?:ok(?:ay)?|so|then|and|but|or|also)[,\s]+)*(?:(?:what|how) about|and|or|same (?:question |thing )?(?:for"
    r"|with)|also for)\s+(?P<rest>.+?)\s*[?.!]*$",
    re.IGNORECASE,
)
#: Opens a correction of what was said before.
CORRECTION = re.compile(
    r"^(?:(?:no+|nope|sorry|wait|oops|hm+|actually|oh|not that(?: one)?|wrong one|my mistake|my bad)\b[\s,.!:;-]*)*"
    r"(?:(?:no+|nope|sorry|wait|oops|actually|not that(?: one)?|wrong one|my mistake|rather)\b[\s,.!:;-]+|(?:i"
    r"|we) (?:meant?|was (?:asking|talking) about)(?: to say)?\s+|(?:i'?m|i am) (?:talking|asking) about\s+"
    r"|make (?:it|that)\s+)",
    re.IGNORECASE,
)
ALTERNATIVE = re.compile(
    r"\b(?:(?:anything|something|any ?(?:one)?|ones|an?|another) (?:\w+ )?(?:cheaper|similar|better|lighter|smaller"
    r"|bigger|larger|faster|comparable|more (?!about|info|detail|than)\w+|less \w+)\b"
    r"|alternatives?\b|similar (?:products?|ones?|models?|items?|options?)|(?:cheaper|better|lighter|smaller"
    r"|bigger) (?:ones?|options?|alternatives?|models?|versions?)\b(?!\s+(?:has|have|come|is|of)\b)|(?:anything"
    r"|something) (?:like|similar to) (?:it|this|that|the)\b)",
    re.IGNORECASE,
)
#: Asks for the shop's goods, not for those being compared.
YOU_HAVE = re.compile(
    r"\b(?:(?:do )?you(?: guys)? (?:have|sell|offer|carry|stock)|in (?:the|your) (?:shop|store)|available)\b",
    re.IGNORECASE,
)
#: Asks whether something is sold at all.
SOLD = re.compile(
    r"\b(?:do|does) (?:you(?: guys)?|your (?:shop|store)) (?:also )?(?:sell|carry|stock)\b"
    r"|\b(?:can|could|may) (?:i|we|one) (?:also )?(?:order|buy|get|purchase) (?:an?|some|any) (?:[\w-]+ ){1,4}"
    r"(?:from|off|at|in|through) (?:you|your (?:shop|store|site)|here)\b",
    re.IGNORECASE,
)
#: What goods do and orders do not.
GOODS_VERB = re.compile(
    r"\b(?:have|has|support|supports|work|works|fit|fits|run|runs|charge|charges|last|connect|connects|compatible"
    r"|water ?proof|good for|come in|comes in|come with|comes with)\b(?!\s+(?:been|it|shipped|arrived|not|you|they"
    r"|my|already|left)\b)",
    re.IGNORECASE,
)
COMPARE = re.compile(
    r"\b(?:compar(?:e|ed|ison|ing)|vs\.?|versus|differences?|differ|stack up|side by side)\b", re.IGNORECASE
)
BETTER = re.compile(
    r"^(?:and |so |but )?(?:is|are|does|do)\b.*\b(?:better|cheaper|faster|lighter|heavier|worse|bigger|smaller|newer"
    r"|more \w+)\s*(?:one)?\s*\??$",
    re.IGNORECASE,
)
#: Words that may stand around a name without making it a sentence of its own.
FILLER = re.compile(
    r"\b(?:what|how|about|and|or|but|no|nope|not|i|we|meant|mean|was|asking|talking|the|a|an|my|for|ok|okay|so|then"
    r"|also|same|question|with|now|please"
    r"|sorry|actually|rather|it|its|is|one|ones|too|as|well|instead|try|yes|just|oh|wait|make|that|this|of|them|him"
    r"|pick|choose|take|i'll|i'd|like|want|go|show|me|tell|more|laptop|phone|tablet|model)\b",
    re.IGNORECASE,
)
REFINES = re.compile(
    r"^(?:(?:and|but|ok(?:ay)?|so|then|now|please|or|hm+|maybe)[,\s]+)*(?:only|just|what about|how about|under|below"
    r"|over|above|less than|more than|at most|at least|between|up to|around|with|in|from|by|any|sort|order(?:ed)? by"
    r"|the ones?|ones|how many (?:of (?:them|these|those)|are|have)"
    r"|cheap(?:er|est)|highest|lowest|best[- ]rated|rated|in[- ]stock|which (?:of (?:them|these|those)|ones?|are"
    r"|have|has|is)|(?:do you have|show me|are there|have you got|got|i want|i need|give me|can you show me"
    r"|make (?:it|that))\s+(?:only|just|any|some|ones?|the ones?|something|anything|those|them|all)"
    r"|(?:are|is) (?:any|one) of (?:them|these|those)|\$?\d|and)\b",
    re.IGNORECASE,
)
MORE = re.compile(
    r"^(?:(?:ok|and|please|can you|could you|hm+|well|so|yes|no)[,\s]+)*(?:show (?:me )?)?(?:some )?(?:(?:more|the rest"
    r"|(?:the )?next(?: page| \d+| few)?|further)(?: (?:results|products|options|items"
    r"|of them|please|ones))*|see more|more of (?:them|these|those)|anything else"
    r"|what else(?: do you have| is there)?)\s*[?.!]*$"
    , re.IGNORECASE)  # fmt: skip
