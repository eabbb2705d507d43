/** Four hundred users with sessions: each asks in turn, and logs in again when it is sent away. */
import { Client, type Outcome } from "../load/client";
import { logIn } from "../processes/sample";
import { isLost } from "../tally";

const USERS = 400;
const PER_SECOND = 100;

/** What users met in one way of delivery. */
export interface Met {
  readonly requests: Readonly<Record<string, number>>;
  readonly errors: number;
  /** Of these, after traffic had gone back. */
  readonly after: number;
  readonly users: number;
}

/** The users. */
export class Users {
  private readonly tokens = new Map<number, string>();
  private client: Client | undefined;

  constructor(private readonly proxy: string) {}

  /** Logs one in, through nginx or at one instance. */
  private async login(user: number, url: string): Promise<void> {
    const token = await logIn(url, `user-${user}`, { cookie: `visitor=user-${user}` });
    if (token !== undefined) this.tokens.set(user, token);
  }

  /** Everybody has a session of the version behind this address. */
  async loginAll(url: string): Promise<void> {
    for (let user = 0; user < USERS; user++) await this.login(user, url);
  }

  /** The cookie of a session that the version behind this address issued, for a smoke test. */
  async session(url: string): Promise<string> {
    await this.login(USERS, url);
    return this.tokens.get(USERS) ?? "";
  }

  /** Begins to ask. */
  start(): void {
    const again = ({ index, status }: Outcome): void => {
      // A login that fails is tried again with the next request.
      if (status >= 300) void this.login(index % USERS, this.proxy).catch(() => undefined);
    };
    const headers = (index: number) => {
      const user = index % USERS;
      return { cookie: `visitor=user-${user}; ${this.tokens.get(user) ?? ""}` };
    };
    const shared = { method: "GET", path: () => "/me", keepAlive: true, retry: false, perSecond: PER_SECOND } as const;
    this.client = new Client({ ...shared, name: "users", url: this.proxy, headers, onOutcome: again });
    this.client.start();
  }

  /** Stops. @param back when traffic had gone back; milliseconds since 1970. */
  async stop(back: number): Promise<Met> {
    const outcomes = (await this.client?.stop()) ?? [];
    const errors = outcomes.filter((outcome) => isLost(outcome) || outcome.status >= 300);
    const versions = outcomes.map(({ headers }) => String(headers["x-version"] ?? "none"));
    return {
      requests: Object.fromEntries(
        [...new Set(versions)].map((one) => [one, versions.filter((v) => v === one).length]),
      ),
      errors: errors.length,
      after: errors.filter(({ planned }) => planned >= back).length,
      users: new Set(errors.map(({ index }) => index % USERS)).size,
    };
  }
}
