/** The shop's pages over the running product. */
import { expect, test } from "@playwright/test";
import { Chat } from "./chat";

test.beforeEach(({ page }) => {
  // A page that breaks its own content policy or throws is broken, whatever it shows.
  page.on("pageerror", (error) => {
    throw error;
  });
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) throw new Error(message.text());
  });
});

test("the landing page shows the shop and answers in the window", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Browse by category" })).toBeVisible();
  await expect(page.getByRole("link", { name: /Laptops/ })).toBeVisible();
  await page.getByRole("button", { name: "Show me laptops under $1500" }).click();
  await expect(page.getByRole("log").getByRole("link", { name: /UltraBook 13/ })).toBeVisible();
});

test("the catalogue finds, filters, sorts and opens products", async ({ page }) => {
  await page.goto("/products/?category=Laptops&sort=price");
  const tiles = page.getByRole("main").getByRole("article");
  await expect(tiles.first()).toContainText("UltraBook 13");
  await page.getByRole("link", { name: "X1 Laptop" }).click();
  const details = page.getByRole("dialog", { name: "X1 Laptop" });
  await expect(details).toContainText("Windows 11 Pro");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "All", exact: true }).click();
  await page.getByLabel("Search products").fill("power bank");
  await expect(tiles.first()).toContainText("Power Bank 20000");
});

test("an order is looked up by number and e-mail, and the chat goes on with that identity", async ({
  page,
}) => {
  await page.goto("/orders/");
  await page.getByLabel("Order number").fill("ORD-1002");
  await page.getByLabel("E-mail address").fill("nobody@example.com");
  await page.getByRole("button", { name: "Show order" }).click();
  await expect(page.getByRole("alert").first()).not.toBeEmpty();
  await page.getByLabel("E-mail address").fill("sarah.johnson@example.com");
  await page.getByRole("button", { name: "Show order" }).click();
  await expect(page.getByRole("main").getByRole("figure", { name: "Order ORD-1002" })).toContainText(
    "$1,099.98",
  );
  await page.getByRole("button", { name: "Ask about it" }).click();
  await expect(page.getByRole("log").getByRole("article").last()).toContainText(/transit/i);
});

test("a citation leads to its passage in the document", async ({ page }) => {
  const chat = await Chat.open(page);
  const answer = await chat.ask("What's your return policy?");
  await answer
    .getByRole("button", { name: /^Source 1/ })
    .first()
    .click();
  await page.getByRole("link", { name: "Read in the document" }).click();
  await expect(page.locator("[aria-current=location]")).toBeInViewport();
  await expect(page.locator("[aria-current=location]")).toContainText("30 days");
});

test("the desk is closed to who is not staff", async ({ page, request }) => {
  await page.goto("/staff/");
  await page.getByLabel("E-mail address").fill("nobody@example.com");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").first()).not.toBeEmpty();
  expect((await request.get("/api/staff/outbox")).status()).toBe(401);
});

test("a message of 4,001 characters and an empty one cannot be sent", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.input.fill("x".repeat(4001));
  await expect(page.getByRole("button", { name: "Send message" })).toBeDisabled();
  await chat.input.fill("   ");
  await expect(page.getByRole("button", { name: "Send message" })).toBeDisabled();
});
