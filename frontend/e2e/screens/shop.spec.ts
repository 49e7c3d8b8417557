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
  await page.getByRole("button", { name: "Return something" }).click();
  expect((await sent).postDataJSON()).toEqual({
    message: "I want to return my order ORD-9001",
    session_id: "proved-session",
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
});
