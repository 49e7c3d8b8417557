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
    const before = await this.newest();
    await this.send(text);
    return this.answerAfter(before);
  }

  /** What the assistant has answered; a person of the shop may write in between. */
  get answers(): Locator {
    return this.log.locator("article:not([data-staff])");
  }

  /** The place of the newest message, which is always in the page; -1 before the first. */
  async newest(): Promise<number> {
    return Number((await this.places(this.log.locator("[data-place]"))).at(-1) ?? -1);
  }

  /** The answer to the message that came after that place. */
  async answerAfter(place: number): Promise<Locator> {
    const answered = this.log
      .locator("[data-place]")
      .filter({ has: this.page.locator("article:not([data-staff])") });
    const next = async () => (await this.places(answered)).find((one) => one > place + 1);
    await expect.poll(next, `the answer after ${place}`).toBeDefined();
    return this.log.locator(`[data-place="${await next()}"] article`);
  }

  private places(rows: Locator): Promise<number[]> {
    return rows.evaluateAll((all) => all.map((row) => Number((row as HTMLElement).dataset.place)));
  }

  /** Presses something in the last answer and waits for the answer to that. */
  async press(name: string | RegExp): Promise<Locator> {
    const before = await this.newest();
    await this.answers.last().getByRole("button", { name }).click();
    return this.answerAfter(before);
  }

  /** Shows who is asking, by the form where there is one, else in a message. */
  async prove(orderId: string, email: string): Promise<Locator> {
    return this.ask(`${orderId} ${email}`);
  }
}
