import { expect, test } from "@playwright/test";
import { Chat } from "../chat";

test("an answer streams in under a named progress and can be read whole", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.input.fill("slow words that arrive one by one");
  await chat.input.press("Enter");
  await expect(page.getByText("Looking in the manual…").first()).toBeVisible();
  await expect(page.getByText("The stub heard: slow")).toBeVisible();
  await expect(chat.answers).toHaveCount(0); // not announced before it is whole
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.answers.last()).toContainText("The stub heard: slow words that arrive one by one");
});

test("stop keeps what had arrived and frees the input", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.input.fill("slow words that take their time to arrive");
  await chat.input.press("Enter");
  await expect(page.getByText("The stub heard: slow")).toBeVisible();
  await page.getByRole("button", { name: "Stop answering" }).click();
  await expect(chat.log.getByText("Stopped.")).toBeVisible();
  await expect(chat.answers.last()).not.toContainText("arrive");
  await chat.ask("again");
});

test("a broken answer says so, and trying again neither loses nor doubles the question", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.input.fill(`break once ${Math.random()}`);
  await chat.input.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "broke off" })).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.log.getByText(/break once/)).toHaveCount(2); // the question and the answer
  await expect(page.getByRole("alert").filter({ hasText: "broke off" })).toHaveCount(0);
});

test("without a connection the message is kept and sent when the line is back", async ({ page, context }) => {
  const chat = await Chat.open(page);
  await context.setOffline(true);
  await chat.input.fill("hello");
  await chat.input.press("Enter");
  await expect(page.getByText(/could not be reached/)).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(chat.answers.last()).toContainText("The stub heard: hello");
});

test("the server's own sentence is shown when it refuses a message", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.input.fill("refuse this");
  await chat.input.press("Enter");
  await expect(page.getByText("The stub does not take that message.")).toBeVisible();
});

test("a citation opens the passage, and the document opens at its place", async ({ page }) => {
  const chat = await Chat.open(page);
  const answer = await chat.ask("battery");
  await expect(answer).toContainText("[3]"); // no third source: not a button
  await answer
    .getByRole("button", { name: /^Source 2/ })
    .first()
    .click();
  const panel = page.getByRole("dialog", { name: "Source 2" });
  await expect(panel).toContainText("Two hours with the charger in the box.");
  await expect(panel).toContainText("Charging · page 12");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await answer
    .getByRole("button", { name: /^Source 1/ })
    .first()
    .click();
  await page.getByRole("link", { name: "Read in the document" }).click();
  await expect(page).toHaveURL(/\/knowledge\/\?document=doc-1&passage=p-1/);
  await expect(page.getByText("A full charge lasts 11 hours of office work.")).toBeInViewport();
});

test("an action waits for one of two equal buttons and is then closed", async ({ page }) => {
  const chat = await Chat.open(page);
  const box = (await chat.ask("file it")).getByRole("group", { name: "Please confirm" });
  const [yes, no] = await Promise.all([
    box.getByRole("button", { name: "File it" }).boundingBox(),
    box.getByRole("button", { name: "Not now" }).boundingBox(),
  ]);
  expect(yes?.width).toBeCloseTo(no?.width ?? 0, 0);
  expect(yes?.height).toBeCloseTo(no?.height ?? 0, 0);
  await expect(await chat.press("File it")).toContainText("CMP-901");
  await expect(chat.log.getByText("Confirmed")).toBeVisible();
  await expect(chat.log.getByRole("button", { name: "File it" })).toHaveCount(0);
});

test("the conversation is there after a reload and gone after a new one was started", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.ask("hello");
  await page.reload();
  await expect(chat.answers).toHaveCount(1);
  page.on("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: "New conversation" }).click();
  await expect(chat.answers).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("Hi, what can I help you with?")).toBeVisible();
});

test("Enter that ends the composing of a character sends nothing", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.input.fill("こんにちは");
  await chat.input.dispatchEvent("keydown", { key: "Enter", isComposing: true, keyCode: 229, bubbles: true });
  await expect(chat.input).toHaveValue("こんにちは");
  await chat.input.press("Shift+Enter");
  await expect(chat.input).toHaveValue("こんにちは\n");
});

test("the whole chat works from the keyboard", async ({ page }) => {
  const chat = await Chat.open(page);
  await expect(chat.input).toBeFocused();
  await page.keyboard.type("price");
  await page.keyboard.press("Enter");
  await expect(chat.answers).toHaveCount(1);
  await chat.answers.last().getByRole("button", { name: "Stub Phone" }).focus();
  await page.keyboard.press("Enter");
  await expect(chat.answers).toHaveCount(2);
});

test("a text may not bring in pictures, scripts or script addresses", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const chat = await Chat.open(page);
  const answer = await chat.ask("attack");
  await expect(answer.locator("img, script, a[href^=javascript]")).toHaveCount(0);
  expect(asked.filter((url) => url.includes("evil.example"))).toEqual([]);
});

test("too long a message is counted, not sent", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.input.fill("x".repeat(4100));
  await expect(page.getByText(/100 characters too many/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Send message" })).toBeDisabled();
});

test("a form in the chat sends its values as the next message", async ({ page }) => {
  const chat = await Chat.open(page);
  const form = await chat.ask("identify me");
  await form.getByLabel("Order number").fill("ORD-9001");
  await form.getByLabel("E-mail address").fill("pat@example.com");
  await expect(await chat.press("Check")).toBeVisible();
  await expect(chat.log.getByText("ORD-9001 pat@example.com").first()).toBeVisible();
});

test("a long answer is read from its start, and the newest message is one press away", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 600 });
  const chat = await Chat.open(page);
  await chat.ask("products");
  await chat.ask("order");
  await expect(chat.log.locator("[data-question]").last()).toBeInViewport();
  const latest = page.getByRole("button", { name: "Jump to the latest message" });
  await latest.click();
  await expect(latest).toBeHidden();
  await expect(page.getByRole("button", { name: "compare them" })).toBeInViewport();
});
