/** The nginx of compose/, with the instances of a rehearsal behind it. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { programPath } from "../../setup/debian-tools.cjs";
import { Program } from "./program";
import { accepts, freePort, until } from "./wait";

const CONF = path.resolve(__dirname, "../../../apps/sample/compose/nginx");

/** Ports of the instances of each colour. */
export type Colours = Readonly<Record<"blue" | "green", readonly number[]>>;

/** A running nginx. */
export interface Nginx {
  readonly program: Program;
  /** Takes instances out that are not ready. */
  readonly watch: Program;
  readonly url: string;
  readonly folder: string;
  /** Where switch.sh puts its files. */
  readonly flags: string;
  readonly log: string;
}

/** The upstreams as compose/ has them, but for the addresses: a colour, and each of its instances alone. */
function upstreams(colour: string, ports: readonly number[]): string {
  const groups = [[colour, ports] as const, ...ports.map((port, index) => [`${colour}_${index + 1}`, [port]] as const)];
  const text = groups.map(([name, members]) => {
    const servers = members.map((port) => `  server 127.0.0.1:${port} max_fails=1 fail_timeout=1s;`);
    return [`upstream ${name} {`, ...servers, "  keepalive 32;", "  keepalive_timeout 500ms;", "}", ""].join("\n");
  });
  return text.join("");
}

/** Environment of switch.sh and watch.sh about the instances. */
export function scriptVariables({ flags, url }: Pick<Nginx, "flags" | "url">, colours: Colours) {
  const urls = (ports: readonly number[]): string => ports.map((port) => `http://127.0.0.1:${port}`).join(" ");
  return { FLAGS: flags, PROXY: url, BLUE: urls(colours.blue), GREEN: urls(colours.green) };
}

/** Starts one. Its folder must be readable for whom its workers run as. */
export async function startNginx(folder: string, colours: Colours): Promise<Nginx> {
  const own = path.join(folder, "nginx");
  cpSync(CONF, own, { recursive: true });
  for (const name of ["flags", "logs", "temp"]) mkdirSync(path.join(own, name), { recursive: true });
  const port = await freePort();
  writeFileSync(path.join(own, "listen.conf"), `listen 127.0.0.1:${port};\n`);
  writeFileSync(path.join(own, "upstreams.conf"), upstreams("blue", colours.blue) + upstreams("green", colours.green));
  const args = ["-p", `${own}/`, "-c", "nginx.conf", "-e", "logs/error.log", "-g", "daemon off;"];
  const program = new Program({ program: programPath("nginx"), args, cwd: own, signal: "QUIT" });
  await until(
    "nginx responds",
    () => accepts(port),
    () => program.output,
  );
  const running = { url: `http://127.0.0.1:${port}`, flags: path.join(own, "flags") };
  const env = scriptVariables(running, colours);
  const watch = new Program({ program: path.join(CONF, "../watch.sh"), args: [], cwd: own, env });
  return { program, watch, ...running, folder: own, log: path.join(own, "logs", "access.log") };
}
