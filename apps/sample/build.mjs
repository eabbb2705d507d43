/** Bundles the service and its migrations into dist/: two files of JavaScript beside the SQL, without node_modules. */
import { cpSync, rmSync } from "node:fs";
import { build } from "esbuild";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const target = process.argv[2] ?? `${here}/dist`;

rmSync(target, { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: { main: "main.ts", migrate: "migrate/main.ts" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  outdir: target,
  sourcemap: "inline",
  // Only where somebody installed it: node-postgres looks for the native client, ws for faster masks.
  external: ["pg-native", "bufferutil", "utf-8-validate"],
  logLevel: "error",
});
cpSync(`${here}/migrations`, `${target}/migrations`, { recursive: true });
