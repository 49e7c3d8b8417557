/** The conversations that the shop promises, held in a browser with the running product. */
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { Chat } from "./chat";

const JOHN = { order: "ORD-1001", email: "john.smith@example.com" };
const SARAH = { order: "ORD-1002", email: "sarah.johnson@example.com" };

/** Answers the question for the order's e-mail in the form that asks for it. */
async function prove(chat: Chat, email: string) {
  await chat.answers
    .last()
    .getByRole("textbox", { name: /e-mail/i })
    .fill(email);
  return chat.press(/.+/);
}

test("laptops under a price, then more about one, a fact with its source, and a comparison", async ({
  page,
}) => {
  const chat = await Chat.open(page);
  const laptops = await chat.ask("Show me laptops under $1500");
  const names = laptops.getByRole("figure").getByRole("link");
  await expect(names).toHaveCount(3);
  for (const name of ["X1 Laptop", "UltraBook 13", "Gaming Laptop G1"]) {
    await expect(names.filter({ hasText: name })).toHaveCount(1);
  }
  await expect(
    (await chat.ask("Tell me more about the X1")).getByRole("figure", { name: "X1 Laptop" }),
  ).toContainText("$1,299.99");

  const battery = await chat.ask("What's the battery life?");
  await expect(battery).toContainText("12 hours");
  await battery
    .getByRole("button", { name: /^Source 1/ })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: "Source 1" })).toContainText(/12/);
  await page.keyboard.press("Escape");

  const table = (await chat.ask("Actually, compare it to the Gaming Laptop")).getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveCount(3);
  await expect(table.getByRole("columnheader", { name: /X1 Laptop/ })).toBeVisible();
  await expect(table.getByRole("columnheader", { name: /Gaming Laptop G1/ })).toBeVisible();
  await expect(table.locator("tr[data-differs=true]").first()).toBeVisible();
  await expect(table.getByText("best").first()).toBeVisible();
});

test("an order is shown only after its e-mail was given", async ({ page }) => {
  const chat = await Chat.open(page);
  const question = await chat.ask(`What's the status of order ${SARAH.order}?`);
  await expect(question).not.toContainText(/1,099|SmartPhone/);
  const order = (await prove(chat, SARAH.email)).getByRole("figure", { name: `Order ${SARAH.order}` });
  await expect(order).toContainText("SmartPhone Pro 12");
  await expect(order).toContainText("Wireless Earbuds Pro");
  await expect(order).toContainText("$1,099.98");
  await expect(order).toContainText(/Expected/);
  await expect(order.getByText("In transit", { exact: true })).toBeVisible();
  expect(
    await order.getByRole("list", { name: "Tracking events" }).getByRole("listitem").count(),
  ).toBeGreaterThan(1);
});

test("somebody else's e-mail opens nothing", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.ask(`What's the status of order ${SARAH.order}?`);
  const refused = await prove(chat, JOHN.email);
  await expect(refused).not.toContainText(/1,099|SmartPhone|ParcelWay/);
  await expect(refused.getByRole("figure", { name: `Order ${SARAH.order}` })).toHaveCount(0);
});

test("a complaint is shown in full, filed on consent, and followed", async ({ page }) => {
  const chat = await Chat.open(page);
  // the very same words would be the same complaint again, so each run says its own
  await chat.ask(`My laptop screen is flickering since minute ${Date.now() % 100_000}, order ${JOHN.order}`);
  const offer = await prove(chat, JOHN.email);
  const box = offer.getByRole("group", { name: "Please confirm" });
  await expect(box).toContainText("flickering");
  const filed = await chat.press(await confirmLabel(page));
  await expect(filed).toContainText(/CMP-\d+/);
  const number = (await filed.textContent())?.match(/CMP-\d+/)?.[0] ?? "";
  await expect(await chat.ask("what happened to my complaint?")).toContainText(number);
});

test("declining files nothing", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.ask(`The keyboard of my laptop is broken, order ${JOHN.order}`);
  await prove(chat, JOHN.email);
  const buttons = chat.answers.last().getByRole("group", { name: "Please confirm" }).getByRole("button");
  const before = await chat.newest();
  await buttons.nth(1).click();
  await expect(await chat.answerAfter(before)).not.toContainText(/CMP-\d+/);
});

test("a return asks for a mailed code and consent, and said twice it stays one refund", async ({
  page,
  request,
}) => {
  test.skip(
    !process.env.STAFF_TOKEN,
    "STAFF_TOKEN (make token ROLE=support) opens the outbox that holds the code",
  );
  const chat = await Chat.open(page);
  await chat.ask(`I want to return my order ${JOHN.order}`);
  await prove(chat, JOHN.email);
  let answer = await chat.ask(await mailedCode(request));
  if ((await answer.getByText(/REF-\d+/).count()) === 0) {
    // not yet returned by an earlier run
    await expect(answer.getByRole("group", { name: "Please confirm" })).toContainText("$1,299.99");
    answer = await chat.press(await confirmLabel(page));
  }
  const number = (await answer.textContent())?.match(/REF-\d+/)?.[0] ?? "no refund";
  await expect(await chat.ask(`I want to return my order ${JOHN.order}`)).toContainText(number);
});

async function mailedCode(request: APIRequestContext): Promise<string> {
  const headers = { Authorization: `Bearer ${process.env.STAFF_TOKEN}` };
  const outbox = await request.get("/api/staff/outbox", { headers });
  const { results } = (await outbox.json()) as { results: { to: string; text: string }[] };
  return results.find((mail) => mail.to === JOHN.email)?.text.match(/\b\d{6}\b/)?.[0] ?? "";
}

async function confirmLabel(page: Page): Promise<string> {
  const button = page.getByRole("group", { name: "Please confirm" }).last().getByRole("button").first();
  return (await button.textContent()) ?? "";
}

for (const [message, expected] of [
  ["What accessories work with the X1?", /USB-C Hub/],
  ["What's your return policy?", /30 days/],
  ["My smartwatch battery drains too fast", /Smart Watch Pro/],
  ["Does the X2 have Thunderbolt?", /yes[\s\S]*Thunderbolt/i],
  ["Tell me about the ZenPhone", /do(n't| not) (sell|carry|have)[\s\S]*SmartPhone/i],
  ["Track order XYZ-999", /XYZ-999|e-mail/i],
  ["What's the price?", /which product/i],
  ["Track ORD-1001 and show me laptops", /e-mail[\s\S]*laptops|laptops[\s\S]*e-mail/i],
] as const) {
  test(`"${message}" is answered`, async ({ page }) => {
    const chat = await Chat.open(page);
    await expect(await chat.ask(message)).toContainText(expected);
  });
}

test("somebody who wants no refund starts none", async ({ page }) => {
  const chat = await Chat.open(page);
  const answer = await chat.ask(`I don't want a refund, I just want to know where ${SARAH.order} is`);
  await expect(answer.getByRole("group", { name: "Please confirm" })).toHaveCount(0);
  await expect((await prove(chat, SARAH.email)).getByRole("figure").first()).toContainText(/transit/i);
});
