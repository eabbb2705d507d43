/** The specs of the applications, as their teams commit them: a module of apps/ for each. */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { AppSpec } from "@fridayproof/components/plan";

/** What a spec's module exports. */
interface SpecModule {
  readonly spec?: AppSpec;
}

/** Folder of the specs, from the root. */
export const SPECS = "apps";

/** Names of the specs: every module of apps/. */
function specNames(root: string): readonly string[] {
  const folder = path.join(root, SPECS);
  if (!existsSync(folder)) return [];
  const modules = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  return modules.map((file) => path.basename(file, ".ts")).sort();
}

/** The module. @throws Error that names the file where it cannot be read or run. */
function loaded(file: string, shown: string): SpecModule {
  try {
    return createRequire(file)(file) as SpecModule;
  } catch (error) {
    throw new Error(`${shown} cannot be read: ${String(error instanceof Error ? error.message : error)}`, {
      cause: error,
    });
  }
}

/** The spec of an application. @param root folder of Pulumi.yaml @throws Error where there is none, or where its module exports none. */
export function specOf(root: string, name: string): AppSpec {
  const file = path.join(root, SPECS, `${name}.ts`);
  if (!existsSync(file)) {
    const names = specNames(root);
    const known = names.length === 0 ? `${SPECS}/ has none yet` : `${SPECS}/ has ${names.join(", ")}`;
    throw new Error(
      `there is no application ${name}: ${known}. \`npx fridayproof new application ${name}\` writes one.`,
    );
  }
  const { spec } = loaded(file, `${SPECS}/${name}.ts`);
  if (typeof spec !== "object" || spec === null)
    throw new Error(`${SPECS}/${name}.ts exports no \`spec\`: write \`export const spec: AppSpec = …\`.`);
  if (spec.name !== name)
    throw new Error(`${SPECS}/${name}.ts: spec.name is "${spec.name}"; name it "${name}", or rename the file.`);
  return spec;
}

/** Reads the spec from the project of this file. */
export const ownSpec = (name: string): AppSpec => specOf(path.resolve(__dirname, "../.."), name);
