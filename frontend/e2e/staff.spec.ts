/** The desk over the running product: what staff do, and what the customer sees of it meanwhile. */
import { readFile } from "node:fs/promises";
import { type Browser, type Download, expect, type Page, test } from "@playwright/test";
import { Chat } from "./chat";
import { Desk } from "./desk";

const token = process.env.STAFF_TOKEN ?? "";

test.skip(!token, "STAFF_TOKEN (make token ROLE=admin) signs in");

/** A browser of its own, as another person has. */
const another = async (browser: Browser): Promise<Page> => (await browser.newContext()).newPage();

/** What a saved file holds. */
const text = async (file: Download): Promise<string> => readFile(await file.path(), "utf8");

const unique = (): string => Math.random().toString(36).slice(2, 8);

test("who is invited chooses a password and signs in with it", async ({ page, request }) => {
  const email = `${unique()}@example.com`;
  const invited = await request.post("/api/staff/team", {
    headers: { authorization: `Bearer ${token}` },
    data: { email, name: "Robin Roe", role: "support" },
  });
  await page.goto(`/staff/?token=${(await invited.json()).token}`);
  await expect(page.getByRole("heading", { name: "Choose your password" })).toBeVisible();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill("a password of some length");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill("a password of some length");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Signed in as support")).toBeVisible();
});

test("staff take a conversation over while the customer watches, answer, and hand it back", async ({
  page,
  browser,
}) => {
  test.slow();
  const words = `What is your return policy, number ${unique()}?`;
  const desk = await Desk.open(page, "/staff/", token);
  const chat = await Chat.open(await another(browser));
  await chat.ask(words);
  await chat.ask("I want to talk to a human");

  await desk.rows.filter({ hasText: words }).getByRole("link").click(); // it came without a reload
  await page.getByRole("button", { name: "Take over" }).click();
  await expect(page.getByRole("button", { name: "Hand back" })).toBeVisible();
  await page.getByLabel("Reply to the customer").fill("Hello, this is a person. How can I help?");
  await page.keyboard.press("Control+Enter");
  await expect(chat.log).toContainText("Hello, this is a person. How can I help?");

  await chat.input.fill("Is anybody there?");
  await chat.input.press("Enter");
  await expect(page.getByLabel("Conversation", { exact: true })).toContainText("Is anybody there?");

  await page.getByRole("button", { name: "Whisper" }).click();
  await page.getByLabel("Whisper to").fill("Be kind to this one.");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByLabel("Conversation", { exact: true })).toContainText("Be kind to this one.");

  await page.getByRole("button", { name: "Hand back" }).click();
  await expect(page.getByRole("button", { name: "Take over" })).toBeVisible();
  await chat.input.fill("Show me laptops under $1500");
  await chat.input.press("Enter");
  await expect(chat.log).toContainText("UltraBook 13");
  await expect(chat.log).not.toContainText("Be kind to this one.");
});

test("a wrong intent is corrected with one choice, and stands among what was learned", async ({
  page,
  browser,
}) => {
  const words = `Could somebody look at the thing ${unique()}`;
  await (await Chat.open(await another(browser))).ask(words);
  const desk = await Desk.open(page, "/staff/", token);
  await desk.rows.filter({ hasText: words }).getByRole("link").click();
  await page.getByLabel("Taken for").selectOption("complaint");
  await expect(page.getByText("Learned: Complaint.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Taken for")).toHaveValue("complaint");
  await page.goto("/staff/settings/?tab=learned");
  await expect(page.getByRole("row").filter({ hasText: words })).toContainText("Complaint");
});

/** Lets calls to these addresses wait until the returned function is called. */
async function held(page: Page, addresses: RegExp, method: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(addresses, async (route) => {
    if (route.request().method() === method) await released;
    await route.continue();
  });
  return release;
}

test("an uploaded document shows how far it is, answers at once, is replaced, and answers no more once deleted", async ({
  page,
}) => {
  test.slow();
  const name = `Gift wrapping ${unique()}`;
  const costs = (cents: number) => ({
    name: `${name}.md`,
    mimeType: "text/markdown",
    buffer: Buffer.from(
      `# ${name}\n\nWe wrap gifts in recycled paper. Gift wrapping costs ${cents} cents for each item.\n`,
    ),
  });
  const first = 100 + Math.floor(Math.random() * 400);
  const second = first + 400;
  const question = "Do you offer gift wrapping, and what does it cost?";
  await Desk.open(page, "/staff/knowledge/", token);
  const release = await held(page, /\/api\/knowledge$/, "POST");
  await page.getByText("Choose files").setInputFiles(costs(first));
  await expect(page.getByRole("progressbar", { name })).toBeVisible();
  release();
  await expect(page.getByText(/\d+ passages?, searchable/)).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  const chat = await Chat.open(page);
  await expect(await chat.ask(question)).toContainText(`${first} cents`);

  await page.goto("/staff/knowledge/");
  await page.getByLabel("Search documents").fill(name);
  await page.getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog", { name, exact: true });
  await dialog.getByLabel("Replace").setInputFiles(costs(second));
  await expect(dialog.getByText("Version 2")).toBeVisible();
  const older = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download version 1" }).click();
  expect(await text(await older)).toContain(`${first} cents`);
  await page.keyboard.press("Escape");

  const tried = async () => {
    await page.getByRole("button", { name: "Test a question" }).click();
    await page.getByLabel("Question").fill(question);
    await page.getByRole("button", { name: "Ask" }).click();
    await expect(page.getByRole("heading", { name: "Live" })).toBeVisible();
    return page.getByRole("region", { name: "Live" });
  };
  await expect(await tried()).toContainText(`${second} cents`);

  await page.getByRole("button", { name: "Documents" }).click();
  await page.getByLabel("Search documents").fill(name);
  await page.getByRole("button", { name, exact: true }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await page
    .getByRole("dialog", { name: `Delete ${name}?` })
    .getByRole("button", { name: "Delete" })
    .click();
  await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  await expect(await tried()).not.toContainText(`${second} cents`);
});

test("a rule that is saved counts where staff act; what they confirm is done, and nothing unasked", async ({
  page,
}) => {
  const reason = `found it cheaper ${unique()}`;
  await Desk.open(page, "/staff/settings/?tab=policies", token);
  const reasons = page.getByLabel("Reasons to cancel");
  await reasons.fill(`${await reasons.inputValue()}\n${reason}`);
  await page.getByLabel("Days to return goods").fill("2");
  await page.getByRole("button", { name: "Try before saving" }).click();
  await page.getByLabel("As the customer", { exact: true }).fill("C-103");
  await page.getByLabel("Message of a customer").fill("I want to return the UltraBook of ORD-1014");
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page.getByText("How this came about")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("2 days"); // tried, and nothing more
  await page.getByLabel("Days to return goods").fill("30");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();

  await page.goto("/staff/case/?complaint=CMP-101");
  await page
    .getByRole("listitem")
    .filter({ hasText: "ORD-1003" })
    .getByRole("button", { name: "Cancel", exact: true })
    .click();
  const dialog = page.getByRole("dialog", { name: "Cancel: ORD-1003" });
  await dialog.getByLabel("Reason").selectOption(reason);
  await dialog.getByRole("button", { name: "Check" }).click();
  await expect(dialog).toContainText(reason);
  await dialog.getByRole("button", { name: "Not now" }).click();
  const customer = page.getByRole("complementary", { name: "Customer" });
  await expect(customer).toContainText("ORD-1003Pending");

  await customer
    .getByRole("listitem")
    .filter({ hasText: "ORD-1014" })
    .getByRole("button", { name: "Exchange", exact: true })
    .click();
  const exchange = page.getByRole("dialog", { name: "Exchange: ORD-1014" });
  await exchange.getByLabel("UltraBook 13").selectOption({ index: 1 });
  await exchange.getByRole("button", { name: "Check" }).click();
  await expect(exchange).toContainText("rose");
  await exchange.getByRole("button", { name: "Request the exchange" }).click();
  await expect(customer).toContainText("ORD-1014Exchange requested");
  await customer.getByRole("button", { name: "Goods swapped" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Goods swapped" }).click();
  await expect(customer).toContainText("Swapped");
});

test("a canned reply is written once and comes filled in", async ({ page }) => {
  const shortcut = `hello-${unique()}`;
  await Desk.open(page, "/staff/settings/?tab=canned", token);
  await page.getByRole("button", { name: "New reply" }).click();
  const form = page.getByRole("dialog", { name: "Canned reply" });
  await form.getByLabel("Title").fill(`Greeting ${shortcut}`);
  await form.getByLabel("Shortcut").fill(shortcut);
  await form.getByLabel("Text", { exact: true }).fill("Greetings from {{shop.name}}.");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row").filter({ hasText: shortcut })).toBeVisible();

  await Chat.open(page).then((chat) => chat.ask("Hello there"));
  const desk = await Desk.open(page, "/staff/", token);
  await desk.rows
    .getByRole("link")
    .filter({ has: page.getByRole("img", { name: "Conversation" }) })
    .first()
    .click();
  await page.getByLabel("Reply to the customer").press("/");
  await page.getByLabel("Search canned replies").fill(shortcut);
  await page.getByRole("button", { name: `Greeting ${shortcut}` }).click();
  await expect(page.getByLabel("Reply to the customer")).toHaveValue("Greetings from TechPro Electronics.");
});
