/** What a person does at the desk. */
import { expect, type Locator, type Page } from "@playwright/test";

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token that the stand-in server takes; each has its own changes. */
export const stubToken = (role = "admin"): string =>
  `h.${encoded({ subject: "ida", role, tenant: "stub", name: crypto.randomUUID() })}.s`;

export class Desk {
  readonly rows: Locator;

  constructor(readonly page: Page) {
    this.rows = page.getByRole("list", { name: "Inbox" }).getByRole("listitem");
  }

  /** Opens a screen as somebody who signed in before. */
  static async open(page: Page, path: string, token: string): Promise<Desk> {
    await page.addInitScript(
      (access_token) =>
        localStorage.getItem("support.staff") ??
        localStorage.setItem("support.staff", JSON.stringify({ access_token, refresh_token: "gone" })),
      token,
    );
    await page.goto(path);
    await expect(
      page.getByRole("navigation", { name: "Desk" }).or(page.getByRole("button", { name: "Menu" })),
    ).toBeVisible();
    return new Desk(page);
  }

  async signIn(password: string): Promise<void> {
    await this.page.getByLabel("E-mail address").fill("ida@example.com");
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }
}
