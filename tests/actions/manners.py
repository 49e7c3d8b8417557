"""Manners of speaking: ten strangers who say the same wishes with other verbs, in another order, exact or by name.

Written without regard to how the shop reads them; sentences are mended here only where they are no English.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Templates = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Manner:
    """How one stranger talks. Templates know {order} {goods} {swaps} {pay} {address} {reason} {email}."""

    name: str
    cancel: tuple[str, ...]
    address: tuple[str, ...]
    payment: tuple[str, ...]
    items: tuple[str, ...]
    send_back: tuple[str, ...]
    exchange: tuple[str, ...]
    account: tuple[str, ...]
    number: str = "hash"
    goods: str = "name"
    version: str = "changed"
    link: str = "{old} for {new}"
    joint: str = " and "
    method: str = "long"
    place: str = "line"
    mistake: tuple[str, ...] = ("I ordered it by mistake",)
    unneeded: tuple[str, ...] = ("I no longer need it",)
    opening: str = ""
    closing: str = ""
    #: every wish in the first message
    together: bool = False
    #: between wishes said together
    between: str = " "
    yes: tuple[str, ...] = ("yes",)
    answers: Mapping[str, str] = field(default_factory=dict)
    #: tells an address in parts
    drips: bool = False


TERSE = Manner(
    name="terse",
    cancel=("cancel {order}", "{order} cancel pls", "cancel {order}, {reason}"),
    address=("{order} new address: {address}", "ship {order} to {address}"),
    payment=("{order} pay with {pay} instead", "put {order} on {pay}"),
    items=("{order}: change {swaps}. diff on {pay}", "change {swaps} in {order}, {pay}"),
    send_back=("return {goods}, {order}, refund {pay}", "{order} returning {goods}. refund to {pay}"),
    exchange=("exchange {swaps}, {order}, {pay}", "{order}: swap {swaps}. {pay} for the diff"),
    account=("my address is now {address}", "new default address: {address}"),
    number="plain",
    method="short",
    version="values",
    joint=", ",
    mistake=("ordered by mistake", "mistake"),
    unneeded=("no longer needed", "dont need it"),
    yes=("y", "ok", "yep"),
)

FORMAL = Manner(
    name="formal",
    cancel=(
        "I hereby request the cancellation of order {order}. The reason is as follows: {reason}.",
        "I would be obliged if you cancelled order {order}, since {reason}.",
    ),
    address=(
        "I kindly ask you to have order {order} delivered to the following address instead: {address}.",
        "The delivery address of order {order} ought to read: {address}. Please amend it accordingly.",
    ),
    payment=(
        "I should like order {order} to be charged to {pay} rather than to the method used at checkout.",
        "Would you be so kind as to amend the payment method of order {order}; it is to be {pay}.",
    ),
    items=(
        "With regard to order {order}, I wish to have the following amended: {swaps}. "
        "Any difference in price may be settled through {pay}.",
    ),
    send_back=(
        "I wish to return {goods}, which formed part of order {order}. Kindly credit the amount to {pay}.",
        "With reference to order {order}, I intend to send back {goods}. The refund should be issued to {pay}.",
    ),
    exchange=(
        "With reference to order {order}, I would like to have {swaps}. Kindly settle the difference via {pay}.",
        "I request an exchange under order {order}: {swaps}. {pay} shall be used for any difference.",
    ),
    account=(
        "As I have relocated, I request that the address held in my customer account be replaced by {address}.",
        "Please be so kind as to record the following as my default address: {address}.",
    ),
    goods="full",
    version="all",
    link="{old} replaced by {new}",
    joint=", and furthermore ",
    opening="Dear Sir or Madam,\n",
    closing="\nYours faithfully",
    mistake=("it was placed in error", "the order was made by mistake"),
    unneeded=("the goods are no longer required", "I no longer have any need of it"),
    yes=("Yes, that is correct. Please proceed.", "I confirm."),
    answers={"email": "My e-mail address is {email}.", "code": "The code reads {code}."},
)

CHATTY = Manner(
    name="chatty",
    cancel=(
        "hey! so sorry but could you call off my order {order}? {reason}, thanks so much :)",
        "Hi there, hope you're having a good day! I've got this order {order} and well, {reason}. Can you scrap it?",
    ),
    address=(
        "Hey, quick one: order {order} is going to the wrong place haha, it needs to go to {address} please!",
        "so we just moved house, what a week! can you send {order} to our new place? It's {address}. Thank you!!",
    ),
    payment=(
        "Hey hey, I meant to use {pay} for order {order}, can you switch it over for me?",
        "oh gosh, I picked the wrong card for {order}! could you put it on {pay} instead please?",
    ),
    items=(
        "Hiya! I've been thinking about {order} and I'd love to switch {swaps}. Just put the difference on {pay}!",
        "so my girlfriend talked me into changing my mind on {order} lol, can I get {swaps}? you can use {pay} for it",
    ),
    send_back=(
        "Hey! I got my order {order} and it's all nice, but {goods} just isn't for me. Can I send it back and get the "
        "money on {pay}?",
        "Hello hello! I need to get rid of {goods} from {order}, my cat hates it :D refund onto {pay} if that's ok",
    ),
    exchange=(
        "Hi! Love the stuff from order {order}, but I'd really rather trade {swaps}. {pay} is fine for the difference!",
        "heyyy so about {order}, would it be ok to swap {swaps}? charge or refund {pay}, whatever it comes to :)",
    ),
    account=(
        "Guess what, I've moved! From now on everything should come to {address}. Can you update my account?",
        "hey could you change the address on my profile? we live at {address} now, yay!",
    ),
    mistake=("I totally ordered that by accident", "I clicked the wrong thing, my mistake"),
    unneeded=("I don't actually need it anymore", "turns out I don't need it after all"),
    yes=("yes please!!", "yep, sounds great", "yes go for it"),
    answers={"email": "sure thing, it's {email}", "code": "got it, {code}"},
)

NUMBERS = Manner(
    name="ids only",
    cancel=("I want to cancel order {order}. Reason: {reason}.", "Please cancel order {order} because {reason}."),
    address=("Modify the shipping address of order {order} to {address}.",),
    payment=("Please use payment method {pay} for order {order}.", "Change payment of order {order} to {pay}."),
    items=(
        "I want to modify order {order}: {swaps}. Payment method {pay}.",
        "Please modify {swaps} in order {order}. Use payment method {pay}.",
    ),
    send_back=(
        "I want to return item {goods} from order {order}. Refund to {pay}.",
        "Return items {goods} of order {order} to payment method {pay}.",
    ),
    exchange=(
        "I want to exchange {swaps} from order {order}. Please use payment method {pay}.",
        "Exchange {swaps} in order {order}, payment method {pay}.",
    ),
    account=("Change my default address to {address}.",),
    goods="id",
    version="id",
    link="item {old} for item {new}",
    joint=", ",
    method="id",
    mistake=("ordered by mistake",),
    unneeded=("no longer needed",),
    yes=("Yes", "Confirm"),
)

NAMES = Manner(
    name="names only",
    cancel=("I'd like to cancel an order I made.", "Can I cancel one of my orders? {reason}."),
    address=("One of my orders has to go to another address, {address}.",),
    payment=("I'd like to pay for one of my orders with {pay}.",),
    items=(
        "I want to change {swaps}. I haven't got it yet. Use {pay}.",
        "Can you change {swaps}? It hasn't been sent. Pay with {pay}.",
    ),
    send_back=(
        "I want to return {goods}. Put the money back on {pay}.",
        "{goods} should go back to you, refund {pay}.",
    ),
    exchange=("I'd like to exchange {swaps}, please. Bill {pay}.",),
    account=("My home address has changed, it is {address}.",),
    goods="full",
    version="all",
    mistake=("I bought it by mistake",),
    unneeded=("I have no use for it any more",),
    yes=("Yes, do that", "right, go ahead"),
    answers={"order": "It's order {order}.", "email": "{email}"},
)

LETTER = Manner(
    name="one letter",
    cancel=("cancel order {order} ({reason})",),
    address=("update the shipping address on order {order} to {address}",),
    payment=("switch order {order} over to {pay}",),
    items=("in order {order} change {swaps}, and charge or refund {pay}",),
    send_back=("send back {goods} from order {order}, refund onto {pay}",),
    exchange=("swap {swaps} in order {order}, difference on {pay}",),
    account=("set my default address to {address}",),
    together=True,
    between="\n- ",
    opening="Hello, my email is {email}. Please take care of the following:\n- ",
    closing="\nThanks!",
    version="values",
    mistake=("it was a mistake",),
    unneeded=("not needed anymore",),
    yes=("Yes, please go ahead", "Yes"),
)

DRIP = Manner(
    name="bit by bit",
    cancel=("I want to cancel an order",),
    address=("I need to change where an order goes",),
    payment=("I want to change how I pay for an order",),
    items=("I want to change something in an order that was not shipped yet",),
    send_back=("I want to return something",),
    exchange=("I want to exchange something I received",),
    account=("I want to change my default address",),
    number="plain",
    method="short",
    version="values",
    yes=("yes",),
    drips=True,
    answers={"code": "{code}", "email": "{email}", "reason": "{reason}"},
)

UPSIDE_DOWN = Manner(
    name="other order",
    cancel=("{reason}, that's why I'd like order {order} cancelled.", "No longer interested in {order}; {reason}."),
    address=(
        "To {address} is where I'd like you to deliver {order}.",
        "{address} - that's where {order} should go now.",
    ),
    payment=(
        "With {pay} is how I want to pay for {order}.",
        "{pay} should be charged for order {order}, not the other.",
    ),
    items=("Using {pay} for the difference, please make it {swaps}; that's for {order}, still pending.",),
    send_back=(
        "For the refund use {pay}: I'm giving back {goods}, bought in order {order}.",
        "Refund onto {pay} please. It's {goods} that I don't want to keep, from {order}.",
    ),
    exchange=("Paying with {pay}, I'd like to have {swaps}; I got them in {order}.",),
    account=("{address} is what my default address should be.",),
    link="{new} instead of {old}",
    version="changed",
    mistake=("I hit the button by mistake",),
    unneeded=("I don't need the things in it any longer",),
    yes=("That's right, go ahead", "sure, do it"),
)

SLOPPY = Manner(
    name="sloppy",
    cancel=("pls cancle my ordr {order} {reason}", "i wanna cancel {order} cuz {reason}"),
    address=("change adress for {order} its {address}", "can u ship {order} to {address} thx"),
    payment=("can u charge {pay} for {order} instead", "wanna pay {order} w {pay}"),
    items=("{order} hasnt shipped rite? switch {swaps} pls, {pay} for the rest",),
    send_back=("wanna return {goods} from {order} refund to {pay}", "sendin back {goods} {order} pls refund {pay}"),
    exchange=("wanna swap {swaps} frm {order} use {pay}", "can i exchange {swaps} order {order} n use {pay}"),
    account=("moved 2 a new place, update my default adress its {address}",),
    number="low",
    method="short",
    version="values",
    link="{old} 4 {new}",
    joint=" n ",
    mistake=("i orderd it by mistake", "was a mistake"),
    unneeded=("i dont need it nomore", "dont need it anymore"),
    yes=("yea", "yup", "k do it"),
    answers={"email": "its {email}", "code": "code {code}"},
)

FORM = Manner(
    name="form fields",
    cancel=("Request: cancellation\nOrder: {order}\nReason: {reason}",),
    address=("Request: change of shipping address\nOrder: {order}\nNew address: {address}",),
    payment=("Request: change of payment method\nOrder: {order}\nNew payment method: {pay}",),
    items=("Request: modify items\nOrder: {order}\nItems: {swaps}\nPayment method: {pay}",),
    send_back=("Request: return\nOrder: {order}\nItems: {goods}\nRefund to: {pay}",),
    exchange=("Request: exchange\nOrder: {order}\nItems: {swaps}\nPayment method: {pay}",),
    account=("Request: change of default address\nNew address: {address}",),
    goods="id",
    version="id",
    link="{old} -> {new}",
    joint=", ",
    method="id",
    place="labels",
    mistake=("ordered by mistake",),
    unneeded=("no longer needed",),
    opening="E-mail: {email}\n",
    yes=("yes",),
)

MANNERS = (TERSE, FORMAL, CHATTY, NUMBERS, NAMES, LETTER, DRIP, UPSIDE_DOWN, SLOPPY, FORM)
