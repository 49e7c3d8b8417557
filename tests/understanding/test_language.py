"""The language of a message, short ones included."""

import pytest

from backend.agents.understanding.language import detect_language

SAID = {
    "en": "hi|where is my order|X1 vs X2|do you sell tvs?|ok|ORD-1002|no|usb-c hub|thx|battery?|refund pls|"
    "me too|what about delivery to Los Angeles|die cast cars|Der Kleine Prinz book|L'Oreal mascara|"
    "ho scale train set|Hola Kitty|die grinder|laptop|a portable ssd|ich bin is my email|tum tum candy|"
    "war hammer figures|the la marzocco machine|nach wlan router|||a la carte menu stand|my son es tired|"
    "Café racer jacket|der jacket, is it warm?|123|🙂",
    "es": "¿Dónde está mi pedido?|donde esta mi paquete|quiero devolver el portátil|hola, necesito ayuda|"
    "cuánto cuesta el X1|gracias|Estado del pedido ORD-1002|mi reloj no carga|hola|"
    "el portatil no enciende|cambiar direccion de envio|reembolso",
    "fr": "Où est ma commande ?|bonjour|je veux retourner mon ordinateur|l'écran ne marche pas|"
    "combien coûte le X1|merci beaucoup|c'est cassé|c'est possible de retourner?|livraison gratuite ?|"
    "vous livrez en Belgique?",
    "de": "Wo ist meine Bestellung?|ich möchte das zurückgeben|Bestellung stornieren|was kostet der X1|"
    "der Akku ist kaputt|guten Tag|wo ist mein paket|umtausch möglich?|habt ihr laptops|rückgabe",
    "hi": "मेरा ऑर्डर कहाँ है?|mera order kahan hai|mujhe refund chahiye|paisa wapas karo|"
    "kya aap delivery karte hain|namaste|order cancel karna hai|delivery kitne din me hogi|"
    "return kaise kare",
}


@pytest.mark.parametrize(
    ("language", "said"), [(code, text) for code, block in SAID.items() for text in block.split("|")]
)
def test_language(language: str, said: str) -> None:
    assert detect_language(said) == language
