"""The few sentences that belong to the house and not to any evidence."""

from backend.domain.conversation import Mood, Request, Turn

#: In the shopper's language: honest about the limits without a model, with the way to a person.
OTHER_LANGUAGES = {
    "es": "Lo siento, sin asistente de idiomas solo puedo responder bien en inglés. "
    "Puedo pasarle con una persona de nuestro equipo: escriba «persona» y lo haré enseguida.",
    "fr": "Désolé, sans assistant linguistique je ne réponds bien qu'en anglais. "
    "Je peux vous mettre en relation avec une personne de l'équipe : écrivez « conseiller » et je m'en occupe.",
    "de": "Es tut mir leid, ohne Sprachassistent antworte ich nur auf Englisch zuverlässig. "
    "Ich kann Sie mit einem Menschen aus unserem Team verbinden: Schreiben Sie „Mitarbeiter“, dann kümmere ich mich.",
    "hi": "क्षमा करें, भाषा सहायक के बिना मैं केवल अंग्रेज़ी में ठीक से उत्तर दे सकता हूँ। "
    "मैं आपको हमारी टीम के किसी व्यक्ति से जोड़ सकता हूँ: «व्यक्ति» लिखें और मैं तुरंत जोड़ दूँगा।",
}

#: A person was called, in the shopper's language.
HANDED_OVER = {
    "es": "He avisado a nuestro equipo: una persona continuará esta conversación aquí mismo lo antes posible.",
    "fr": "J'ai prévenu notre équipe : une personne reprendra cette conversation ici même dès que possible.",
    "de": "Ich habe unser Team verständigt: Ein Mensch übernimmt dieses Gespräch hier so bald wie möglich.",
    "hi": "मैंने हमारी टीम को बता दिया है: जल्द ही कोई व्यक्ति यहीं आपसे बात जारी रखेगा।",
}

GREETING = (
    "Hello! I can help you find and compare products, answer questions from our manuals and policies, "
    "track orders, and take care of returns, refunds and complaints. What can I do for you?"
)
THANKS = "You're welcome! Is there anything else I can help with?"
GOODBYE = "Goodbye, and thank you for stopping by. I'm here whenever you need me."
_SKILLS = (
    "Here is what I can do: find products and compare them, say what works together, answer from our manuals, "
    "FAQs and policies, show an order and where its parcel is, cancel or change a pending order, start a return or "
    "exchange, file a complaint and follow it up, and bring in a person from our team."
)
CAPABILITIES = f"I'm this shop's automated assistant. {_SKILLS}"
OUT_OF_SCOPE = (
    "That's outside what I can help with. I'm here for this shop: products and comparisons, orders and deliveries, "
    "returns, refunds and complaints. Is there something of that kind I can do for you?"
)


def apology(mood: Mood) -> str:
    """Said before the facts when the shopper is upset; anger is never mirrored."""
    if mood is Mood.ABUSIVE:
        return "I can hear that this is frustrating, and I want to get it sorted."
    return "I'm sorry about the trouble."


def lost(request: Request, turn: Turn) -> str:
    """When the evidence holds no answer: say so, and the way to a person."""
    names = [p.name for p in request.entities.products]
    about = f" about the {names[0]}" if len(names) == 1 else ""
    offer = "I can bring in a person from our team if you like: just say “talk to a person”."
    if turn.state.failed_turns >= 1:
        return f"I still can't find that{about} in our manuals and policies. {offer}"
    return f"I don't have that information{about} in our manuals and policies. {offer}"


#: The same to a question outside of any conversation.
NOT_WRITTEN = (
    "I don't have that information in our manuals and policies. A person from our team can help: ask for one in the "
    "chat, or leave an enquiry."
)


def nothing_understood(language: str) -> str:
    """When there is nothing to say, in the shopper's language where we know it."""
    if language in OTHER_LANGUAGES:
        return OTHER_LANGUAGES[language]
    return "I'm not sure I understood. Could you say it in other words? " + _SKILLS
