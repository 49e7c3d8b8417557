/** Keeps the tokens of the desk for every tab of this browser and renews them; calls wait while somebody signs in again. */
import { ApiError } from "@/api/problem";
import type { StaffTokens } from "@/api/types";

const KEY = "support.staff";
/** A refresh token is good once: one tab at a time renews, and the others take what it got. */
const RENEWING = "support.staff.renewing";

/** As another tab may have left them. */
const kept = (): StaffTokens | null => JSON.parse(window.localStorage.getItem(KEY) ?? "null");

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
    this.tokens = kept();
  }

  get current(): StaffTokens | null {
    return this.tokens;
  }

  /** Tells who signs in, out or on in another tab, until the returned function is called. */
  follow(onChange: (tokens: StaffTokens | null) => void): () => void {
    const take = ({ key }: StorageEvent) => {
      if (key !== KEY) return;
      this.take(kept());
      onChange(this.tokens);
    };
    window.addEventListener("storage", take);
    return () => window.removeEventListener("storage", take);
  }

  keep(tokens: StaffTokens | null): void {
    if (tokens) window.localStorage.setItem(KEY, JSON.stringify(tokens));
    else window.localStorage.removeItem(KEY);
    this.take(tokens);
  }

  private take(tokens: StaffTokens | null): void {
    this.tokens = tokens;
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
      await alone(() => this.exchange());
    } catch (error) {
      if (error instanceof ApiError && error.kind === "network") throw error;
      const entered = new Promise<void>((go, stop) => this.waiting.push({ go, stop }));
      this.onExpired();
      await entered;
    }
  }

  private async exchange(): Promise<void> {
    const left = kept();
    if (left && left.access_token !== this.tokens?.access_token) return this.take(left); // another tab was faster
    const next = await this.refresh(this.tokens?.refresh_token ?? "");
    this.keep({ ...this.tokens, ...next });
  }
}

/** There are no locks without TLS; such a page is as good as alone. */
const alone = async (work: () => Promise<void>): Promise<void> =>
  navigator.locks ? navigator.locks.request(RENEWING, work) : work();
