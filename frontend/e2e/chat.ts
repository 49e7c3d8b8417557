/** What a person does in the chat. */
import { expect, type Locator, type Page } from "@playwright/test";

export class Chat {
  readonly input: Locator;
  readonly log: Locator;

  constructor(readonly page: Page) {
    this.input = page.getByLabel("Your message");
    this.log = page.getByRole("log");
  }

  static async open(page: Page, path = "/chat/"): Promise<Chat> {
    await page.goto(path);
    const chat = new Chat(page);
    await expect(chat.input).toBeVisible();
    return chat;
  }

  async send(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press("Enter");
  }

  /** Sends a message and waits for the whole answer, which it returns. */
  async ask(text: string): Promise<Locator> {
    const before = await this.answers.count();
    await this.send(text);
    return this.answerAfter(before);
  }

  /** What the assistant has answered; a person of the shop may write in between. */
  get answers(): Locator {
    return this.log.locator("article:not([data-staff])");
  }

  async answerAfter(count: number): Promise<Locator> {
    await expect(this.answers.nth(count)).toBeVisible();
    return this.answers.nth(count);
  }

  /** Presses something in the last answer and waits for the answer to that. */
  async press(name: string | RegExp): Promise<Locator> {
    const before = await this.answers.count();
    await this.answers.last().getByRole("button", { name }).click();
    return this.answerAfter(before);
  }

  /** Shows who is asking, by the form where there is one, else in a message. */
  async prove(orderId: string, email: string): Promise<Locator> {
    return this.ask(`${orderId} ${email}`);
  }
}
