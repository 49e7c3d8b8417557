"""What a message can want: the public intents, and the acts one step finer that the agents go by."""

from enum import StrEnum


class Intent(StrEnum):
    """The public intents of a message."""

    PRODUCT_INFO = "product_info"
    ORDER_STATUS = "order_status"
    COMPLAINT = "complaint"
    REFUND = "refund"
    DELIVERY = "delivery"
    COMPARISON = "comparison"
    GENERAL = "general"
    OUT_OF_SCOPE = "out_of_scope"


class SubAction(StrEnum):
    """What an order_status message wants done to the order, or a wish for a person."""

    NONE = "none"
    CANCEL_ORDER = "cancel_order"
    MODIFY_ORDER = "modify_order"
    HUMAN_HANDOFF = "human_handoff"


class Act(StrEnum):
    """The kind of request, one step finer than the intent: it decides which agent gathers."""

    PRODUCT_SEARCH = "product_search"  # "show me laptops under $1500", "do you sell tvs?"
    PRODUCT_QUESTION = "product_question"  # a fact about a product, a how-to, troubleshooting
    COMPARE = "compare"
    COMPATIBILITY = "compatibility"  # "does A work with B?", "what fits the X1?"
    SIMILAR = "similar"  # alternatives, cheaper, better
    ORDER_LOOKUP = "order_lookup"  # status or contents of an order, the list of my orders
    ORDER_CANCEL = "order_cancel"
    ORDER_ADDRESS = "order_address"
    ORDER_PAYMENT = "order_payment"
    ORDER_ITEMS = "order_items"  # other variants in a pending order
    DELIVERY_TRACK = "delivery_track"
    DELIVERY_QUESTION = "delivery_question"  # shipping costs, times, places: from the policies
    RETURN = "return"  # goods go back for money
    EXCHANGE = "exchange"
    REFUND_STATUS = "refund_status"
    REFUND_QUESTION = "refund_question"  # policy on returns and refunds
    COMPLAINT_NEW = "complaint_new"
    COMPLAINT_STATUS = "complaint_status"
    ACCOUNT = "account"  # log-in, profile, membership, newsletter
    ACCOUNT_ADDRESS = "account_address"  # change of the customer's default address
    SHOP_QUESTION = "shop_question"  # payment, opening hours, warranty, privacy and other policies
    ENQUIRY = "enquiry"  # bulk, business, partnership
    HANDOFF = "handoff"
    IDENTIFY = "identify"  # gives an e-mail, a code, an order number to prove who is asking
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    CAPABILITIES = "capabilities"  # "what can you do?"
    OUT_OF_SCOPE = "out_of_scope"


INTENT_OF_ACT: dict[Act, Intent] = {
    Act.PRODUCT_SEARCH: Intent.PRODUCT_INFO,
    Act.PRODUCT_QUESTION: Intent.PRODUCT_INFO,
    Act.COMPARE: Intent.COMPARISON,
    Act.COMPATIBILITY: Intent.PRODUCT_INFO,
    Act.SIMILAR: Intent.PRODUCT_INFO,
    Act.ORDER_LOOKUP: Intent.ORDER_STATUS,
    Act.ORDER_CANCEL: Intent.ORDER_STATUS,
    # where a parcel goes is a matter of its delivery; the sub-action says modify_order
    Act.ORDER_ADDRESS: Intent.DELIVERY,
    Act.ORDER_PAYMENT: Intent.ORDER_STATUS,
    Act.ORDER_ITEMS: Intent.ORDER_STATUS,
    Act.DELIVERY_TRACK: Intent.DELIVERY,
    Act.DELIVERY_QUESTION: Intent.DELIVERY,
    Act.RETURN: Intent.REFUND,
    Act.EXCHANGE: Intent.REFUND,
    Act.REFUND_STATUS: Intent.REFUND,
    Act.REFUND_QUESTION: Intent.REFUND,
    Act.COMPLAINT_NEW: Intent.COMPLAINT,
    Act.COMPLAINT_STATUS: Intent.COMPLAINT,
    Act.ACCOUNT: Intent.GENERAL,
    Act.ACCOUNT_ADDRESS: Intent.GENERAL,
    Act.SHOP_QUESTION: Intent.GENERAL,
    Act.ENQUIRY: Intent.GENERAL,
    Act.HANDOFF: Intent.GENERAL,
    Act.IDENTIFY: Intent.GENERAL,
    Act.GREETING: Intent.GENERAL,
    Act.THANKS: Intent.GENERAL,
    Act.GOODBYE: Intent.GENERAL,
    Act.CAPABILITIES: Intent.GENERAL,
    Act.OUT_OF_SCOPE: Intent.OUT_OF_SCOPE,
}

SUB_ACTION_OF_ACT: dict[Act, SubAction] = {
    Act.ORDER_CANCEL: SubAction.CANCEL_ORDER,
    Act.ORDER_ADDRESS: SubAction.MODIFY_ORDER,
    Act.ORDER_PAYMENT: SubAction.MODIFY_ORDER,
    Act.ORDER_ITEMS: SubAction.MODIFY_ORDER,
    Act.HANDOFF: SubAction.HUMAN_HANDOFF,
}
