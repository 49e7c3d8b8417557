import { expect, test } from "@playwright/test";
import { Chat } from "../chat";

test("asking from the landing page opens the chat window with the question", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Ask the shop a question").fill("hello from the front door");
  await page.keyboard.press("Enter");
  const chat = page.getByRole("dialog", { name: "Support" });
  await expect(chat.getByRole("log")).toContainText("The stub heard: hello from the front door");
  await page.keyboard.press("Escape");
  await expect(chat).toBeHidden();
});

test("the window follows the shopper to other pages and to the chat page", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Open support chat" }).click();
  await new Chat(page).ask("remember me");
  await page.getByRole("link", { name: "Products", exact: true }).first().click();
  await expect(page).toHaveURL(/\/products\/$/);
  await expect(page.getByRole("dialog", { name: "Support" })).toContainText("The stub heard: remember me");
  await page.getByRole("link", { name: "Open on its own page" }).click();
  await expect(page.getByRole("log")).toContainText("The stub heard: remember me");
});

for (const width of [390, 1280]) {
  test(`at ${width} px a citation in the window leads to its document, and nothing is left in front of it`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto("/");
    await page.getByRole("button", { name: "Open support chat" }).click();
    const answer = await new Chat(page).ask("battery");
    await answer
      .getByRole("button", { name: /^Source 1/ })
      .first()
      .click();
    await page.getByRole("link", { name: "Read in the document" }).click();
    await expect(page.locator("[aria-current=location]")).toBeInViewport();
    await expect(page.getByRole("dialog", { name: "Source 1" })).toBeHidden();
    await expect(page.getByRole("dialog", { name: "Support" })).toHaveCount(width === 390 ? 0 : 1);
  });
}

test("Escape closes what lies over the window, then the window; what was typed in it stays", async ({
  page,
}) => {
  await page.goto("/products/");
  const launcher = page.getByRole("button", { name: /Open support chat/ });
  await launcher.click();
  const chat = new Chat(page);
  const answer = await chat.ask("battery");
  await answer
    .getByRole("button", { name: /^Source 1/ })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: "Source 1" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Source 1" })).toHaveCount(0);
  await chat.input.fill("half a thought");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Support" })).toHaveCount(0);
  await page.reload();
  await launcher.click();
  await expect(chat.input).toHaveValue("half a thought");
});

test("what a person writes while the window is closed is counted on its button and in the title", async ({
  page,
}) => {
  await page.goto("/products/");
  const launcher = page.getByRole("button", { name: /Open support chat/ });
  await launcher.click();
  const chat = new Chat(page);
  const sent = page.waitForRequest("**/api/chat/stream");
  await chat.ask("I want a person");
  const { session_id } = (await sent).postDataJSON();
  await page.getByRole("button", { name: "Close support chat" }).click();
  await expect(launcher).not.toContainText("new message");
  await page.request.post("/api/go", { data: { name: session_id } });
  await expect(launcher).toContainText("1 new message");
  await expect(page).toHaveTitle(/^\(1\) /);
  await launcher.click();
  await expect(chat.log).toContainText("Rosa here");
  await expect(page).not.toHaveTitle(/^\(1\) /);
});

test("the catalogue is searched and filtered, and its address says what it shows", async ({ page }) => {
  await page.goto("/products/");
  await expect(page.getByRole("status")).toHaveText("9 products");
  await page.getByLabel("Search products").fill("laptop");
  await expect(page.getByRole("status")).toHaveText("2 products");
  await expect(page).toHaveURL(/q=laptop/);
  await page.getByLabel("Search products").fill("");
  await page.getByRole("button", { name: "Earbuds" }).click();
  await expect(page.getByRole("status")).toHaveText("1 product");
  await page.getByRole("link", { name: "Products", exact: true }).first().click();
  await expect(page.getByRole("status")).toHaveText("9 products");
});

test("a product opens over the catalogue and can be asked about", async ({ page }) => {
  await page.goto("/products/");
  await page.getByRole("link", { name: "Stub Phone" }).click();
  const details = page.getByRole("dialog", { name: "Stub Phone" });
  await expect(details).toContainText("Specifications");
  await details.getByRole("button", { name: "Ask about this" }).click();
  await expect(details).toBeHidden();
  await expect(page.getByRole("dialog", { name: "Support" })).toContainText(
    "Tell me more about the Stub Phone",
  );
});

test("an order shows after number and e-mail were checked, and the chat knows it too", async ({ page }) => {
  await page.goto("/orders/");
  await page.getByLabel("Order number").fill("ord-9001");
  await page.getByLabel("E-mail address").fill("somebody@example.com");
  await page.getByRole("button", { name: "Show order" }).click();
  await expect(page.getByRole("alert").first()).toContainText("do not belong together");
  await page.getByLabel("E-mail address").fill("pat@example.com");
  await page.getByRole("button", { name: "Show order" }).click();
  await expect(page.getByRole("figure", { name: "Order ORD-9001" })).toContainText("$797.00");
  const sent = page.waitForRequest("**/api/chat/stream");
  await page.getByRole("button", { name: "Ask about it" }).click();
  expect((await sent).postDataJSON()).toEqual({
    message: "Where is my order ORD-9001?",
    session_id: "proved-session",
    channel: "chat",
  });
});

test("a complaint is shown to who can name its order", async ({ page }) => {
  await page.goto("/complaints/");
  await page.getByLabel("Complaint number").fill("cmp-901");
  await page.getByRole("button", { name: "Show status" }).click();
  await page.getByLabel("Order number").fill("ORD-9001");
  await page.getByLabel("E-mail address").fill("pat@example.com");
  await page.getByRole("button", { name: "Confirm and show" }).click();
  await expect(page.getByRole("figure", { name: "Complaint CMP-901" })).toContainText("Open");
  await page.getByRole("button", { name: "Your complaints" }).click();
  await page.getByRole("button", { name: /CMP-901/ }).click();
  await expect(page).toHaveURL(/id=CMP-901/);
});

test("facets narrow the catalogue, say so, and can be taken back one by one", async ({ page }) => {
  await page.goto("/products/");
  await page.getByLabel("16 in").click();
  await expect(page.getByRole("status")).toHaveText("1 product");
  await expect(page).toHaveURL(/spec=screen_inches%3A16/);
  await page.getByLabel("In stock only").click();
  await expect(page.getByRole("list", { name: "Chosen filters" }).getByRole("listitem")).toHaveCount(3);
  await page.getByRole("button", { name: "Remove Screen 16 in" }).click();
  await expect(page.getByLabel("16 in")).not.toBeChecked();
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(page.getByRole("status")).toHaveText("9 products");
});

test("products are picked, kept over a reload, at most four, and compared, all by keyboard", async ({
  page,
}) => {
  await page.goto("/products/");
  const tray = page.getByRole("region", { name: "Products to compare" });
  for (const name of ["Stub Laptop 14", "Stub Laptop 16", "Stub Phone", "Stub Earbuds"]) {
    await page.getByRole("button", { name: `Compare ${name}` }).focus();
    await page.keyboard.press("Enter");
  }
  await expect(page.getByRole("button", { name: "Compare Stub Mouse" })).toBeDisabled();
  await page.reload();
  await expect(tray.getByRole("listitem")).toHaveCount(4);
  await tray.getByRole("button", { name: "Take Stub Phone out of the comparison" }).press("Enter");
  await tray.getByRole("button", { name: "Take Stub Earbuds out of the comparison" }).press("Enter");
  await tray.getByRole("link", { name: "Compare 2" }).press("Enter");
  await expect(page.getByRole("columnheader", { name: /Stub Laptop 16/ })).toBeVisible();
  await expect(page).toHaveURL(/compare=S-1,S-2/);
  await page.getByRole("button", { name: "Back to the products" }).click();
  await expect(page.getByRole("status").first()).toHaveText("9 products");
});

test("a product shows what works with it and what is like it, and leads there", async ({ page }) => {
  await page.goto("/products/?id=S-1");
  const details = page.getByRole("dialog", { name: "Stub Laptop 14" });
  await expect(details.getByRole("heading", { name: "Works with it" })).toBeVisible();
  await details
    .getByRole("link", { name: /Stub Earbuds/ })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: "Stub Earbuds" })).toBeVisible();
});

test("goods are sent back from the order's page after exactly that was confirmed", async ({ page }) => {
  await page.goto("/orders/");
  await page.getByLabel("Order number").fill("ORD-9001");
  await page.getByLabel("E-mail address").fill("pat@example.com");
  await page.getByRole("button", { name: "Show order" }).click();
  await page.getByRole("button", { name: "Return something" }).click();
  const form = page.getByRole("region", { name: "Return something" });
  await expect(form.getByText("It was opened and cannot come back.")).toBeVisible();
  await form.getByRole("checkbox").first().check();
  await form.getByLabel("Reason").selectOption("defective");
  await form.getByRole("button", { name: "See what you get back" }).click();
  await form.getByRole("group", { name: "Please confirm" }).getByRole("button").first().click();
  await expect(form.getByRole("status")).toContainText("Done once");
  await expect(form.getByRole("status")).toContainText(
    JSON.stringify({
      tool: "return_items",
      arguments: { order_id: "ORD-9001", line_ids: ["1"], reason: "defective" },
    }),
  );
});

test("a delivery is tracked by number and e-mail", async ({ page }) => {
  await page.goto("/track/");
  await page.getByLabel("Order number").fill("ORD-9001");
  await page.getByLabel("E-mail address").fill("pat@example.com");
  await page.getByRole("button", { name: "Show where it is" }).click();
  await expect(page.getByRole("figure", { name: "Delivery of ORD-9001" })).toContainText("PW 4455 8812");
});

test("language and theme are chosen, kept, and the questions stay ones that the shop reads", async ({
  page,
}) => {
  await page.goto("/chat/");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByLabel("Language").selectOption("de");
  await expect(page.getByRole("heading", { name: "Hallo, wie kann ich Ihnen helfen?" })).toBeVisible();
  await page.getByLabel("Darstellung").selectOption("dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const sent = page.waitForRequest("**/api/chat/stream");
  await page.getByRole("button", { name: "Wo ist meine Bestellung?" }).click();
  expect((await sent).postDataJSON()).toMatchObject({ message: "Where is my order?" });
});

for (const locale of ["es", "fr", "hi"]) {
  test.describe(`a browser that speaks ${locale}`, () => {
    test.use({ locale, viewport: { width: 390, height: 844 } });
    test("sees its language from the start, and nothing runs out of the page", async ({ page }) => {
      for (const path of ["/", "/chat/", "/products/", "/orders/"]) {
        await page.goto(path);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
        expect(await page.evaluate(over), path).toBe(0);
      }
      await expect(page.getByText("Products", { exact: true })).toHaveCount(0);
    });
  });
}
