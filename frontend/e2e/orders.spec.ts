/** Orders and complaints on their pages, over the running product. */
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";

const DAVID = { order: "ORD-1006", email: "david.okafor@example.com" };
const HANNAH = { order: "ORD-1018", email: "hannah.lindqvist@example.com" };
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async function lookUp(page: Page, { order, email }: typeof DAVID): Promise<void> {
  await page.goto("/orders/");
  await page.getByLabel("Order number").fill(order);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Show order" }).click();
  await expect(page.getByRole("figure", { name: `Order ${order}` })).toBeVisible();
}

/** The code that was mailed last, as the desk reads it in the outbox. */
async function code(request: APIRequestContext, email: string): Promise<string> {
  const headers = { Authorization: `Bearer ${process.env.STAFF_TOKEN}` };
  const { results } = await (await request.get("/api/staff/outbox", { headers })).json();
  const mails = (results as { to: string; text: string }[]).filter(({ to }) => to === email);
  return mails.map(({ text }) => /\b\d{6}\b/.exec(text)?.[0]).find(Boolean) ?? "";
}

test("a pending order is cancelled on its page: proof, exactly this action, once", async ({
  page,
  request,
}) => {
  test.skip(!process.env.STAFF_TOKEN, "STAFF_TOKEN (make token ROLE=support) reads the code");
  await lookUp(page, DAVID);
  await page.getByRole("button", { name: "Cancel the order" }).click();
  const section = page.getByRole("region", { name: "Cancel the order" });
  await section.getByLabel("Reason").selectOption("ordered by mistake");
  await section.getByRole("button", { name: "See what would happen" }).click();
  await section.getByRole("button", { name: "Send me a code" }).click();
  await expect(section.getByText(/sends no mail yet/)).toBeVisible();
  await section.getByLabel("Six-digit code").fill(await code(request, DAVID.email));
  await section.getByRole("button", { name: "Confirm" }).click();
  const box = section.getByRole("group", { name: "Please confirm" });
  await expect(box).toContainText(DAVID.order);
  await box.getByRole("button").first().click();
  await expect(section.getByRole("status")).toContainText(/cancel/i);
  await expect(page.getByRole("figure", { name: `Order ${DAVID.order}` })).toContainText("Cancelled");
});

test("a complaint is filed from the order, followed, and takes a picture but no script", async ({ page }) => {
  await lookUp(page, HANNAH);
  await page.getByRole("link", { name: "Report a problem" }).click();
  await expect(page.getByLabel(/Order number/)).toHaveValue(HANNAH.order);
  await page.getByLabel("What went wrong?").fill("The screen has a dark stripe on the left.");
  await page.getByRole("button", { name: "See what would be filed" }).click();
  await page.getByRole("group", { name: "Please confirm" }).getByRole("button").first().click();
  await page.getByRole("button", { name: "Follow it and add pictures" }).click();
  await expect(page.getByRole("figure", { name: /Complaint CMP-/ })).toContainText("dark stripe");
  const picker = page.getByLabel("Add a picture or a PDF");
  const file = (name: string, content: Buffer) => ({ name, mimeType: "image/png", buffer: content });
  await picker.setInputFiles(file("stripe.png", Buffer.from(PIXEL, "base64")));
  await expect(page.getByRole("button", { name: /stripe\.png/ })).toBeVisible();
  await picker.setInputFiles(file("evil.png", Buffer.from("<script>alert(1)</script>")));
  await expect(page.getByRole("alert").filter({ hasText: /PDF/ })).toBeVisible();
  await picker.setInputFiles({
    name: "run.exe",
    mimeType: "application/x-msdownload",
    buffer: Buffer.from("MZ"),
  });
  await expect(page.getByText(/Only pictures/)).toBeVisible();
  await expect(page.getByRole("button", { name: /evil|run/ })).toHaveCount(0);
});

test("facets and comparison work on the shop's own products", async ({ page }) => {
  await page.goto("/products/?category=Laptops");
  const tiles = page.getByRole("main").getByRole("article");
  await expect(tiles).toHaveCount(5);
  await page
    .getByRole("group", { name: "Memory" })
    .getByLabel(/^64 GB/)
    .click();
  await expect(tiles).toHaveCount(1);
  await page.getByRole("button", { name: "Clear all" }).click();
  await page.getByRole("button", { name: "Compare X1 Laptop" }).click();
  await page.getByRole("button", { name: "Compare X2 Laptop" }).click();
  await page.getByRole("link", { name: "Compare 2" }).click();
  await expect(page.getByRole("row", { name: /Memory/ })).toContainText("16 GB");
  await expect(page.getByText("best").first()).toBeVisible();
});

test("a conversation is listed, saved as text, and taken up again after a new one", async ({ page }) => {
  await page.goto("/chat/");
  await page.getByLabel("Your message").fill("What's your return policy?");
  await page.getByLabel("Your message").press("Enter");
  await expect(page.getByRole("log").getByRole("article")).toHaveCount(1);
  await page.getByRole("button", { name: "More" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as text" }).click();
  expect((await download).suggestedFilename()).toBe("conversation.txt");
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByRole("button", { name: "Good", exact: true }).click();
  await page.getByRole("button", { name: "Start a new one" }).click();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "My conversations" }).click();
  const list = page.getByRole("dialog", { name: "My conversations" });
  await list.getByRole("button", { name: /return policy/ }).click();
  await list.getByRole("button", { name: "Go on with this conversation" }).click();
  await expect(page.getByRole("log")).toContainText("30 days");
});
