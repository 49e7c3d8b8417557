"""What a good model makes of its evidence leaves; a word, a figure or a "not" that is not there stays."""

import pytest

from backend.agents.response.supported import supported

#: topic → the built answer, and the passage that it cites
TOLD = {
    "kettle": (
        "The Brisa Kettle holds 1.7 litres and boils it in 5 minutes. [1] It switches off by itself when "
        "the water boils. [1]",
        "Brisa Kettle manual · Use\nThe Brisa Kettle holds 1.7 litres and boils it in 5 minutes. It "
        "switches off by itself when the water boils. Never fill it above the MAX mark. The base must not "
        "be put in water. Descale it once a month with vinegar.",
    ),
    "boots": (
        "We have 3 hiking boots in size 42: Ridge Mid ($149.00), Ridge Low ($129.00) and Alpine Pro ($219.00).",
        "",
    ),
    "compare": (
        "Here is how the Ridge Mid and the Alpine Pro compare. The Ridge Mid is ahead in price ($149.00) "
        "and weight (480 g). The Alpine Pro is ahead in rating (4.8 of 5) and warranty (3 years). "
        "Waterproof: No (Ridge Mid) and Yes (Alpine Pro). Upper: suede (Ridge Mid) and nubuck leather "
        "(Alpine Pro). Choose the Ridge Mid if price and weight matter most to you or the Alpine Pro if "
        "rating and warranty matter most to you.",
        "",
    ),
    "returns": (
        "You can send back unworn shoes within 60 days. [1] Returns are free inside Germany and cost €9.90 "
        "from other countries. [1]",
        "Returns · How it works\nYou can send back unworn shoes within 60 days. Returns are free inside "
        "Germany and cost €9.90 from other countries. Shoes that were worn outdoors cannot be returned. We "
        "refund the amount to your payment method within 3 business days after the parcel has reached us. "
        "Sale items can be exchanged but not refunded.",
    ),
    "ship": (
        "Standard delivery costs €4.90 and is free from €80. [1] It takes 2 to 4 business days. [1]",
        "Delivery · Costs and times\nStandard delivery costs €4.90 and is free from €80. It takes 2 to 4 "
        "business days. Express delivery costs €14.90 and arrives the next business day if you order "
        "before 14:00. We do not deliver to parcel lockers. Delivery to islands takes up to 10 business "
        "days.",
    ),
    "order": (
        "Order ORD-7731 is being prepared. It was placed on Thursday, 19 November 2026. It holds 2 × Ridge "
        "Mid (brown, 42). The total is €298.00. It has not been shipped yet.",
        "",
    ),
    "care": (
        "Brush off dry dirt and treat the leather with wax twice a year. [1] Do not dry the boots on a heater. [1]",
        "Care of boots · Leather\nBrush off dry dirt and treat the leather with wax twice a year. Do not "
        "dry the boots on a heater. Insoles can be washed by hand at 30 °C. Laces are available as spare "
        "parts for €6.00.",
    ),
    "warranty": (
        "The sole is covered for 2 years. [1] Wear from normal use is not covered. [1]",
        "Warranty · What is covered\nThe sole is covered for 2 years. Wear from normal use is not covered. "
        "Laces and insoles have no warranty. Send us photos of the fault and we answer within 2 business "
        "days. Repairs of the sole cost €39 after the warranty.",
    ),
    "stock": (
        "The Alpine Pro costs $219.00. It is in stock in sizes 40, 41 and 43; size 42 is out of stock.",
        "",
    ),
    "blender": (
        "The Volt Blender has 1,200 W, 6 speeds and a 2-litre jug of glass. [1]",
        "Volt Blender · Specifications\nThe Volt Blender has 1,200 W, 6 speeds and a 2-litre jug of glass. "
        "The jug and the lid are dishwasher safe; the motor base is not. It crushes ice. It comes with a "
        "tamper and a recipe book. The cord is 1.2 m long.",
    ),
    "fits": (
        "Yes, the Aero Filter fits the Breeze 300. It costs $24.50 and should be changed every 6 months.",
        "",
    ),
    "hours": (
        "Our shop in Leipzig is open from Tuesday to Saturday, 10:00 to 18:30. [1] It is closed on Mondays "
        "and Sundays. [1]",
        "Our shop · Leipzig\nOur shop in Leipzig is open from Tuesday to Saturday, 10:00 to 18:30. It is "
        "closed on Mondays and Sundays. Parking is behind the house. You can try on every boot there.",
    ),
    "points": (
        "You earn 1 point for every euro that you spend. [1] 100 points are worth €5. [1]",
        "Bonus club · Points\nYou earn 1 point for every euro that you spend. 100 points are worth €5. "
        "Points expire after 24 months. Points cannot be paid out in cash. Membership is free.",
    ),
    "pay": (
        "You can pay by card, PayPal or invoice. [1]",
        "Payment · Methods\nYou can pay by card, PayPal or invoice. Invoices are due within 14 days. "
        "Instalments are not available. We charge your card when the order ships.",
    ),
    "lamp": (
        "The Halo Lamp has 9 W, 800 lumens and three colour temperatures. [1]",
        "Halo Lamp manual · Specifications\nThe Halo Lamp has 9 W, 800 lumens and three colour "
        "temperatures. It can be dimmed in 10 steps by touch. The lamp is for indoor use only. Its LED "
        "lasts 25,000 hours and cannot be replaced. The arm turns by 180 degrees. It comes with a 12 V "
        "adapter.",
    ),
    "tents": (
        "We have 2 tents for four people: Fjord 4 ($389.00) and Camp 4 ($249.00).",
        "",
    ),
    "cmp": (
        "Here is how the Fjord 4 and the Camp 4 compare. The Fjord 4 is ahead in water column (5,000 mm) "
        "and rating (4.7 of 5). The Camp 4 is ahead in price ($249.00) and weight (6.1 kg). Poles: "
        "aluminium (Fjord 4) and fibreglass (Camp 4). Footprint included: Yes (Fjord 4) and No (Camp 4). "
        "Choose the Fjord 4 if water column and rating matter most to you or the Camp 4 if price and "
        "weight matter most to you.",
        "",
    ),
    "cancel": (
        "An order can be cancelled until it is packed. [1] Orders with engraving cannot be cancelled. [1]",
        "Orders · Cancelling\nAn order can be cancelled until it is packed. Orders with engraving cannot be "
        "cancelled. The amount goes back to your payment method within 4 business days. Open My orders and "
        "choose Cancel.",
    ),
    "engrave": (
        "Engraving costs $12.00 and adds 3 business days. [1]",
        "Services · Engraving\nEngraving costs $12.00 and adds 3 business days. Up to 20 letters are "
        "possible. Engraved items cannot be returned unless they are faulty. Emoji are not possible.",
    ),
    "ord": (
        "Order ORD-5520 is shipped. It was placed on Monday, 16 November 2026. It holds 1 × Camp 4 "
        "(green). The total is $249.00. The parcel is in transit with SwiftPost, tracking number SP99120. "
        "It is expected on Tuesday, 24 November 2026.",
        "",
    ),
    "pump": (
        "Yes, the Flow Pump fits the Mat Trek. It inflates it in 3 minutes and costs $34.90.",
        "",
    ),
    "size": (
        "The Mat Trek is 190 cm long and 65 cm wide, and weighs 560 g. [1]",
        "Mat Trek · Specifications\nThe Mat Trek is 190 cm long and 65 cm wide, and weighs 560 g. Its "
        "R-value is 4.2. It rolls up to 25 cm. A repair kit and a bag are included. Pump not included. The "
        "outer fabric is recycled polyester.",
    ),
    "guar": (
        "We give a 5-year guarantee on tents. [1] Damage from storms is not covered. [1]",
        "Guarantee · Tents\nWe give a 5-year guarantee on tents. Damage from storms is not covered. Seams "
        "are repaired free of charge in the first 2 years. Register the tent within 30 days after the "
        "purchase. Without registration the guarantee is 2 years.",
    ),
    "ship2": (
        "We deliver to the United States and Canada. [1] Shipping to Canada costs $19.00. [1]",
        "Shipping · Where we deliver\nWe deliver to the United States and Canada. Shipping to Canada costs "
        "$19.00. Shipping inside the United States is free from $75 and costs $7.50 below. Parcels to "
        "Canada take 5 to 8 business days. Customs duties are paid by the customer. We do not ship to PO "
        "boxes.",
    ),
}
HONEST = (
    ("kettle", "en", "It holds up to 1.7 litres and takes 5 minutes to boil. [1]"),
    ("kettle", "en", "The kettle turns itself off once the water is boiling. [1]"),
    ("kettle", "en", "Please don't fill it beyond the MAX mark. [1]"),
    ("kettle", "en", "You should descale it once a month using vinegar. [1]"),
    ("kettle", "en", "Make sure that the base never gets into water. [1]"),
    ("boots", "en", "We've got 3 hiking boots in size 42 for you."),
    ("boots", "en", "The Ridge Low is the cheapest of them at $129.00."),
    ("boots", "en", "The Ridge Mid costs $149.00."),
    ("compare", "en", "The Alpine Pro is waterproof, the Ridge Mid isn't."),
    ("compare", "en", "The Ridge Mid is cheaper ($149.00) and lighter (480 g)."),
    ("compare", "en", "If you want the better rating and a 3-year warranty, the Alpine Pro is the one to choose."),
    ("compare", "en", "The Alpine Pro has an upper of nubuck leather, the Ridge Mid one of suede."),
    ("compare", "en", "Only the Alpine Pro is waterproof."),
    ("returns", "en", "Unworn shoes can be returned within 60 days. [1]"),
    ("returns", "en", "Returning them from Germany costs you nothing. [1]"),
    ("returns", "en", "From other countries the return is €9.90. [1]"),
    ("returns", "en", "Unfortunately, we can't take back shoes that were worn outdoors. [1]"),
    ("returns", "en", "You'll get your money back within 3 business days after your parcel has reached us. [1]"),
    ("returns", "en", "Sale items can only be exchanged, not refunded. [1]"),
    ("ship", "en", "Usually your order arrives within 2 to 4 business days. [1]"),
    (
        "ship",
        "en",
        "With express delivery for €14.90 you'll have it the next business day, as long as you order before 14:00. [1]",
    ),
    ("ship", "en", "Sorry, parcel lockers aren't possible. [1]"),
    ("ship", "en", "For islands, please allow up to 10 business days. [1]"),
    ("order", "en", "Your order ORD-7731 is being prepared and hasn't been shipped yet."),
    ("order", "en", "You ordered 2 pairs of the Ridge Mid in brown, size 42."),
    ("order", "en", "The total comes to €298.00."),
    ("order", "en", "It was placed on Thursday, 19 November 2026."),
    ("care", "en", "First brush off the dry dirt. [1]"),
    ("care", "en", "Twice a year, apply wax to the leather. [1]"),
    ("care", "en", "Never put the boots on a heater to dry. [1]"),
    ("care", "en", "The insoles are hand washable at 30 °C. [1]"),
    ("care", "en", "If you need new laces, they cost €6.00. [1]"),
    ("warranty", "en", "There is a 2-year warranty on the sole. [1]"),
    ("warranty", "en", "Normal wear is not included, though. [1]"),
    ("warranty", "en", "Just send us a few photos of the fault, and you'll hear from us within 2 business days. [1]"),
    ("warranty", "en", "After the warranty, a sole repair is €39. [1]"),
    ("stock", "en", "Size 42 of the Alpine Pro is sold out at the moment."),
    ("stock", "en", "We still have it in 40, 41 and 43."),
    ("stock", "en", "It's priced at $219.00."),
    ("blender", "en", "It's a powerful blender with 1,200 W and 6 speeds. [1]"),
    ("blender", "en", "The glass jug holds 2 litres. [1]"),
    ("blender", "en", "You can put the jug and lid in the dishwasher, but not the motor base. [1]"),
    ("blender", "en", "Yes, it can crush ice. [1]"),
    ("blender", "en", "A tamper and a recipe book are included. [1]"),
    ("blender", "en", "The cord measures 1.2 m. [1]"),
    ("fits", "en", "Yes, the Aero Filter is compatible with your Breeze 300."),
    ("fits", "en", "It's $24.50, and you should replace it every 6 months."),
    ("hours", "en", "You can visit us in Leipzig from Tuesday to Saturday between 10:00 and 18:30. [1]"),
    ("hours", "en", "We're closed on Sundays and Mondays. [1]"),
    ("hours", "en", "You'll find parking behind the house. [1]"),
    ("hours", "en", "All boots can be tried on there. [1]"),
    ("points", "en", "For every euro you spend you get 1 point. [1]"),
    ("points", "en", "Once you have 100 points, they're worth €5. [1]"),
    ("points", "en", "Keep in mind that points expire after 24 months. [1]"),
    ("points", "en", "Joining is free. [1]"),
    ("points", "en", "Unfortunately points can't be paid out in cash. [1]"),
    ("pay", "en", "We accept cards, PayPal and payment by invoice. [1]"),
    ("pay", "en", "An invoice has to be paid within 14 days. [1]"),
    ("pay", "en", "Your card is only charged when the order ships. [1]"),
    ("pay", "en", "I'm afraid we don't offer instalments. [1]"),
    ("ship", "es", "La entrega estándar cuesta €4.90 y es gratis a partir de €80. [1]"),
    ("returns", "es", "Puede devolver los zapatos sin usar en un plazo de 60 días. [1]"),
    ("hours", "es", "La tienda está cerrada los lunes y los domingos. [1]"),
    ("kettle", "fr", "La bouilloire contient 1.7 litres et les fait bouillir en 5 minutes. [1]"),
    ("points", "fr", "Les points expirent après 24 mois. [1]"),
    ("stock", "fr", "La taille 42 est épuisée pour le moment."),
    ("warranty", "de", "Die Sohle ist 2 Jahre lang abgedeckt. [1]"),
    ("ship", "de", "Die Lieferung auf Inseln dauert bis zu 10 Werktage. [1]"),
    ("blender", "de", "Der Krug und der Deckel sind spülmaschinenfest, der Motorblock nicht. [1]"),
    ("returns", "de", "Rücksendungen sind innerhalb Deutschlands kostenlos. [1]"),
    ("order", "hi", "आपका ऑर्डर ORD-7731 तैयार किया जा रहा है।"),
    ("pay", "hi", "आप कार्ड, PayPal या इनवॉइस से भुगतान कर सकते हैं। [1]"),
    ("fits", "fr", "Oui, l'Aero Filter va avec le Breeze 300 et coûte $24.50."),
    ("lamp", "en", "It's a 9 W lamp with 800 lumens. [1]"),
    ("lamp", "en", "You can choose between three colour temperatures. [1]"),
    ("lamp", "en", "A touch is enough to dim it, in 10 steps. [1]"),
    ("lamp", "en", "Please use it indoors only. [1]"),
    ("lamp", "en", "The LED should last for 25,000 hours, but it can't be replaced. [1]"),
    ("lamp", "en", "A 12 V adapter is included. [1]"),
    ("lamp", "en", "You can turn the arm by 180 degrees. [1]"),
    ("tents", "en", "Yes, we have two tents for four people."),
    ("tents", "en", "The Camp 4 is the cheaper one at $249.00, the Fjord 4 costs $389.00."),
    ("cmp", "en", "The Fjord 4 handles more rain with its water column of 5,000 mm."),
    ("cmp", "en", "The Camp 4 is lighter at 6.1 kg and costs $249.00."),
    ("cmp", "en", "The Fjord 4 has aluminium poles and includes a footprint."),
    ("cmp", "en", "The footprint isn't included with the Camp 4."),
    ("cmp", "en", "If price is most important to you, take the Camp 4."),
    ("cancel", "en", "You can still cancel as long as the order hasn't been packed. [1]"),
    ("cancel", "en", "Please note that orders with an engraving can't be cancelled. [1]"),
    ("cancel", "en", "Go to My orders and select Cancel. [1]"),
    ("cancel", "en", "You'll receive the amount on your payment method within 4 business days. [1]"),
    ("engrave", "en", "You have room for up to 20 letters. [1]"),
    ("engrave", "en", "Sorry, emoji can't be engraved. [1]"),
    ("engrave", "en", "Keep in mind that engraved items can only be returned if they are faulty. [1]"),
    ("ord", "en", "Your order ORD-5520 is on its way with SwiftPost."),
    ("ord", "en", "It should reach you on Tuesday, 24 November 2026."),
    ("ord", "en", "The tracking number is SP99120."),
    ("ord", "en", "You ordered one Camp 4 in green for $249.00."),
    ("pump", "en", "Yes, the Flow Pump works with the Mat Trek."),
    ("pump", "en", "It takes 3 minutes to inflate the mat."),
    ("pump", "en", "The price is $34.90."),
    ("size", "en", "The mat measures 190 × 65 cm and weighs just 560 g. [1]"),
    ("size", "en", "Rolled up, it is 25 cm. [1]"),
    ("size", "en", "It comes with a bag and a repair kit, but without a pump. [1]"),
    ("size", "en", "The fabric on the outside is recycled polyester. [1]"),
    ("guar", "en", "Our tents have a 5-year guarantee. [1]"),
    ("guar", "en", "Just make sure to register your tent within 30 days of buying it. [1]"),
    ("guar", "en", "If you don't register it, the guarantee is 2 years. [1]"),
    ("guar", "en", "Storm damage isn't covered. [1]"),
    ("guar", "en", "For the first 2 years, we repair seams at no charge. [1]"),
    ("ship2", "en", "Yes, we ship to Canada for $19.00. [1]"),
    ("ship2", "en", "Deliveries to Canada take between 5 and 8 business days. [1]"),
    ("ship2", "en", "Unfortunately we can't ship to PO boxes. [1]"),
    ("lamp", "es", "La lámpara es solo para interiores. [1]"),
    ("guar", "es", "Los daños por tormentas no están cubiertos. [1]"),
    ("ship2", "fr", "La livraison au Canada coûte $19.00. [1]"),
    ("size", "de", "Die Matte ist 190 cm lang und 65 cm breit. [1]"),
    ("cancel", "de", "Bestellungen mit Gravur können nicht storniert werden. [1]"),
    ("ord", "fr", "Votre colis est en transit avec SwiftPost."),
    ("engrave", "hi", "इसमें 20 अक्षर तक संभव हैं। [1]"),
)
DISHONEST = (
    ("kettle", "en", "It boils 1.7 litres in 2 minutes. [1]"),
    ("kettle", "en", "You can fill it above the MAX mark. [1]"),
    ("kettle", "en", "The base can be put in water. [1]"),
    ("kettle", "en", "The kettle keeps the water warm for hours. [1]"),
    ("kettle", "en", "Descale it every day with bleach. [1]"),
    ("kettle", "en", "The kettle is free of BPA. [1]"),
    ("boots", "en", "The Alpine Pro costs $129.00."),
    ("boots", "en", "We have 3 hiking boots in every size."),
    ("boots", "en", "The Ridge Mid is on sale for $149.00."),
    ("boots", "en", "I can take 10 dollars off for you."),
    ("boots", "en", "These boots are waterproof."),
    ("boots", "en", "Other shops charge more for the Ridge Low."),
    ("compare", "en", "The Ridge Mid is waterproof."),
    ("compare", "en", "Both are waterproof."),
    ("compare", "en", "The Alpine Pro weighs 480 g."),
    ("compare", "en", "The Ridge Mid has a warranty of 3 years."),
    ("compare", "en", "The Alpine Pro is ahead in price."),
    ("returns", "en", "Worn shoes can be returned within 60 days. [1]"),
    ("returns", "en", "Shoes that were worn outdoors can be returned. [1]"),
    ("returns", "en", "Sale items are refunded within 3 business days. [1]"),
    ("returns", "en", "Your refund has reached your payment method. [1]"),
    ("returns", "en", "You can return shoes without a time limit. [1]"),
    ("returns", "en", "We collect the parcel at your door. [1]"),
    ("ship", "en", "Express delivery is free from €80. [1]"),
    ("ship", "en", "Express delivery costs €4.90. [1]"),
    ("ship", "en", "We deliver to parcel lockers. [1]"),
    ("ship", "en", "Delivery to islands is free. [1]"),
    ("ship", "en", "Your parcel will arrive on Tuesday. [1]"),
    ("ship", "en", "Shipping to Norway is free from €80. [1]"),
    ("ship", "en", "Standard delivery takes the next business day. [1]"),
    ("order", "en", "Your order ORD-7731 has been shipped."),
    ("order", "en", "ORD-7731 is cancelled."),
    ("order", "en", "ORD-7731 was paid by card."),
    ("order", "en", "The courier has your parcel."),
    ("order", "en", "We added a free pair of laces to ORD-7731."),
    ("care", "en", "Dry the boots on a heater. [1]"),
    ("care", "en", "The boots can be washed by hand at 30 °C. [1]"),
    ("care", "en", "Laces are free. [1]"),
    ("care", "en", "Treat the leather with oil. [1]"),
    ("care", "en", "Wax costs €6.00. [1]"),
    ("warranty", "en", "The sole is covered for life. [1]"),
    ("warranty", "en", "Laces are covered for 2 years. [1]"),
    ("warranty", "en", "Wear from normal use is covered. [1]"),
    ("warranty", "en", "Repairs are free after the warranty. [1]"),
    ("warranty", "en", "Send us your password with the photos. [1]"),
    ("stock", "en", "Size 42 is in stock."),
    ("stock", "en", "Size 41 is out of stock."),
    ("stock", "en", "Size 42 is back next week."),
    ("stock", "en", "The Alpine Pro costs $219.00 instead of $260.00."),
    ("blender", "en", "The motor base is dishwasher safe. [1]"),
    ("blender", "en", "The jug is made of plastic. [1]"),
    ("blender", "en", "The blender has 1,200 speeds. [1]"),
    ("blender", "en", "A second jug is included. [1]"),
    ("blender", "en", "It heats soup. [1]"),
    ("fits", "en", "The Aero Filter fits all models."),
    ("fits", "en", "The Aero Filter lasts for 6 years."),
    ("hours", "en", "Our shop in Leipzig is open on Mondays. [1]"),
    ("hours", "en", "We have a shop in Berlin too. [1]"),
    ("hours", "en", "The shop is open until 20:00. [1]"),
    ("hours", "en", "Call us at 0341 555 0199. [1]"),
    ("points", "en", "Points never expire. [1]"),
    ("points", "en", "100 points are worth €50. [1]"),
    ("points", "en", "Points can be paid out in cash. [1]"),
    ("points", "en", "You get 100 points from us today. [1]"),
    ("pay", "en", "You can pay in instalments. [1]"),
    ("pay", "en", "Invoices are due within 14 weeks. [1]"),
    ("pay", "en", "We charge your card at once. [1]"),
    ("pay", "en", "Tell me your card number to pay. [1]"),
    ("pay", "en", "You need not pay the invoice. [1]"),
    ("ship", "es", "La entrega exprés es gratis. [1]"),
    ("blender", "de", "Der Motorblock ist spülmaschinenfest. [1]"),
    ("order", "hi", "आपका ऑर्डर कल पहुँच जाएगा।"),
    ("lamp", "en", "The lamp can be used outdoors. [1]"),
    ("lamp", "en", "The LED can be replaced. [1]"),
    ("lamp", "en", "It has 25,000 lumens. [1]"),
    ("lamp", "en", "The lamp is voice controlled. [1]"),
    ("lamp", "en", "The lamp lasts for ever. [1]"),
    ("lamp", "en", "It runs on a battery. [1]"),
    ("tents", "en", "The Fjord 4 costs $249.00."),
    ("tents", "en", "The Camp 4 is reduced this week."),
    ("tents", "en", "I put the Fjord 4 in your basket."),
    ("tents", "en", "The Camp 4 is nearly sold out."),
    ("cmp", "en", "The Camp 4 has a water column of 5,000 mm."),
    ("cmp", "en", "Both include a footprint."),
    ("cmp", "en", "The Fjord 4 is ahead in weight."),
    ("cmp", "en", "The Fjord 4 leaks."),
    ("cancel", "en", "An order can be cancelled at any time. [1]"),
    ("cancel", "en", "Orders with engraving can be cancelled. [1]"),
    ("cancel", "en", "Your order is cancelled. [1]"),
    ("cancel", "en", "The amount goes back within 4 hours. [1]"),
    ("cancel", "en", "Cancelling costs $12.00. [1]"),
    ("engrave", "en", "Engraving is free. [1]"),
    ("engrave", "en", "Engraved items can be returned. [1]"),
    ("engrave", "en", "Emoji are possible. [1]"),
    ("engrave", "en", "Up to 200 letters are possible. [1]"),
    ("ord", "en", "ORD-5520 was delivered on Monday, 16 November 2026."),
    ("ord", "en", "Your parcel is stuck in customs."),
    ("ord", "en", "SwiftPost will call you."),
    ("ord", "en", "We upgraded ORD-5520 to the Fjord 4."),
    ("ord", "en", "The order ships to 4 Pine Road."),
    ("ord", "en", "You'll get the shipping fee back."),
    ("pump", "en", "The Flow Pump comes free with the Mat Trek."),
    ("pump", "en", "It inflates all mats."),
    ("pump", "en", "It inflates it in 3 seconds."),
    ("size", "en", "A pump is included. [1]"),
    ("size", "en", "The mat is fireproof. [1]"),
    ("size", "en", "The Mat Trek carries 200 kg. [1]"),
    ("guar", "en", "Damage from storms is covered. [1]"),
    ("guar", "en", "The guarantee is 5 years without registration. [1]"),
    ("guar", "en", "Tents are repaired free of charge. [1]"),
    ("guar", "en", "Your tent is registered. [1]"),
    ("ship2", "en", "Shipping to Canada is free from $75. [1]"),
    ("ship2", "en", "We ship to PO boxes. [1]"),
    ("ship2", "en", "We deliver to Mexico. [1]"),
    ("ship2", "en", "Parcels to Canada take 5 to 8 hours. [1]"),
    ("engrave", "es", "El grabado es gratis. [1]"),
    ("ship2", "fr", "La livraison au Canada est gratuite. [1]"),
    ("guar", "de", "Sturmschäden sind abgedeckt. [1]"),
    ("ord", "de", "Ihr Paket ist verloren gegangen."),
    ("cancel", "fr", "Votre commande est annulée."),
)


def leaves(topic: str, language: str, said: str) -> bool:
    built, passage = TOLD[topic]
    return supported(said, built, {1: passage} if passage else {}, language)


@pytest.mark.parametrize(("topic", "language", "said"), HONEST)
def test_what_a_good_model_says_leaves(topic: str, language: str, said: str) -> None:
    assert leaves(topic, language, said)


@pytest.mark.parametrize(("topic", "language", "said"), DISHONEST)
def test_what_nobody_told_stays(topic: str, language: str, said: str) -> None:
    assert not leaves(topic, language, said)
