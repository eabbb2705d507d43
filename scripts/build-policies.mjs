/** Bundles the policy project into policies/dist/index.js: the engine starts it without compiling anything. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("../policies/", import.meta.url));

/** Where and what, a line each: a stack of esbuild's tells nobody which file to mend or which folder to open. */
function linesOf(error) {
  if (!Array.isArray(error?.errors)) return [String(error?.message ?? error)];
  return error.errors.map(({ text, location }) =>
    location === null ? text : `policies/${location.file}:${location.line}: ${text}`,
  );
}

await build({
  absWorkingDir: folder,
  entryPoints: ["index.ts"],
  outfile: "dist/index.js",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // The engine starts the pack with its own copies of the SDK; a second copy inside the bundle would not share its settings.
  external: ["@pulumi/*"],
  sourcemap: "linked",
  logLevel: "silent",
}).catch((error) => {
  console.error(linesOf(error).join("\n"));
  process.exitCode = 1;
});
