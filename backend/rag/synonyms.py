"""Words that shoppers and shops use for one idea; the lexical index lets each stand for the others."""

from collections.abc import Mapping

from backend.rag.words import stem

_GROUPS = """
laptop notebook ultrabook
tv television
phone smartphone cellphone mobile handset
earbud earphone headphone headset
watch smartwatch
hub dock
warranty guarantee
refund reimburse money
return send
shipping delivery deliver shipment postage dispatch
parcel package shipment
cost price expensive
fee charge surcharge
weight weigh heavy pound lb kg gram ounce
size dimension measure measurement big large diameter
width wide
height tall high
length long
depth deep thick thickness
compatible work fit support
include come contain supply box
colour color
watt wattage
volt voltage
amp amperage
memory ram
storage ssd disk drive
screen display monitor
picture photo image
reset restart reboot
fix repair solve troubleshoot
broken defective faulty damaged malfunction
cordless wireless
charger adapter
manual guide instruction
waterproof watertight splashproof rainproof atm ip ipx
install mount setup
clean wash wipe
cancel stop
account profile
bike bicycle
sofa couch settee
child kid baby
fridge refrigerator
tap faucet
torch flashlight
trainer sneaker
trouser pant
jumper sweater pullover
pram stroller buggy
socket outlet plug
cable cord lead
lid cap
flash blink
tank reservoir
smell odour odor
shop store branch
rent hire lease
invoice bill receipt
theft steal stolen
allergy allergic allergen
instalment installment
abroad international overseas
custom duty import
deadline cutoff
telephone phone ring
carry load bear
point reward
join member membership
quit leave
flip turn rotate
thick high
gift present
pick collect pickup fetch
weekend saturday sunday
dryer tumble
password passcode
pay payment
discount coupon promo voucher
processor cpu
graphics gpu
speed fast quick
noise noisy loud quiet
material fabric made
made produce manufacture
max maximum limit
last life runtime
connect pair link
remove delete erase
buy purchase order
tyre tire
change replace swap
descale lime limescale
fragrance perfume scent aroma
sample tester
pregnant pregnancy expecting
hotel guesthouse hostel commercial trade business
allen hex
damp wet moist
mould mold mildew
glue adhesive
screw bolt
rubbish trash garbage waste
lorry truck van
lift elevator
flat apartment
courier carrier driver
email mail
expire expiry valid validity
spare replacement
part component piece
leak drip
blocked clogged jammed stuck
hoover vacuum
hob stove cooker cooktop
rucksack backpack
zip zipper
shoe footwear
lotion cream moisturiser moisturizer
sunscreen suncream
app application
wifi wlan
login signin
unsubscribe newsletter
letter character
engrave engraving inscription
customer buyer
assemble build assembly
capacity volume
tighten fasten attach
wheel castor caster
handle grip
knob dial
lamp light bulb
error fault failure
beep tone signal
humid moisture
stain mark spot
scratch scrape
tear rip torn
outdoor outside
indoor inside
pet dog cat
holiday vacation
vat tax
exchange swap
postcode zipcode
neighbour neighbor
sign signature
electricity energy power consumption
sweat perspire perspiration
toddler infant
hair fur
shade tint
""".strip()


def _table() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, dict[str, None]] = {}
    for line in _GROUPS.splitlines():
        group = list(dict.fromkeys(stem(word) for word in line.split()))
        for word in group:
            table.setdefault(word, {}).update(dict.fromkeys(other for other in group if other != word))
    return {word: tuple(others) for word, others in table.items()}


_SYNONYMS = _table()


def synonyms(stemmed: str) -> tuple[str, ...]:
    """The other stems that may stand for this one, none for most words."""
    return _SYNONYMS.get(stemmed, ())
