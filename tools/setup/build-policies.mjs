/** Bundles the policy project into policies/dist/index.js: the engine starts it without compiling anything. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("../../policies/", import.meta.url));

/** What the bundle is made from besides the sources that esbuild names. */
const ALWAYS = [
  "package-lock.json",
  "policies/package.json",
  "policies/tsconfig.json",
  "tools/setup/build-policies.mjs",
];

/** Paths of everything that goes into the bundle, from the project root: the next set-up compares them with what it compiled. */
function writeInputs({ inputs }) {
  const root = path.dirname(path.resolve(folder));
  const sources = Object.keys(inputs).map((file) => path.relative(root, path.resolve(folder, file)));
  const own = sources.map((file) => file.split(path.sep).join("/")).filter((file) => !file.startsWith("node_modules/"));
  const listed = [...ALWAYS, ...own].sort();
  writeFileSync(path.join(folder, "dist", ".inputs"), `${listed.join("\n")}\n`);
}

/** Position and message of each error, a line each, instead of esbuild's stack trace. */
function linesOf(error) {
  if (!Array.isArray(error?.errors)) return [String(error?.message ?? error)];
  return error.errors.map(({ text, location }) =>
    location === null ? text : `policies/${location.file}:${location.line}: ${text}`,
  );
}

try {
  const { metafile } = await build({
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
    metafile: true,
    logLevel: "silent",
  });
  writeInputs(metafile);
} catch (error) {
  console.error(linesOf(error).join("\n"));
  process.exitCode = 1;
}
