/** One reply of every kind, for tests of the screens alone. */

const product = (id, name, category, price_cents, more = {}) => ({
  id,
  name,
  brand: "Northwind",
  category,
  price_cents,
  currency: "USD",
  rating: 4.4,
  review_count: 120,
  in_stock: true,
  image: null,
  highlights: ["Stub highlight one", "Stub highlight two"],
  ...more,
});

export const PRODUCTS = [
  product("S-1", "Stub Laptop 14", "Laptops", 129_900),
  product("S-2", "Stub Laptop 16", "Laptops", 159_900, { rating: 4.8 }),
  product("S-3", "Stub Phone", "Smartphones", 69_900, { in_stock: false }),
  product("S-4", "Stub Earbuds", "Earbuds", 14_900, { rating: null, review_count: null }),
  product("S-5", "Stub Monitor 27", "Monitors", 39_900, { in_stock: null }),
  product("S-6", "Stub Mouse", "Mice", 4_900),
  product("S-7", "Stub Keyboard", "Keyboards", 8_900),
  product("S-8", "Stub Watch", "Wearables", 24_900),
  product("S-9", "Stub Power Bank", "Power", 3_900),
];

const delivery = {
  order_id: "ORD-9001",
  carrier: "Parcelway",
  tracking_number: "PW 4455 8812",
  status: "in transit",
  eta: "2027-03-04",
  delivered_at: null,
  events: [
    { at: "2027-03-01T08:10:00Z", status: "label created", location: "Reno", description: "Label created" },
    {
      at: "2027-03-02T17:45:00Z",
      status: "in transit",
      location: "Denver",
      description: "Left the sorting centre",
    },
  ],
};

const line = (id, name, unit_price_cents, more = {}) => ({
  id,
  name,
  options: {},
  quantity: 1,
  unit_price_cents,
  ...more,
});

export const ORDER = {
  type: "order",
  id: "ORD-9001",
  status: "shipped",
  placed_at: "2027-02-28T12:00:00Z",
  currency: "USD",
  total_cents: 79_700,
  lines: [
    line("1", "Stub Phone", 69_900, { options: { color: "blue" } }),
    line("2", "Stub Mouse", 4_900, { quantity: 2 }),
  ],
  deliveries: [delivery],
};

export const COMPLAINT = {
  type: "complaint",
  id: "CMP-901",
  order_id: "ORD-9001",
  status: "open",
  priority: "high",
  category: "product_quality",
  description: "The screen of the stub phone shows a green line.",
  created_at: "2027-03-02T10:00:00Z",
  first_response_due: "2027-03-02T14:00:00Z",
  resolution_due: "2027-03-04T10:00:00Z",
};

const source = (n, more = {}) => ({
  id: `p-${n}`,
  title: "Stub Laptop 14 manual",
  section: "Battery",
  page: 12,
  url: "/knowledge/?document=doc-1&passage=p-1",
  excerpt: "A full charge lasts 11 hours of office work.",
  score: 0.82,
  ...more,
});

export const PENDING = {
  id: "act-1",
  tool: "file_complaint",
  title: "File a complaint",
  summary: "This is what will be filed.",
  lines: [
    ["Order", "ORD-9001"],
    ["Problem", "Green line on the screen"],
  ],
  confirm_label: "File it",
  decline_label: "Not now",
  expires_at: "2099-01-01T00:00:00Z",
};

/** What the stub says to a message: the first key that the message contains. */
export const REPLIES = {
  products: {
    response: "I found **three** products.",
    cards: [{ type: "products", title: "Laptops", items: PRODUCTS.slice(0, 4), total: 4, page: 1 }],
  },
  compare: {
    response: "Here they are side by side.",
    cards: [
      {
        type: "comparison",
        products: PRODUCTS.slice(0, 2),
        rows: [
          { name: "memory_gb", label: "Memory", values: ["16 GB", "32 GB"], differs: true, best: 1 },
          {
            name: "battery_hours",
            label: "Battery life",
            values: ["11 hours", "8 hours"],
            differs: true,
            best: 0,
          },
          { name: "usb_c", label: "USB-C", values: ["Yes", "Yes"], differs: false, best: null },
          { name: "weight_kg", label: "Weight", values: ["1.4 kg", null], differs: true, best: null },
        ],
      },
    ],
  },
  single: {
    response: "That is the Stub Laptop 14.",
    cards: [
      {
        type: "product",
        product: PRODUCTS[0],
        description: "A laptop that only exists in tests.",
        specs: ["Memory", "Storage", "Screen", "Battery life", "Weight", "Ports", "Warranty"].map((label) => [
          label,
          `${label} text`,
        ]),
      },
    ],
  },
  fits: {
    response: "These work with it.",
    cards: [
      {
        type: "compatibility",
        product: PRODUCTS[0],
        groups: {
          Mice: [{ product: PRODUCTS[5], reason: "Connects over USB-C" }],
          Power: [{ product: PRODUCTS[8], reason: "Charges it at 65 W" }],
        },
        other: null,
        fit: null,
        reasons: [],
      },
      {
        type: "compatibility",
        product: PRODUCTS[0],
        groups: {},
        other: PRODUCTS[4],
        fit: "no",
        reasons: ["The monitor needs DisplayPort, the laptop has none."],
      },
    ],
  },
  battery: {
    response: "It lasts 11 hours [1] and charges in two [2]. Nothing is known about [3].",
    sources: [
      source(1),
      source(2, { section: "Charging", excerpt: "Two hours with the charger in the box." }),
    ],
  },
  order: { response: "Your order is on its way.", cards: [ORDER] },
  mine: {
    response: "These are your orders.",
    cards: [
      { type: "orders", orders: [ORDER, { ...ORDER, id: "ORD-9002", status: "pending (items changed)" }] },
    ],
  },
  parcel: { response: "It is in Denver.", cards: [{ type: "delivery", delivery }] },
  money: {
    response: "Your money is on its way.",
    cards: [
      {
        type: "refund",
        id: "REF-901",
        order_id: "ORD-9001",
        amount_cents: 4_900,
        currency: "USD",
        status: "being processed",
        method: "Visa ending in 1111",
        expected_by: "2027-03-09",
        created_at: "2027-03-02T10:00:00Z",
      },
    ],
  },
  complaint: { response: "It is filed.", cards: [COMPLAINT] },
  identify: {
    response: "Which order is it?",
    cards: [
      {
        type: "form",
        id: "f1",
        title: "Show us that it is your order",
        fields: [
          { name: "order", label: "Order number", input: "text", placeholder: "ORD-…" },
          { name: "email", label: "E-mail address", input: "email", placeholder: "" },
        ],
        submit_label: "Check",
      },
    ],
  },
  price: {
    response: "Of which product?",
    cards: [
      {
        type: "choices",
        title: "Pick one",
        choices: [
          { label: "Stub Laptop 14", message: "single Stub Laptop 14" },
          { label: "Stub Phone", message: "single Stub Phone" },
        ],
      },
    ],
  },
  file: { response: "I can file this for you.", pending_action: PENDING },
  person: {
    response: "I have asked a colleague.",
    handoff: { state: "waiting", expected_at: null, staff_name: null },
  },
  degraded: {
    response: "Answered without the search index.",
    degraded: [{ engine: "redis", used: "memory of this process" }],
  },
  attack: {
    response:
      'Look: <img src="https://evil.example/x.png"> ![x](https://evil.example/y.png) [link](javascript:alert(1)) <script>alert(1)</script>',
  },
};
