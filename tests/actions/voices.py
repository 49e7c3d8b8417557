"""Three more manners of speaking: dictated without a pause, British and roundabout, learnt as a second language."""

from tests.actions.manners import MANNERS, Manner

DICTATED = Manner(
    name="dictated",
    cancel=(
        "hi um i placed an order a while ago its order number {order} and i would like to cancel that please because "
        "{reason}",
        "okay so can you please go ahead and cancel order {order} {reason} thank you",
    ),
    address=(
        "yes hello i need the delivery for order {order} to go somewhere else it should go to {address}",
        "so order number {order} um the address is wrong can you make it {address} please",
    ),
    payment=(
        "for order {order} i would like to pay with {pay} instead can you switch that over",
        "can you take order {order} off that card and put it on {pay} please",
    ),
    items=(
        "so on order {order} that has not shipped yet i would like to change {swaps} and use {pay} for the difference",
        "hi can you change {swaps} that is on order number {order} and just put the difference on {pay}",
    ),
    send_back=(
        "hi so i got order {order} and i would like to send back {goods} and get the money back on {pay} please",
        "i want to return {goods} that is order number {order} and the refund should go to {pay}",
    ),
    exchange=(
        "hi i got order {order} and i would like to exchange {swaps} and you can use {pay} for that",
        "um can i swap {swaps} its order number {order} and take the difference from {pay} please",
    ),
    account=("i moved house so can you change the address on my account to {address} please",),
    number="spoken",
    version="values",
    joint=" and also ",
    mistake=("i ordered it by accident", "that was a mistake"),
    unneeded=("i do not need it anymore", "we no longer need that"),
    yes=("yes please", "yeah go ahead", "yes that is right"),
    answers={"code": "the code is {code}", "email": "my email is {email}"},
)

BRITISH = Manner(
    name="british",
    cancel=(
        "I'm terribly sorry to be a nuisance, but I shan't be needing order {order} after all - {reason}. Might you be "
        "able to cancel it?",
        "Would you mind awfully cancelling {order} for me? {reason}, I'm afraid.",
    ),
    address=(
        "I'm afraid we've moved since I ordered. Might {order} be sent to {address} instead?",
        "Would it be at all possible to have order {order} delivered to {address}? Much obliged.",
    ),
    payment=(
        "I wonder if you could possibly put order {order} on {pay}? I'd rather not use the other one.",
        "Silly me, I've used the wrong card. Could {order} be paid with {pay} instead?",
    ),
    items=(
        "Would it be too late to have {swaps} in order {order}? It hasn't gone out yet, I believe. Do take the "
        "difference from {pay}.",
        "I rather think I've picked the wrong ones in {order}: could I have {swaps}? {pay} will do nicely.",
    ),
    send_back=(
        "I'm afraid {goods} from order {order} won't do. Could I return it, with the money back to {pay}?",
        "Lovely service as ever, but I shall have to send back {goods}, order {order}. Kindly refund {pay}. Cheers.",
    ),
    exchange=(
        "{order} turned up yesterday, ta very much, only I'd prefer to exchange {swaps}. Use {pay} for the difference.",
        "Might I trouble you to swap {swaps}? They came with order {order}; any difference can go on {pay}.",
    ),
    account=("We've moved, I'm pleased to say. Would you put {address} down as my address from now on?",),
    goods="full",
    version="all",
    link="{old} for {new}",
    opening="Good afternoon. ",
    mistake=("I pressed the button by mistake", "it was ordered in error"),
    unneeded=("I've no longer any need of it", "it's no longer needed"),
    yes=("Yes please, if you would.", "That's right, yes.", "Lovely, go ahead"),
    answers={"email": "Certainly, it's {email}.", "code": "Here we are: {code}."},
)

LEARNT = Manner(
    name="second language",
    cancel=(
        "Hello friend, I want cancel my order {order}. Is because {reason}.",
        "please to cancel the order {order}, {reason}",
    ),
    address=(
        "The order {order} must to arrive in other address: {address}. Please you change.",
        "I have moved. Please send {order} in my new house, {address}.",
    ),
    payment=(
        "Please I want pay the order {order} with {pay}, not with the other.",
        "It is possible to change the payment of {order} for {pay}?",
    ),
    items=(
        "In my order {order} I want to change {swaps}. For the difference of price take {pay}.",
        "The order {order} is not yet sended. Please change {swaps}, I pay with {pay}.",
    ),
    send_back=(
        "I have received {order} but {goods} I don't like. I want give back, money to {pay}.",
        "Please I want to return {goods} of the order {order}. The money I want in {pay}.",
    ),
    exchange=(
        "I received order {order}. I want to exchange {swaps}. The difference with {pay} please.",
        "It is possible to change {swaps}? I have it received in order {order}. I use {pay}.",
    ),
    account=("My address is new: {address}. Please to change in my account.",),
    version="all",
    joint=" and too ",
    mistake=("I have ordered by error", "it was a mistake of me"),
    unneeded=("I don't need it more", "I not need it anymore"),
    yes=("yes it is correct", "yes please do it", "ok"),
    answers={"email": "my mail is {email}", "code": "I received this code {code}"},
)

#: Everybody who comes with a wish.
EVERYBODY = (*MANNERS, DICTATED, BRITISH, LEARNT)
