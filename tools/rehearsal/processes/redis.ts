/** A Redis of our own: in memory, 127.0.0.1 only. */
import { programPath } from "../../setup/debian-tools.cjs";
import { Program } from "./program";
import { accepts, freePort, until } from "./wait";

/** A running server. */
export interface RedisServer {
  readonly program: Program;
  readonly port: number;
  readonly url: string;
}

/** Starts one. @param port another than a free one, to come back at the same place. */
export async function startRedis(folder: string, port?: number): Promise<RedisServer> {
  const own = port ?? (await freePort());
  const args = ["--port", String(own), "--bind", "127.0.0.1", "--save", "", "--dir", folder];
  const program = new Program({ program: programPath("redis-server"), args, cwd: folder });
  await until(
    "Redis responds",
    () => accepts(own),
    () => program.output,
  );
  return { program, port: own, url: `redis://127.0.0.1:${own}` };
}
