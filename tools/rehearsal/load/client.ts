/** A client that sends at a constant rate, whatever comes back: what is late is counted from when it should have been sent. */
import { Agent, type IncomingMessage, request } from "node:http";

/** How a client sends. */
export interface ClientSettings {
  readonly name: string;
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly path: (index: number) => string;
  readonly headers?: (index: number) => Readonly<Record<string, string>>;
  readonly perSecond: number;
  readonly keepAlive: boolean;
  /** Whether a request without an answer is sent once more, on a connection of its own. */
  readonly retry: boolean;
  readonly timeoutMs?: number;
  /** Called with each outcome as it comes. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** What became of one request. */
export interface Outcome {
  readonly index: number;
  /** Milliseconds since 1970. */
  readonly planned: number;
  /** 0: no answer. */
  readonly status: number;
  readonly milliseconds: number;
  readonly retried: boolean;
  readonly headers: IncomingMessage["headers"];
  readonly problem?: string;
}

interface Sent {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly problem?: string;
}

const TIMEOUT_MS = 15_000;
const SECOND_MS = 1_000;
const BODY = "a rehearsal's order";

/** A client; `start` and `stop` may follow each other as often as one likes. */
export class Client {
  readonly outcomes: Outcome[] = [];
  private readonly agent: Agent;
  private timer: NodeJS.Timeout | undefined;
  private readonly open = new Set<Promise<void>>();
  private index = 0;

  constructor(readonly settings: ClientSettings) {
    // First in, first out: connections stay idle for as long as they can, which is where a proxy closes them.
    this.agent = new Agent({ keepAlive: settings.keepAlive, scheduling: "fifo", maxSockets: Infinity });
  }

  private send(index: number, agent: Agent | false): Promise<Sent> {
    const { url, method, path, headers, timeoutMs = TIMEOUT_MS } = this.settings;
    return new Promise((resolve) => {
      const failed = (problem: string): void => resolve({ status: 0, headers: {}, problem });
      const body = method === "POST" ? { "Content-Length": String(BODY.length) } : {};
      const options = { method, agent, timeout: timeoutMs, headers: { ...headers?.(index), ...body } };
      const call = request(new URL(path(index), url), options, (answer) => {
        answer.resume();
        answer.once("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
        answer.once("error", (error) => failed(error.message));
      });
      call.once("timeout", () => call.destroy(new Error("no response in time")));
      call.once("error", (error: NodeJS.ErrnoException) => failed(error.code ?? error.message));
      call.end(method === "POST" ? BODY : undefined);
    });
  }

  private async one(index: number, planned: number): Promise<void> {
    const { keepAlive, retry } = this.settings;
    const first = await this.send(index, keepAlive ? this.agent : false);
    const again = first.status === 0 && retry;
    const last = again ? await this.send(index, false) : first;
    const outcome = { index, planned, milliseconds: Date.now() - planned, retried: again, ...last };
    this.outcomes.push(outcome);
    this.settings.onOutcome?.(outcome);
  }

  /** Begins to send. */
  start(): void {
    const begun = Date.now();
    const every = SECOND_MS / this.settings.perSecond;
    let due = 0;
    const tick = (): void => {
      for (; begun + due * every <= Date.now(); due++) {
        const done = this.one(this.index++, begun + due * every);
        this.open.add(done);
        void done.then(() => this.open.delete(done));
      }
      this.timer = setTimeout(tick, Math.max(0, begun + due * every - Date.now()));
    };
    tick();
  }

  /** Stops sending and waits for the answers. */
  async stop(): Promise<readonly Outcome[]> {
    clearTimeout(this.timer);
    await Promise.all(this.open);
    this.agent.destroy();
    return this.outcomes;
  }
}
