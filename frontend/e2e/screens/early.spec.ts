/** What is typed and pressed while the page is there, but its scripts are still on their way over a slow line. */
import { expect, type Page, test } from "@playwright/test";
import { Chat } from "../chat";
import { Desk } from "../desk";

/** Opens a page whose scripts come only when the returned function is called. */
async function openDead(page: Page, path: string): Promise<() => void> {
  let come = () => {};
  const coming = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await coming;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "commit" });
  return come;
}

test("a message that was sent before the chat was alive is sent, once", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => request.url().endsWith("/stream") && sent.push(request.url()));
  const come = await openDead(page, "/chat/");
  const chat = new Chat(page);
  await chat.input.pressSequentially("hello from a slow phone");
  await chat.input.press("Enter");
  await chat.input.press("Enter");
  await expect(chat.input).toHaveValue("hello from a slow phone");
  come();
  await expect(chat.answers.last()).toContainText("The stub heard: hello from a slow phone");
  await expect(chat.input).toHaveValue("");
  expect(sent).toHaveLength(1);
});

test("what was only begun stays in the field, and can be sent", async ({ page }) => {
  const come = await openDead(page, "/embed/");
  const chat = new Chat(page);
  await chat.input.pressSequentially("hello, I");
  come();
  await expect(page.getByRole("button", { name: "Send message" })).toBeEnabled();
  await expect(chat.input).toHaveValue("hello, I");
  await chat.input.pressSequentially(" am back");
  await chat.input.press("Enter");
  await expect(chat.answers.last()).toContainText("The stub heard: hello, I am back");
});

test("a question on the front page is asked, and a button that was pressed does its work", async ({
  page,
}) => {
  const come = await openDead(page, "/");
  await page.getByLabel("Ask the shop a question").pressSequentially("hello from the front door");
  await page.keyboard.press("Enter");
  come();
  const chat = page.getByRole("dialog", { name: "Support" });
  await expect(chat.getByRole("log")).toContainText("The stub heard: hello from the front door");
  await page.unrouteAll();
  const again = await openDead(page, "/");
  await page.getByRole("button", { name: "Open support chat" }).click();
  again();
  await expect(chat.getByRole("log")).toContainText("The stub heard: hello from the front door");
});

test("signing in at the desk works, and no password gets into the address", async ({ page }) => {
  const come = await openDead(page, "/staff/");
  const desk = new Desk(page);
  await desk.signIn("a long password");
  await page.getByLabel("Password").press("Enter");
  expect(new URL(page.url()).search).toBe("");
  come();
  await expect(desk.rows.first()).toContainText("Where is my order?");
  expect(new URL(page.url()).search).toBe("");
});

test("a shopper's e-mail address is kept until the form can be sent", async ({ page }) => {
  const come = await openDead(page, "/signin/");
  await page.getByLabel("E-mail address").fill("pat@example.com");
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Send me a code" }).click();
  come();
  expect(JSON.stringify((await sent).postDataJSON())).toContain("pat@example.com");
});
