"""What a reply in another language may claim: what the English evidence does, of the same thing."""

import pytest

from backend.agents.response.supported import supported

SHOP = (
    "Shipping and returns\nStandard shipping is free for orders over $50. Express shipping costs $12.90. Returns are "
    "free within 30 days. Accidental damage is not covered. The Pico Buds are water resistant (IPX4), but the charging "
    "case is not. The kettle is not dishwasher safe. Armrests are optional and cost $45.00. The app is free. "
    "Installation is not included in the price. The motor is serviced free of charge in the first year."
)
TOLD = {
    "es": (
        "Las devoluciones son gratis durante 30 días.",
        "El envío estándar es gratuito a partir de $50.",
        "Los daños accidentales no están cubiertos.",
        "Son resistentes al agua (IPX4), pero el estuche de carga no.",
        "La instalación no está incluida en el precio.",
        "El motor se revisa gratis durante el primer año.",
        "Los reposabrazos son opcionales y cuestan $45.00.",
    ),
    "fr": (
        "Vous pouvez le renvoyer gratuitement pendant 30 jours.",
        "L'application est gratuite.",
        "Le boîtier de charge n'est pas résistant à l'eau.",
        "Elle ne va pas au lave-vaisselle.",
    ),
    "de": (
        "Rückgaben sind 30 Tage lang kostenlos.",
        "Der Standardversand ist ab $50 kostenlos.",
        "Er ist nicht spülmaschinenfest.",
        "Die Montage ist nicht im Preis enthalten.",
    ),
    "hi": ("30 दिनों के भीतर वापसी मुफ़्त है।", "ऐप मुफ़्त है।"),
}
NOT_TOLD = {
    "es": (
        "La tetera es gratis.",
        "Los Pico Buds son gratis.",
        "El envío exprés es gratuito.",
        "El pedido le sale gratis.",
        "Las devoluciones no son gratis.",
        "Los daños accidentales están cubiertos.",
        "El estuche de carga es resistente al agua.",
        "La tetera es apta para el lavavajillas.",
        "La garantía es de por vida.",
        "Hay un descuento para usted.",
        "El producto es peligroso.",
    ),
    "fr": (
        "La bouilloire ne coûte rien.",
        "L'installation est comprise dans le prix.",
        "La livraison express est gratuite.",
        "Elle est garantie à vie.",
    ),
    "de": (
        "Der Wasserkocher ist umsonst.",
        "Der Expressversand ist kostenlos.",
        "Das Ladecase ist wasserfest.",
        "Die Montage ist kostenlos.",
        "Bei der Konkurrenz ist es besser.",
    ),
    "hi": ("केतली मुफ़्त है।", "एक्सप्रेस डिलीवरी मुफ़्त है।", "बैटरी आजीवन चलती है।"),
}


def rows(said: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, sentence) for language, every in said.items() for sentence in every]


@pytest.mark.parametrize(("language", "said"), rows(TOLD))
def test_what_the_evidence_claims_leaves(language: str, said: str) -> None:
    assert supported(f"{said} [1]", "It is on our page. [1]", {1: SHOP}, language)


@pytest.mark.parametrize(("language", "said"), rows(NOT_TOLD))
def test_what_it_does_not_claim_stays(language: str, said: str) -> None:
    assert not supported(f"{said} [1]", "It is on our page. [1]", {1: SHOP}, language)
