/** `npm run pack`: the tarball of each package, from what git has of it. `--out <folder>` names another place than dist/packages. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { buildPolicies } from "../setup/install.cjs";
import { packageProblems } from "./check";
import { declarationsOf } from "./declarations";
import { ROOT } from "./sources";
import { packageSources, stage, typedSources } from "./stage";

/** Stages and packs every package; returns the paths of the tarballs. @throws Error with all that is wrong with any of them. */
export function pack(out: string): readonly string[] {
  buildPolicies(ROOT);
  const declarations = declarationsOf(typedSources());
  const packages = packageSources(declarations);
  rmSync(out, { recursive: true, force: true });
  const folders = packages.map((sources) => {
    const target = path.join(out, "staged", sources.folder);
    mkdirSync(target, { recursive: true });
    stage(sources, target, declarations);
    return target;
  });
  const problems = folders.flatMap((folder) =>
    packageProblems(folder).map((problem) => `  ${path.basename(folder)}: ${problem}`),
  );
  if (problems.length > 0) throw new Error(`these packages would not work:\n${problems.join("\n")}`);
  const args = ["pack", "--json", "--pack-destination", out, ...folders];
  const packed = JSON.parse(execFileSync("npm", args, { cwd: ROOT, encoding: "utf8" })) as readonly {
    filename: string;
  }[];
  return packed.map(({ filename }) => path.join(out, filename));
}

if (require.main === module) {
  const at = process.argv.indexOf("--out");
  const out = path.resolve(at < 0 ? path.join(ROOT, "dist", "packages") : (process.argv[at + 1] ?? ""));
  try {
    console.log(pack(out).join("\n"));
  } catch (error) {
    console.error(`fridayproof: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
