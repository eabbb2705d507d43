/** Four hundred users with sessions: requests in turn, some orders, and a new login after a rejected one. */
import { analysisLimits } from "../../../components/core/limits/analysis";
import type { Client, Outcome } from "../load/client";
import { logIn } from "../processes/sample";
import type { Rehearsal } from "../rehearsal";
import { isLost } from "../tally";

const USERS = 400;
const PAGES_PER_SECOND = 90;
const ORDERS_PER_SECOND = 10;
/** No divisor in common with the number of users: each of them orders in turn, and in another order than they ask. */
const ORDER_STEP = 37;

/** What users met in one way of delivery. */
export interface Met {
  readonly requests: Readonly<Record<string, number>>;
  readonly errors: number;
  /** Of these, after traffic had gone back. */
  readonly after: number;
  readonly users: number;
  /** Good answers that took longer than the bound of the platform's latency gate. */
  readonly slow: number;
}

const isError = (outcome: Outcome): boolean => isLost(outcome) || outcome.status >= 300;

/** The users. */
export class Users {
  private readonly tokens = new Map<number, string>();
  private clients: readonly Client[] = [];

  /** Users of this rehearsal, through its nginx. */
  constructor(private readonly rehearsal: Pick<Rehearsal, "testbed" | "nginx">) {}

  private get proxy(): string {
    return this.rehearsal.nginx.url;
  }

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

  /** One kind of request, by users in turn. */
  private client(method: "GET" | "POST", path: string, perSecond: number): Client {
    const again = (outcome: Outcome): void => {
      // A login that fails is tried again with the next request.
      if (outcome.status >= 300) void this.login(userOf(method, outcome.index), this.proxy).catch(() => undefined);
    };
    const headers = (index: number) => {
      const user = userOf(method, index);
      return { cookie: `visitor=user-${user}; ${this.tokens.get(user) ?? ""}` };
    };
    const sending = { method, path: () => path, perSecond, keepAlive: true, retry: false } as const;
    return this.rehearsal.testbed.client({ ...sending, name: method, url: this.proxy, headers, onOutcome: again });
  }

  /** Begins to ask. */
  start(): void {
    this.clients = [this.client("GET", "/me", PAGES_PER_SECOND), this.client("POST", "/orders", ORDERS_PER_SECOND)];
    for (const client of this.clients) client.start();
  }

  /** Stops. @param back when traffic had gone back; milliseconds since 1970. */
  async stop(back: number): Promise<Met> {
    const logs = await Promise.all(
      this.clients.map(async (client) => {
        const { method } = client.settings;
        return (await client.stop()).map((outcome) => ({ ...outcome, user: userOf(method, outcome.index) }));
      }),
    );
    const outcomes = logs.flat();
    const errors = outcomes.filter(isError);
    const versions = outcomes.map(({ headers }) => String(headers["x-version"] ?? "none"));
    const bound = analysisLimits.latencyBound.value;
    return {
      requests: Object.fromEntries(
        [...new Set(versions)].map((one) => [one, versions.filter((v) => v === one).length]),
      ),
      errors: errors.length,
      after: errors.filter(({ planned }) => planned >= back).length,
      users: new Set(errors.map(({ user }) => user)).size,
      slow: outcomes.filter((outcome) => !isError(outcome) && outcome.milliseconds > bound).length,
    };
  }
}

function userOf(method: "GET" | "POST", index: number): number {
  return (method === "POST" ? index * ORDER_STEP : index) % USERS;
}
