/** The routes of the service, by method and path. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Checks } from "../dependencies/checks";
import type { Flags } from "../flags/flags";
import { sampleLimits } from "../limits/sample";
import type { Metrics } from "../metrics";
import type { Orders } from "../orders";
import type { Session } from "../sessions/formats";
import type { Sessions } from "../sessions/sessions";
import { type Answer, bodyOf, cookieOf, status } from "./answer";

/** What routes are made of. */
export interface Parts {
  readonly checks: Checks;
  readonly flags: Flags;
  readonly metrics: Metrics;
  readonly orders: Orders;
  readonly sessions: Sessions;
  readonly draining: () => boolean;
}

/** Answers one request. */
export type Route = (request: IncomingMessage, url: URL) => Promise<Answer>;

/** Paths that a fault must not touch: probes must get the process's real state. */
export const probes: ReadonlySet<string> = new Set(["GET /live", "GET /ready", "GET /metrics"]);

const problem = (code: number, what: string): Answer => ({ status: code, body: { problem: what } });

/** 401 without a session, and no redirect: a gate distinguishes it from a good response. */
function withSession(
  sessions: Sessions,
  route: (session: Session, ...rest: Parameters<Route>) => Promise<Answer>,
): Route {
  return async (request, url) => {
    const session = sessions.read(cookieOf(request, "session"));
    if (session !== undefined) return route(session, request, url);
    // Read to its end, or the connection could not be used again.
    request.resume();
    return problem(status.unauthorized, "there is no session that this version accepts: log in");
  };
}

function probeRoutes({ checks, metrics, draining }: Parts): Readonly<Record<string, Route>> {
  return {
    "GET /live": () => Promise.resolve({ status: status.ok, body: { live: true } }),
    "GET /ready": () => {
      const { ready, ...state } = checks.state;
      const serves = ready && !draining();
      const body = { ready: serves, draining: draining(), ...state };
      return Promise.resolve({ status: serves ? status.ok : status.unavailable, body });
    },
    "GET /metrics": async () => ({ status: status.ok, body: await metrics.text() }),
  };
}

function cookies(token: string, visitor: string): Readonly<Record<string, string>> {
  return { "Set-Cookie": `session=${token}; Path=/; HttpOnly; SameSite=Lax`, "X-Visitor": visitor };
}

function sessionRoutes({ sessions, orders, flags }: Parts): Readonly<Record<string, Route>> {
  return {
    "POST /login": async (request, url) => {
      request.resume();
      const user = url.searchParams.get("user");
      if (user === null || user === "")
        return Promise.resolve(problem(status.badRequest, "user is missing: ?user=name"));
      return Promise.resolve({ status: status.ok, body: { user }, headers: cookies(sessions.issue(user), user) });
    },
    "GET /me": withSession(sessions, async ({ user }, request) => {
      const country = request.headers["x-country"];
      const person = { userId: user, ...(typeof country === "string" ? { country } : {}) };
      const [orders_, preview] = await Promise.all([orders.counted(user), flags.enabledFor("price-preview", person)]);
      return { status: status.ok, body: { user, orders: orders_, preview } };
    }),
  };
}

function orderRoutes({ sessions, orders, flags }: Parts): Readonly<Record<string, Route>> {
  return {
    "POST /orders": withSession(sessions, async ({ user }, request) => {
      const body = await bodyOf(request);
      if (body === undefined)
        return problem(status.tooLarge, `an order has at most ${sampleLimits.bodyMost.value} bytes`);
      if (!flags.enabled("orders")) return problem(status.unavailable, "orders are switched off for the moment");
      const id = request.headers["idempotency-key"];
      const requestId = typeof id === "string" && id !== "" ? id : randomUUID();
      return { status: status.created, body: await orders.place(requestId, user, body === "" ? "nothing" : body) };
    }),
    "GET /price": async (_request, url) => {
      const item = url.searchParams.get("item") ?? "";
      return { status: status.ok, body: { item, price: await orders.price(item) } };
    },
    "GET /slow": slow,
    "POST /slow": slow,
  };
}

/** A request that takes the time given in it. */
async function slow(request: IncomingMessage, url: URL): Promise<Answer> {
  request.resume();
  const ms = Number(url.searchParams.get("ms"));
  if (!(ms >= 0 && ms <= sampleLimits.slowMost.value))
    return problem(status.badRequest, `ms is a number from 0 to ${sampleLimits.slowMost.value}`);
  await pause(ms);
  return { status: status.ok, body: { ms } };
}

/** Every route by `METHOD /path`. */
export const routesOf = (parts: Parts): ReadonlyMap<string, Route> =>
  new Map(Object.entries({ ...probeRoutes(parts), ...sessionRoutes(parts), ...orderRoutes(parts) }));
