/** The screens of the desk against the stand-in server. */
import { expect, test } from "@playwright/test";
import { Desk, stubToken } from "../desk";
import { scrolled } from "../scrolling";
import { expectSound } from "../sound";

const SCREENS = [
  "/staff/",
  "/staff/case/?conversation=C-1",
  "/staff/case/?complaint=CMP-901",
  "/staff/knowledge/",
  "/staff/knowledge/?tab=unanswered",
  "/staff/knowledge/?tab=try",
  "/staff/numbers/",
  "/staff/enquiries/",
  "/staff/outbox/",
  "/staff/audit/",
  ...["chat", "policies", "hours", "canned", "learned", "playground", "team", "webhooks", "keys"].map(
    (tab) => `/staff/settings/?tab=${tab}`,
  ),
];

// Colours do not depend on the width, nor the layout on the colours: two of the four cases see everything.
for (const [colorScheme, width] of [
  ["light", 390],
  ["dark", 1440],
] as const) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("every screen of the desk is accessible and fits", async ({ page }) => {
      test.slow();
      const token = stubToken();
      for (const path of SCREENS) {
        await Desk.open(page, path, token);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectSound(page);
      }
    });
  });
}

test("signing in leads to the inbox, in every tab; signing out leaves it in all; a wrong password does not", async ({
  page,
}) => {
  await page.goto("/staff/");
  const desk = new Desk(page);
  await desk.signIn("a guess");
  await expect(page.getByRole("alert").first()).toContainText("wrong");
  await desk.signIn("a long password");
  await expect(desk.rows.first()).toContainText("Where is my order?");
  const other = await page.context().newPage();
  await other.goto("/staff/"); // another tab of the same browser
  await expect(new Desk(other).rows.first()).toContainText("Where is my order?");
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Support desk" })).toBeVisible();
});

test("who has no rights to a screen is not offered it", async ({ page }) => {
  await Desk.open(page, "/staff/settings/", stubToken("support"));
  const places = page.getByRole("navigation", { name: "Desk" });
  await expect(places.getByRole("link", { name: "Inbox" })).toBeVisible();
  await expect(places.getByRole("link", { name: "Audit" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "API keys" })).toHaveCount(0);
});

test("when the time is up the screen stays, what was typed stays, and the call goes on after signing in", async ({
  page,
}) => {
  const token = stubToken();
  const desk = await Desk.open(page, "/staff/case/?conversation=C-1", token);
  await page.getByRole("button", { name: "Note", exact: true }).click();
  const field = page.getByLabel("Note for the team");
  await field.fill("He is waiting at home.");
  await page.request.post("/api/staff/expire", { headers: { authorization: `Bearer ${token}` }, data: {} });
  // whether or not news were asked for in between, which opens the dialog too
  await page.getByRole("button", { name: "Save note" }).dispatchEvent("click");
  await expect(page.getByRole("dialog", { name: "Sign in" })).toBeVisible();
  await expect(field).toHaveValue("He is waiting at home.");
  await desk.signIn("a long password");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(
    page.getByLabel("Conversation", { exact: true }).getByText("He is waiting at home."),
  ).toBeVisible();
  await expect(field).toHaveValue("");
});

test("items are chosen and closed together, by keyboard alone", async ({ page }) => {
  const desk = await Desk.open(page, "/staff/", stubToken());
  await expect(desk.rows.first()).toBeVisible();
  for (const key of ["j", "x", "j", "j", "x"]) await page.keyboard.press(key);
  await expect(page.getByRole("region", { name: "Selected items" })).toContainText("2 selected");
  await page.keyboard.press("e");
  await expect(page.getByText("2 items changed.")).toBeVisible();
  await expect(desk.rows.nth(0)).toContainText("Closed");
  await expect(desk.rows.nth(1)).not.toContainText("Closed");
  await expect(desk.rows.nth(2)).toContainText("Closed");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Taken back.")).toBeVisible();
  await expect(desk.rows.nth(0)).toContainText("Open");
  await expect(desk.rows.nth(2)).toContainText("Waiting for customer");
  await page.keyboard.press("k");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Pat Doe" })).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByLabel("Reply to the customer")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("u");
  await expect(page.getByRole("heading", { level: 1, name: "Inbox" })).toBeVisible();
});

test("a complaint is answered with the keys of a conversation, and the next case is a key away", async ({
  page,
}) => {
  const desk = await Desk.open(page, "/staff/?sort=created", stubToken());
  await expect(desk.rows.first()).toBeVisible();
  const second = await desk.rows.nth(1).getByRole("link").getAttribute("href");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Pat Doe" })).toBeVisible();
  await page.keyboard.press("u");
  await expect(page).toHaveURL(/\?sort=created$/);
  await expect(desk.rows.first().getByRole("link")).toBeFocused(); // the list goes on where it was left
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Pat Doe" })).toBeVisible();
  await page.keyboard.press("j");
  await expect(page).toHaveURL(new RegExp(`${second?.replaceAll("?", "\\?")}$`));

  await page.goto("/staff/case/?complaint=CMP-901");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("CMP-901");
  await page.keyboard.press("n");
  await expect(page.getByLabel("Note for the team")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.keyboard.press("/");
  await expect(page.getByLabel("Search canned replies")).toBeFocused();
  await page.keyboard.press("Escape");
  const answered = page.waitForRequest("**/api/staff/complaints/CMP-901/notes");
  await page.getByLabel("Answer the customer by mail").fill("We send another one.");
  await page.keyboard.press("Control+Enter");
  expect((await answered).postDataJSON()).toEqual({ text: "We send another one.", public: true });
});

test("searching and the list of shortcuts are a key away", async ({ page }) => {
  const desk = await Desk.open(page, "/staff/", stubToken());
  await expect(desk.rows.first()).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("number 4321");
  await expect(desk.rows).toHaveCount(1);
  await expect(desk.rows.first()).toContainText("Matter number 4321");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Take over");
});

test("5,000 items scroll without a pause, with only a screenful in the page", async ({ page }) => {
  test.slow();
  const desk = await Desk.open(page, "/staff/", stubToken());
  await expect(desk.rows.first()).toBeVisible();
  const { frames, reached, most } = await scrolled(page, {
    entries: "[data-place]",
    step: 1200,
    until: '[data-place="4999"]',
  });
  console.log(`5,000 rows: ${frames}`);
  expect(reached).toBe(true);
  expect(most).toBeLessThan(80);
});

test("an answer shows what was understood, what was done, and which rule refused", async ({ page }) => {
  await Desk.open(page, "/staff/case/?conversation=C-1", stubToken());
  await page.getByText("Delivery 12 ms").last().click();
  await expect(page.getByRole("list", { name: "What was understood" }).last()).toContainText("ORD-9001");
  await expect(page.getByRole("list", { name: "What was done" }).last()).toContainText(
    "cancel_pending_only Refused",
  );
});

test("nothing known is written as a dash, never as zero", async ({ page }) => {
  await Desk.open(page, "/staff/numbers/", stubToken());
  await expect(page.getByRole("region", { name: "Satisfaction, of 5" })).toContainText("–");
  await expect(page.getByRole("region", { name: "Tool errors" })).toContainText("0");
  const chart = page.getByRole("region", { name: "Conversations", exact: true });
  await expect(chart).toContainText("21");
  await chart.getByText("Table").click();
  await expect(chart.getByRole("row")).toHaveCount(8); // a title and seven days
});

test("what the language model took stands by kind of call and day, and a plan that runs out is said everywhere", async ({
  page,
}) => {
  await Desk.open(page, "/staff/knowledge/", stubToken());
  const warning = page.getByText("has used 84 % of the token budget of today");
  await expect(warning).toBeVisible();
  await page.getByRole("link", { name: "See the numbers" }).click();
  await expect(page.getByRole("table", { name: "Used of the plan small" })).toContainText("$1.25 of $5.00");
  const kind = page.getByRole("region", { name: "Wording replies" });
  await expect(kind).toContainText("66K tokens");
  await expect(kind).toContainText("32 calls · 12 answered from memory · 2 failed");
  await kind.getByText("Table").click();
  await expect(kind.getByRole("row").nth(6)).toContainText("3266K$0.60");
});

test("wordings stand side by side, and a difference that may be chance is not called one", async ({
  page,
}) => {
  await Desk.open(page, "/staff/numbers/", stubToken());
  const wordings = page.getByRole("region", { name: "Wordings of replies" });
  await expect(wordings.getByRole("row", { name: /^The usual one/ })).toContainText(
    "75%, between 65% and 83% · 60 of 80 ratings",
  );
  await expect(wordings.getByRole("row", { name: /^brief/ })).toContainText("No sure difference");
  await expect(wordings.getByRole("row", { name: /^chatty/ })).toContainText("Worse");
  await expect(wordings.getByRole("row", { name: /^new/ })).toContainText("Not rated yet");
});

test("who may not see the numbers is not warned of the plan", async ({ page }) => {
  const desk = await Desk.open(page, "/staff/", stubToken("support"));
  await expect(desk.rows.first()).toBeVisible();
  await expect(page.getByText("token budget")).toHaveCount(0);
});

test("a question is tried against what is live and with the drafts", async ({ page }) => {
  await Desk.open(page, "/staff/knowledge/?tab=try", stubToken());
  await page.getByLabel("Question").fill("Do you ship to the moon?");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Live" })).toContainText(
    "Nothing written down answers this.",
  );
  await expect(page.getByRole("region", { name: "With drafts" })).toContainText("We do, by rocket.");
  await expectSound(page);
});

test("what is refused is said once, beside what was filled in", async ({ page }) => {
  await Desk.open(page, "/staff/settings/?tab=webhooks", stubToken());
  await page.getByRole("button", { name: "New webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "New webhook" });
  await dialog.getByLabel("Address").fill("https://shop.example/hook");
  await dialog.getByLabel("Events").fill("nonsense");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("nonsense is no event.");
  await expect(page.getByText("nonsense is no event.")).toHaveCount(1);
});

test.describe("a browser that speaks German", () => {
  test.use({ locale: "de-DE" });

  test("finds the desk in German, and another language once that was chosen", async ({ page }) => {
    await Desk.open(page, "/staff/", stubToken());
    const title = page.getByRole("heading", { level: 1 });
    await expect(title).toHaveText("Posteingang");
    await page.getByLabel("Sprache").selectOption("Español");
    await expect(title).toHaveText("Bandeja");
    await page.reload();
    await expect(title).toHaveText("Bandeja");
    await expectSound(page);
  });
});
