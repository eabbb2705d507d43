/** A stand-in for AWS AppConfig's agent, by AWS's user guide: it serves from its cache, and polls the service periodically. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "@fridayproof/sandbox/errors";
import { type Context, holds } from "./rules";

interface Variant {
  readonly name: string;
  readonly enabled: boolean;
  readonly attributeValues?: Readonly<Record<string, unknown>>;
  readonly rule?: string;
}

type Stored = Readonly<Record<string, unknown>> & {
  readonly enabled?: boolean;
  readonly _variants?: readonly Variant[];
};

/** A profile of type AWS.AppConfig.FeatureFlags, as it is stored. */
export interface Profile {
  readonly version: "1";
  readonly flags: Readonly<Record<string, { readonly name: string }>>;
  readonly values: Readonly<Record<string, Stored>>;
}

const BAD_REQUEST = 400;
const NOT_FOUND = 404;

function contextOf(request: IncomingMessage): Context {
  const header = request.headers["context"];
  const pairs = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",");
  return Object.fromEntries(pairs.map((pair) => pair.trim().split("="))) as Context;
}

/** One flag for one person: the first variant whose rule holds; the last has none. */
function answerOf(stored: Stored, context: Context): object {
  if (stored._variants === undefined) return stored;
  const found = stored._variants.find(({ rule }) => rule === undefined || holds(rule, context));
  if (found === undefined) throw new Error("no variant matches: the last one must have no rule");
  return { enabled: found.enabled, ...found.attributeValues, _variant: found.name };
}

/** The agent of one host. */
export class AppConfigAgent {
  private server: Server | undefined;
  private timer: NodeJS.Timeout | undefined;
  private served: Profile | undefined;
  private deployed: Profile | undefined;
  /** Where the profile is asked for. */
  url = "";

  /** @param path of application, environment and profile. @param pollMs the agent's POLL_INTERVAL; its default is 45 s. */
  constructor(
    private readonly path: string,
    private readonly pollMs: number,
  ) {}

  /** What a deployment brings: the agent has it after its next poll. */
  deploy(profile: Profile): void {
    this.deployed = profile;
  }

  /** Begins to answer. */
  async start(port = 0): Promise<void> {
    this.served = this.deployed;
    this.timer = setInterval(() => (this.served = this.deployed), this.pollMs);
    const server = createServer((request, response) => this.answer(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${this.path}`;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", "http://agent");
    const send = (status: number, body: unknown): void => void response.writeHead(status).end(JSON.stringify(body));
    if (url.pathname !== this.path || this.served === undefined)
      return send(NOT_FOUND, { Message: "ResourceNotFoundException" });
    const requested = url.searchParams.getAll("flag");
    const names = requested.length === 0 ? Object.keys(this.served.values) : requested;
    try {
      const rows = names.map((name) => {
        const stored = this.served?.values[name];
        if (stored === undefined) throw new Error(`there is no flag ${name}`);
        return [name, answerOf(stored, contextOf(request))] as const;
      });
      send(200, requested.length === 1 ? rows[0]?.[1] : Object.fromEntries(rows));
    } catch (error) {
      send(BAD_REQUEST, { Message: messageOf(error) });
    }
  }

  /** Ends it. */
  async end(): Promise<void> {
    clearInterval(this.timer);
    const server = this.server;
    server?.closeAllConnections();
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }
}
