"""A small shop of our own, really embedded, indexed and stored."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend.domain.catalogue import Product, Spec, Variant
from backend.rag.documents import load_file
from backend.rag.embedder import Embedder, OnnxEmbedder
from backend.rag.export import export_model
from backend.rag.knowledge import Knowledge
from backend.settings import ROOT
from backend.store.database import Database

MODEL = "all-MiniLM-L6-v2"

LAMP = Product(
    id="L-1",
    name="Halo Desk Lamp",
    category="Lamps",
    description="The Halo is a desk lamp for long evenings.",
    specs=(
        Spec(name="battery_hours", label="Battery life", value=9, text="Up to 9 hours", unit="h"),
        Spec(name="weight_kg", label="Weight", value=1.4, text="1.4 kg", unit="kg"),
        Spec(name="dimmer", label="Dimmer", value=True, text="Yes"),
        Spec(name="usb_c", label="USB-C port", value=False, text="No"),
    ),
    variants=(Variant(id="L-1-W", product_id="L-1", options={"colour": "white"}, price_cents=4900),),
)

MANUAL = b"""---
id: halo-manual
title: Halo Desk Lamp manual
kind: manual
product: L-1
product_name: Halo Desk Lamp
---
# Halo Desk Lamp manual
## Set-up
Screw the arm into the base until it clicks. Plug in the 24 W adapter.
## Troubleshooting
### The light flickers
A loose plug is the usual cause. To mend it:
1. Unplug the lamp for 30 seconds.
2. Press the plug in until it clicks.
3. Switch the lamp on.
"""

RETURNS = b"""---
id: returns
title: Returns policy
kind: policy
---
## Return window
You can send lamps back within 45 days of delivery. Used bulbs cannot be returned.
## Refunds
Money reaches your account 4 business days after the parcel arrives.
"""

FAQ = b"""---
id: faq
title: Questions about delivery
kind: faq
---
## How much does delivery cost?
Delivery costs $6.50, and nothing from $80 on.
## Do you deliver abroad?
No, we deliver only inside Norway.
"""


@dataclass
class Shop:
    """What a test needs of it."""

    tenant: str
    database: Database
    knowledge: Knowledge
    vectors: Path


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return OnnxEmbedder(export_model(MODEL, ROOT / "var" / "models"))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/records.db")
    yield opened
    await opened.close()


@pytest.fixture
async def shop(tmp_path: Path, database: Database, embedder: Embedder) -> Shop:
    knowledge = Knowledge(database, embedder, tmp_path / "vectors")
    async with database.records("lamps", write=True) as records:
        await records.tenants.ensure("Lamps")
        await records.catalogue.upsert_products([LAMP])
    await knowledge.put("lamps", [load_file("m.md", MANUAL), load_file("r.md", RETURNS), load_file("f.md", FAQ)])
    return Shop("lamps", database, knowledge, tmp_path / "vectors")
