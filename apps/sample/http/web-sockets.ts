/** WebSockets: each message comes back; at a drain each connection is closed with a reason, so that its client comes back. */
import type { Server } from "node:http";
import { WebSocketServer } from "ws";

/** "Going away": a client that gets it connects anew. Source: RFC 6455, section 7.4.1. */
const GOING_AWAY = 1001;

/** The WebSockets of one instance, at /ws. */
export class WebSockets {
  private readonly server: WebSocketServer;

  constructor(server: Server, version: string) {
    this.server = new WebSocketServer({ server, path: "/ws" });
    this.server.on("connection", (socket) => {
      socket.send(JSON.stringify({ version }));
      socket.on("message", (message) => socket.send(String(message as Buffer)));
      // What a client breaks off ends its own connection only.
      socket.on("error", () => socket.terminate());
    });
  }

  /** Closes every connection: Node closes none of them with the server. */
  goodbye(): void {
    for (const socket of this.server.clients) socket.close(GOING_AWAY, "this instance is going");
  }

  /** Cuts those that are still there. */
  cut(): void {
    for (const socket of this.server.clients) socket.terminate();
  }
}
