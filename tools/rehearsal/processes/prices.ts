/** The HTTP API that the sample depends on, in this process: it may be slow, or fail. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A running API. */
export interface Prices {
  readonly url: string;
  /** Milliseconds before each answer. */
  delayMs: number;
  status: number;
  /** Questions so far. */
  requests: number;
  readonly server: Server;
}

/** Starts one. */
export function startPrices(): Promise<Prices> {
  return new Promise((resolve) => {
    const server = createServer((_request, response) => {
      prices.requests++;
      setTimeout(() => response.writeHead(prices.status).end(JSON.stringify({ cents: 100 })), prices.delayMs);
    });
    const prices: Prices = { url: "", delayMs: 0, status: 200, requests: 0, server };
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      resolve(Object.assign(prices, { url: `http://127.0.0.1:${port}` }));
    });
  });
}
