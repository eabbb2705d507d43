/** Issues tokens and reads them, by what this release does with them. */
import { sampleLimits } from "../limits/sample";
import { type Format, issue, read, type Session } from "./formats";

/** What a release does, and with which keys; the first one signs. */
export interface SessionSettings {
  readonly reads: readonly Format[];
  readonly writes: Format;
  readonly keys: readonly string[];
}

const HOUR_MS = 3_600_000;

/** Sessions without a store: both versions read a token without a call. */
export class Sessions {
  constructor(
    private readonly settings: SessionSettings,
    private readonly now: () => number = Date.now,
  ) {}

  /** A token for a user who has just logged in. */
  issue(user: string): string {
    const [key = ""] = this.settings.keys;
    return issue(this.settings.writes, { user, issued: this.now() }, key);
  }

  /** Who the token's user is; undefined for a token that this release does not accept. */
  read(token: string | undefined): Session | undefined {
    if (token === undefined) return undefined;
    const session = read(token, this.settings.reads, this.settings.keys);
    const oldest = this.now() - sampleLimits.sessionHours.value * HOUR_MS;
    return session?.issued !== undefined && session.issued < oldest ? undefined : session;
  }
}
