/** The HTTP server: finds the route, brings in a rehearsal's faults, counts, and closes connections before it ends. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Config } from "../config";
import { Faults } from "../faults";
import { sampleLimits } from "../limits/sample";
import { type Answer, status, write } from "./answer";
import { type Parts, probes, type Route, routesOf } from "./routes";

const unknown = "unknown";

async function answered(route: Route, faults: Faults | undefined, request: IncomingMessage, url: URL): Promise<Answer> {
  try {
    await faults?.before(request.method ?? "");
    return await route(request, url);
  } catch (error) {
    request.resume();
    const problem = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${JSON.stringify({ problem, path: url.pathname })}\n`);
    return { status: status.failed, body: { problem: "the request failed; its reason stands in the log" } };
  }
}

/** The server of one instance, not listening yet. */
export function serverOf(parts: Parts, config: Config): Server {
  const routes = routesOf(parts);
  const brought = new Faults(config.faults, () => process.exit(1));
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const begun = performance.now();
    const url = new URL(request.url ?? "/", "http://sample");
    const name = `${request.method ?? ""} ${url.pathname}`;
    const route = routes.get(name);
    const notFound: Answer = { status: status.notFound, body: { problem: `there is no ${name}` } };
    if (route === undefined) request.resume();
    const faults = probes.has(name) ? undefined : brought;
    const answer = route === undefined ? notFound : await answered(route, faults, request, url);
    response.setHeader("X-Version", config.version);
    response.setHeader("X-Colour", config.colour);
    // Whoever reads this opens its next connection elsewhere; without it a proxy keeps this one for as long as it likes.
    if (parts.draining()) response.setHeader("Connection", "close");
    write(response, answer);
    // Paths that do not exist would be labels without end.
    parts.metrics.observe(route === undefined ? unknown : name, answer.status, performance.now() - begun);
  };
  const server = createServer((request, response) => void handle(request, response));
  server.keepAliveTimeout = sampleLimits.keepAlive.value;
  server.headersTimeout = sampleLimits.headers.value;
  return server;
}
