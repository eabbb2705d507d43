/** Waiting for a condition, and what is behind a port: nobody, or somebody who accepts connections. */
import { randomInt } from "node:crypto";
import { createConnection, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const LOOK_MS = 10;
/**
 * Below the ports that the kernel gives to outgoing connections: an instance that starts, or comes back, under load would
 * find its port taken by a client's connection (EADDRINUSE). Source: Linux, Documentation/networking/ip-sysctl.rst,
 * ip_local_port_range: 32768 to 60999; macOS and IANA begin at 49152.
 */
const PORTS = { least: 20_000, most: 32_768 } as const;

/** Waits until `holds`. @throws Error with `what`, and what is known by then, when it does not within `patienceMs`. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  known: () => string = () => "",
  patienceMs = 20_000,
): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${patienceMs} ms. ${known()}`.trim());
    await pause(LOOK_MS);
  }
}

/** Whether this process can listen there. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** A port of 127.0.0.1 that nobody has at this moment, and that no connection takes later. */
export async function freePort(): Promise<number> {
  const port = randomInt(PORTS.least, PORTS.most);
  return (await listens(port)) ? port : freePort();
}

/** Whether somebody accepts connections there. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" });
    const answer = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}
