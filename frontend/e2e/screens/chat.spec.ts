import { expect, type Page, test } from "@playwright/test";
import { Chat } from "../chat";
import { scrolled } from "../scrolling";

/** Lets the stand-in server go on with what waits for it. */
const letGo = (page: Page, name: string) => page.request.post("/api/go", { data: { name } });

const unique = (text: string): string => `${text} ${Math.random()}`;

test("an answer streams in under a named progress and can be read whole", async ({ page }) => {
  const chat = await Chat.open(page);
  const message = unique("in steps, one by one");
  await chat.send(message);
  await expect(page.getByText("Looking in the manual…").first()).toBeVisible();
  await letGo(page, message);
  await expect(page.getByText("The stub heard: in")).toBeVisible();
  await expect(chat.answers).toHaveCount(0); // not announced before it is whole
  await letGo(page, message);
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.answers.last()).toContainText(`The stub heard: ${message}`);
});

test("stop keeps what had arrived and frees the input", async ({ page }) => {
  const chat = await Chat.open(page);
  const message = unique("in steps that take their time to arrive");
  await chat.send(message);
  await letGo(page, message);
  await expect(page.getByText("The stub heard: in")).toBeVisible();
  await page.getByRole("button", { name: "Stop answering" }).click();
  await expect(chat.log.getByText("Stopped.")).toBeVisible();
  await expect(chat.answers.last()).not.toContainText("arrive");
  await chat.ask("again");
});

test("an answer that breaks off is fetched again by itself, with no word lost or doubled", async ({
  page,
}) => {
  const chat = await Chat.open(page);
  const message = unique("break once");
  await chat.send(message);
  await expect(page.getByText("This will break")).toBeVisible();
  await letGo(page, message);
  await expect(chat.answers).toHaveCount(1);
  await expect(chat.answers).not.toContainText("This will break");
  await expect(chat.log.getByText(/break once/)).toHaveCount(2); // the question and the answer
});

test("an answer that breaks off again and again says so and can be tried by hand", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.send("break always");
  await expect(page.getByRole("alert").filter({ hasText: "broke off" })).toBeVisible({ timeout: 60_000 });
  const again = page.waitForRequest("**/api/chat/stream");
  await page.getByRole("button", { name: "Try again" }).click();
  expect((await again).postDataJSON()).toMatchObject({ message: "break always" });
});

test("without a connection the message waits, and is sent once when the line is back", async ({
  page,
  context,
}) => {
  const chat = await Chat.open(page);
  await context.setOffline(true);
  await chat.send("hello");
  await expect(page.getByText(/The connection is gone/).first()).toBeVisible();
  await context.setOffline(false);
  await expect(chat.answers.last()).toContainText("The stub heard: hello");
  await expect(chat.answers).toHaveCount(1);
});

test("an answer that was under way is there after a reload, once", async ({ page }) => {
  const chat = await Chat.open(page);
  const message = unique("in steps, one by one");
  const first = page.waitForRequest("**/api/chat/stream");
  await chat.send(message);
  await letGo(page, message);
  await expect(page.getByText("The stub heard: in")).toBeVisible();
  const before = (await first).headers()["idempotency-key"];
  const second = page.waitForRequest("**/api/chat/stream");
  await page.reload();
  expect((await second).headers()["idempotency-key"]).toBe(before);
  await letGo(page, message);
  await expect(chat.answers.last()).toContainText(`The stub heard: ${message}`);
  await expect(chat.answers).toHaveCount(1);
});

test("two tabs show one conversation: asked in one, answered in both, fetched once", async ({ context }) => {
  const sent: string[] = [];
  context.on("request", (request) => request.url().endsWith("/stream") && sent.push(request.url()));
  const one = await Chat.open(await context.newPage());
  const other = await Chat.open(await context.newPage());
  await one.ask("hello from the first");
  await expect(other.answers.last()).toContainText("The stub heard: hello from the first");
  await other.ask("hello from the second");
  await expect(one.answers).toHaveCount(2);
  expect(sent).toHaveLength(2);
});

test("when the tab that was being answered closes, the other one fetches the answer", async ({ context }) => {
  const one = await Chat.open(await context.newPage());
  const other = await Chat.open(await context.newPage());
  const message = unique("in steps, one by one");
  await one.send(message);
  await letGo(other.page, message);
  const shown = (chat: Chat) => chat.page.getByText("The stub heard: in").waitFor();
  const fetching = await Promise.any([shown(one).then(() => one), shown(other).then(() => other)]);
  const left = fetching === one ? other : one;
  await expect(left.log).toContainText(message); // it knows of the question
  await fetching.page.close();
  await letGo(left.page, message);
  await expect(left.answers.last()).toContainText(`The stub heard: ${message}`);
});

test("the last question can be written anew and takes the old one's place", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.ask("hello");
  const first = page.waitForRequest("**/api/chat/stream");
  await chat.ask("price of the phnoe");
  await page.getByRole("button", { name: "Edit this question" }).click();
  await expect(chat.input).toHaveValue("price of the phnoe");
  await chat.input.press("Escape");
  await expect(chat.input).toHaveValue("");
  await chat.input.press("ArrowUp");
  await expect(chat.input).toHaveValue("price of the phnoe");
  const second = page.waitForRequest("**/api/chat/stream");
  await chat.send("price of the phone");
  expect((await second).postDataJSON().replaces).toBe((await first).headers()["idempotency-key"]);
  await expect(chat.log.getByText("phnoe")).toHaveCount(0);
  await expect(chat.answers).toHaveCount(2);
});

test("a person takes over, writes, and leaves: all of it without a reload, by name", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 480 }); // what comes has no room below what was asked
  const chat = await Chat.open(page);
  const sent = page.waitForRequest("**/api/chat/stream");
  await chat.ask("I want a person");
  const { session_id } = (await sent).postDataJSON();
  await expect(page.getByText("A person will take over.")).toBeVisible();
  await letGo(page, session_id);
  await expect(page.getByText("You are talking with Rosa.")).toBeVisible();
  await expect(chat.log.getByText("Rosa here, I am looking into it.")).toBeInViewport({ ratio: 1 });
  await letGo(page, session_id);
  const opinion = page.waitForRequest("**/satisfaction");
  await page.getByRole("button", { name: "Very good" }).click();
  expect((await opinion).postDataJSON()).toMatchObject({ score: 5 });
  await expect(chat.log.getByText("Rosa here")).toHaveCount(1);
});

test("a thumb down asks why, and both reach the shop", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.ask("hello");
  const down = page.waitForRequest("**/api/feedback");
  await page.getByRole("button", { name: "This did not help" }).click();
  expect((await down).postDataJSON()).toMatchObject({ score: "down" });
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeInViewport();
  await page.getByRole("button", { name: "It is wrong" }).click();
  await page.getByLabel(/Anything to add/).fill("It said hello back.");
  const reasons = page.waitForRequest("**/api/feedback");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  expect((await reasons).postDataJSON()).toMatchObject({
    score: "down",
    reasons: ["wrong"],
    comment: "It said hello back.",
  });
  await expect(page.getByText("Thank you.")).toBeVisible();
  await expect(page.getByRole("button", { name: "This did not help" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
});

test("a long message is folded, so that its answer is in view", async ({ page }) => {
  const chat = await Chat.open(page);
  const answer = await chat.ask(`long ${"line of many words ".repeat(100)}`);
  await expect(answer).toBeInViewport();
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
});

test("the server's own sentence is shown when it refuses a message", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.send("refuse this");
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
  const sizes = await box
    .getByRole("button", { name: /File it|Not now/ })
    .evaluateAll((both) =>
      both.map((one) => `${(one as HTMLElement).offsetWidth} × ${(one as HTMLElement).offsetHeight}`),
    );
  expect(sizes).toHaveLength(2);
  expect(sizes[0]).toBe(sizes[1]);
  await expect(await chat.press("File it")).toContainText("CMP-901");
  await expect(chat.log.getByText("You confirmed this.")).toBeVisible();
  await expect(chat.log.getByRole("button", { name: "File it" })).toHaveCount(0);
});

test("the conversation is there after a reload and gone after a new one was started", async ({ page }) => {
  const chat = await Chat.open(page);
  await chat.ask("hello");
  await page.reload();
  await expect(chat.answers).toHaveCount(1);
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByRole("button", { name: "Start a new one" }).click();
  await expect(chat.answers).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("Hi, what can I help you with?")).toBeVisible();
});

test("Enter that ends the composing of a character sends nothing", async ({ page }) => {
  const chat = await Chat.open(page);
  await expect(chat.input).toBeFocused(); // it is alive
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
  await expect(answer).not.toContainText("[link]"); // its Markdown is drawn
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

/** A conversation of 2,000 messages, of which every other one is an answer of several lines. */
async function openLong(page: Page): Promise<void> {
  await page.goto("/chat/");
  await page.evaluate(() => {
    const entries = Array.from({ length: 2000 }, (_, n) =>
      n % 2 === 0
        ? { role: "shopper", id: `q${n}`, text: `Question ${n}`, at: n, settled: true }
        : {
            role: "assistant",
            id: `a${n}`,
            text: `Answer **${n}**\n\n${"- more of it\n".repeat(n % 23)}`,
            at: n,
            reply: null,
          },
    );
    const kept = { version: 2, savedAt: Date.now(), sessionId: "long", handoff: null, entries };
    localStorage.setItem("support.chat.default", JSON.stringify(kept));
  });
  await page.reload();
  await expect(page.getByText("Question 1998")).toBeInViewport();
}

test("of 2,000 messages a screenful is in the page, wherever the reader is", async ({ page }) => {
  test.slow();
  await openLong(page);
  expect(await page.locator("[data-place]").count()).toBeLessThan(40);
  const { frames, reached, most } = await scrolled(page, {
    entries: "[data-place]",
    step: -1500,
    until: '[data-place="0"]',
  });
  console.log(`2,000 messages: ${frames}`);
  expect(reached).toBe(true);
  expect(most).toBeLessThan(60);
  const first = page.locator('[data-place="0"]');
  await first.scrollIntoViewIfNeeded();
  await expect(first).toContainText("Question 0");
  await page.getByRole("button", { name: "Jump to the latest message" }).click();
  await expect(page.locator('[data-place="1999"]')).toBeInViewport();
});

test("scrolling up through messages that were never drawn, what is read never jumps", async ({ page }) => {
  test.slow();
  await openLong(page);
  await expect(page.getByRole("log").locator("strong").last()).toBeVisible(); // Markdown is drawn
  const jumps = await page.evaluate(async () => {
    const box = document.querySelector("[data-scroller]") as HTMLElement;
    const frame = () => new Promise(requestAnimationFrame);
    box.dispatchEvent(new WheelEvent("wheel")); // a reader scrolls by hand: the view no longer follows the end
    const middle = () => {
      const { left, width, top, height } = box.getBoundingClientRect();
      return document
        .elementsFromPoint(left + width / 2, top + height / 2)
        .find((at) => at.matches("[data-place]"));
    };
    let most = 0;
    for (let steps = 0; steps < 60; steps += 1) {
      const row = middle();
      const before = row?.getBoundingClientRect().top ?? 0;
      box.scrollTop -= 120;
      await frame();
      await frame();
      if (row?.isConnected) most = Math.max(most, Math.abs(row.getBoundingClientRect().top - before - 120));
    }
    return most;
  });
  expect(jumps).toBeLessThan(3);
});
