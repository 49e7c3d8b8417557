import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";

/** A foreign shop: hostile style sheet, and a content policy that allows nothing inline. */
const page_ = (chat: string, more: string) => `<!doctype html><title>Foreign shop</title>
<link rel="stylesheet" href="/hostile.css"><body><h1>Foreign shop</h1>
<script src="${chat}/widget.js" data-position="left" data-greeting="Hello from the host" ${more} defer></script>`;
const HOSTILE =
  "* { all: unset !important; } button, iframe { display: none !important; opacity: 0 !important; width: 1px !important; } html { font-size: 3px }";

let server: Server;
let address: string;

test.beforeAll(async ({ baseURL }) => {
  const chat = baseURL ?? "";
  server = createServer((request, response) => {
    if (request.url === "/hostile.css")
      return response.writeHead(200, { "content-type": "text/css" }).end(HOSTILE);
    response.writeHead(200, {
      "content-type": "text/html",
      "content-security-policy": `default-src 'none'; style-src 'self'; script-src ${chat}; frame-src ${chat}`,
    });
    const more = new URL(request.url ?? "/", "http://host").searchParams.get("more") ?? "";
    response.end(page_(chat, more));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  address = `http://localhost:${(server.address() as AddressInfo).port}/`;
});

test.afterAll(() => server.close());

test("one line of script opens the chat on a hostile page, and closes it again", async ({ page }) => {
  const refused: string[] = [];
  page.on(
    "console",
    (message) => message.text().includes("Content Security Policy") && refused.push(message.text()),
  );
  await page.goto(address);
  const launcher = page.getByRole("button", { name: "Support chat" });
  await expect(launcher).toBeVisible();
  const box = await launcher.boundingBox();
  expect(box?.width).toBe(58);
  expect(box?.x).toBe(20); // on the left, as asked
  await expect(page.locator("iframe")).toHaveCount(0); // nothing loads before the first click
  await launcher.click();
  const chat = page.frameLocator('iframe[title="Support chat"]');
  await chat.getByLabel("Your message").fill("hello from outside");
  await chat.getByLabel("Your message").press("Enter");
  await expect(chat.getByRole("log")).toContainText("The stub heard: hello from outside");
  await chat.getByRole("button", { name: "Close support chat" }).click();
  await expect(launcher).toBeVisible();
  await expect(launcher).toBeFocused();
  expect(refused).toEqual([]);
});

test("the page can open the chat, ask, and hear of answers", async ({ page }) => {
  await page.goto(address);
  await expect(page.getByRole("button", { name: "Support chat" })).toBeVisible();
  const heard = page.evaluate(
    () =>
      new Promise((resolve) => {
        const chat = (
          window as unknown as {
            SupportChat: {
              on: (event: string, listener: (detail: unknown) => void) => void;
              ask: (text: string) => void;
            };
          }
        ).SupportChat;
        chat.on("message", resolve);
        chat.ask("products please");
      }),
  );
  await expect(page.frameLocator("iframe").getByRole("log")).toContainText("products please");
  expect(await heard).toMatchObject({ intent: "general" });
});

test("what a person writes while the chat is closed is counted on its button; links leave the chat where it is", async ({
  page,
  baseURL,
}) => {
  await page.goto(address);
  const launcher = page.getByRole("button", { name: /^Support chat/ });
  await launcher.click();
  const frame = page.frameLocator("iframe");
  await frame.getByLabel("Your message").fill("battery");
  await frame.getByLabel("Your message").press("Enter");
  const source = frame.getByRole("button", { name: /^Source 1/ }).first();
  await source.click();
  const opened = page.waitForEvent("popup");
  await frame.getByRole("link", { name: "Read in the document" }).click();
  await expect(await opened).toHaveURL(/\/knowledge\//);
  const sent = page.waitForRequest("**/api/chat/stream");
  await frame.getByLabel("Your message").fill("I want a person");
  await frame.getByLabel("Your message").press("Enter");
  const { session_id } = (await sent).postDataJSON();
  await expect(frame.getByText("A person will take over.")).toBeVisible();
  await frame.getByRole("button", { name: "Close support chat" }).click();
  await page.request.post(`${baseURL}/api/go`, { data: { name: session_id } });
  await expect(launcher).toHaveAccessibleName("Support chat (1)");
  await launcher.click();
  await expect(frame.getByRole("log")).toContainText("Rosa here");
});

test("theme, language, greeting, user and what is looked at come from the page", async ({ page }) => {
  const more = 'data-theme="dark" data-lang="de" data-user-token="signed-by-the-shop"';
  await page.goto(`${address}?more=${encodeURIComponent(more)}`);
  await expect(page.getByRole("button", { name: "Support-Chat" })).toBeVisible();
  await page.evaluate(() => {
    const chat = (window as unknown as { SupportChat: Record<string, (given?: unknown) => void> })
      .SupportChat;
    chat.context?.({ product: "Host Lamp", order: { not: "text" } });
    chat.open?.();
  });
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(frame.getByRole("heading", { name: "Hello from the host" })).toBeVisible();
  const sent = page.waitForRequest("**/api/chat/stream");
  await frame.getByRole("button", { name: "Mehr über Host Lamp" }).click();
  const request = await sent;
  expect(request.postDataJSON()).toMatchObject({ message: "Tell me more about the Host Lamp" });
  expect(request.headers()["x-customer-token"]).toBe("signed-by-the-shop");
  await page.evaluate(() =>
    (window as unknown as { SupportChat: { close: () => void } }).SupportChat.close(),
  );
  await expect(page.locator("iframe")).toBeHidden();
});

test("a site that the shop does not list gets its page back, and is told why", async ({ page }) => {
  await page.goto(`${address}?more=${encodeURIComponent('data-tenant="closed"')}`);
  const told = page.waitForEvent("console", (message) => message.text().includes("allowed domain"));
  const launcher = page.getByRole("button", { name: "Support chat" });
  await launcher.click();
  await told;
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(launcher).toBeVisible();
  await expect(launcher).toHaveAttribute("title", "Support chat: not available here");
});

test("a page that throws its body away, as some do to navigate, keeps the chat", async ({ page }) => {
  await page.goto(address);
  const launcher = page.getByRole("button", { name: "Support chat" });
  await launcher.click();
  const frame = page.frameLocator("iframe");
  await expect(frame.getByLabel("Your message")).toBeVisible();
  await page.evaluate(() => {
    const next = document.createElement("body");
    next.append(document.createElement("main"));
    document.body.replaceWith(next);
  });
  await frame.getByLabel("Your message").fill("hello again");
  await frame.getByLabel("Your message").press("Enter");
  await expect(frame.getByRole("log")).toContainText("The stub heard: hello again");
  await frame.getByRole("button", { name: "Close support chat" }).click();
  await page.evaluate(() => document.body.replaceChildren());
  await expect(launcher).toBeVisible();
});

test("what the page lays on top of everything does not cover the chat; a light colour gets a dark sign", async ({
  page,
}) => {
  await page.goto(`${address}?more=${encodeURIComponent('data-color="#ffe14d"')}`);
  const launcher = page.getByRole("button", { name: "Support chat" });
  await expect(launcher).toBeVisible();
  await page.evaluate(() => {
    const veil = document.createElement("div");
    veil.style.cssText = "position: fixed !important; inset: 0 !important; z-index: 2147483646 !important";
    document.body.append(veil);
  });
  await expect(launcher.locator("svg")).toHaveCSS("stroke", /^oklch\(0 0 /);
  await launcher.click();
  await expect(page.frameLocator("iframe").getByLabel("Your message")).toBeFocused();
});
