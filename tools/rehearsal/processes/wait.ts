/** Waiting for a condition, and what is behind a port: nobody, or somebody who accepts connections. */
import { type AddressInfo, createConnection, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const LOOK_MS = 10;

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

/** A port of 127.0.0.1 that nobody has at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
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
