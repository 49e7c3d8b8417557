/** Keeps the tokens of the desk in this tab and renews them; calls wait while somebody signs in again. */
import { ApiError } from "@/api/problem";
import type { StaffTokens } from "@/api/types";

const KEY = "support.staff";

type Refresh = (refreshToken: string) => Promise<StaffTokens>;

export class TokenKeeper {
  private tokens: StaffTokens | null;
  private renewing: Promise<void> | null = null;
  private waiting: { go: () => void; stop: (reason: unknown) => void }[] = [];

  /** `onExpired` is told when only a new sign-in helps; the calls go on once `keep` brings new tokens. */
  constructor(
    private readonly refresh: Refresh,
    private readonly onExpired: () => void,
  ) {
    this.tokens = JSON.parse(window.sessionStorage.getItem(KEY) ?? "null") as StaffTokens | null;
  }

  get current(): StaffTokens | null {
    return this.tokens;
  }

  keep(tokens: StaffTokens | null): void {
    this.tokens = tokens;
    if (tokens) window.sessionStorage.setItem(KEY, JSON.stringify(tokens));
    else window.sessionStorage.removeItem(KEY);
    const held = this.waiting.splice(0);
    for (const call of held) {
      if (tokens) call.go();
      else call.stop(new ApiError("problem", 401, "signed_out", ""));
    }
  }

  /** Runs a call with the access token; a token that has run out is renewed, or waited for, and the call repeated. */
  async run<T>(call: (token: string) => Promise<T>): Promise<T> {
    const used = this.tokens?.access_token ?? "";
    try {
      return await call(used);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      if (this.tokens?.access_token === used) await this.renew();
      return call(this.tokens?.access_token ?? "");
    }
  }

  /** One renewal for all calls that found the token old. */
  private renew(): Promise<void> {
    this.renewing ??= this.renewOnce().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  private async renewOnce(): Promise<void> {
    try {
      const next = await this.refresh(this.tokens?.refresh_token ?? "");
      this.keep({ ...this.tokens, ...next });
    } catch (error) {
      if (error instanceof ApiError && error.kind === "network") throw error;
      const entered = new Promise<void>((go, stop) => this.waiting.push({ go, stop }));
      this.onExpired();
      await entered;
    }
  }
}
