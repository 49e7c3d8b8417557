/** Gathers streamed words and passes them on every 50 ms, so that the page is drawn 20 times a second at most. */
const FLUSH_MS = 50;

export class TextBuffer {
  private waiting = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly emit: (text: string) => void) {}

  add(text: string): void {
    this.waiting += text;
    this.timer ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting === "") return;
    const text = this.waiting;
    this.waiting = "";
    this.emit(text);
  }

  drop(): void {
    this.waiting = "";
    this.flush();
  }
}
