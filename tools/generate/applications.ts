/** The applications of this project: their specs in apps/, and the folders below gitops/ that are rendered from them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { ProblemsError } from "@fridayproof/components/core";
import { type AppPlatform, type AppSpec, render } from "@fridayproof/components/plan";
import { environments } from "../../stacks/environments/environments";
import type { EnvironmentInput } from "../../stacks/environments/schema";

/** A file of this project, from its root. */
export interface PlannedFile {
  readonly file: string;
  readonly text: string;
}

/** What a spec's module exports. */
interface SpecModule {
  readonly spec?: AppSpec;
}

const SPECS = "apps";
const IMAGES = `${SPECS}/images.json`;

/** Names of the specs: every module of apps/. */
function specNames(root: string): readonly string[] {
  const folder = path.join(root, SPECS);
  if (!existsSync(folder)) return [];
  const modules = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  return modules.map((file) => path.basename(file, ".ts")).sort();
}

/** The spec of an application. @throws Error where there is none, or where its module exports none. */
export function specOf(root: string, name: string): AppSpec {
  const file = path.join(root, SPECS, `${name}.ts`);
  if (!existsSync(file)) {
    const names = specNames(root);
    const known = names.length === 0 ? `${SPECS}/ has none yet` : `${SPECS}/ has ${names.join(", ")}`;
    throw new Error(
      `there is no application ${name}: ${known}. \`npx fridayproof new application ${name}\` writes one.`,
    );
  }
  const { spec } = createRequire(file)(file) as SpecModule;
  if (spec === undefined)
    throw new Error(`${SPECS}/${name}.ts exports no \`spec\`: write \`export const spec: AppSpec = …\`.`);
  if (spec.name !== name)
    throw new Error(`${SPECS}/${name}.ts: spec.name is "${spec.name}"; name it "${name}", or rename the file.`);
  return spec;
}

/** The image that smoke tests run. @throws ProblemsError where no image has been given. */
function curlImage(root: string): string {
  const file = path.join(root, IMAGES);
  const images = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { readonly curl?: string }) : {};
  if (images.curl === undefined) {
    const allowed = 'an image with curl by digest, which smoke tests run: { "curl": "registry/curl@sha256:..." }';
    const fix = "Write it there, or give it to `new application` as --curl-image; once is enough.";
    throw new ProblemsError(IMAGES, [{ path: "curl", got: undefined, allowed, fix }]);
  }
  return images.curl;
}

/** A row of the environments. @throws ProblemsError where there is none of that name. */
export function environmentOf(name: string): EnvironmentInput {
  const found = environments.find((row) => row.name === name);
  if (found === undefined) {
    const allowed = environments.map((row) => row.name).join(", ");
    const fix = "Take one of them, or write a new one with `npx fridayproof new environment`.";
    throw new ProblemsError("environment", [{ path: "name", got: name, allowed, fix }]);
  }
  return found;
}

/** What an environment gives its applications. @throws ProblemsError where there is no such environment. */
export function platformOf(root: string, environment: string): AppPlatform {
  return { domain: environmentOf(environment).domain, curlImage: curlImage(root) };
}

/** Every file below gitops/: of each environment, each application that it names, from the specs of this project. */
export function renderedFiles(
  root: string,
  of: readonly EnvironmentInput[] = environments,
  spec: (application: string) => AppSpec = (application) => specOf(root, application),
): readonly PlannedFile[] {
  return of.flatMap(({ name: environment, gitOps }) =>
    gitOps.applications.flatMap((application) =>
      render(spec(application), platformOf(root, environment), `${SPECS}/${application}.ts`).map(
        ({ path: file, text }) => ({ file: `gitops/${environment}/${application}/${file}`, text }),
      ),
    ),
  );
}

/** Files below gitops/ that nothing is rendered to any more, from the root. */
export function staleFiles(root: string, rendered: readonly PlannedFile[]): readonly string[] {
  const folder = path.join(root, "gitops");
  if (!existsSync(folder)) return [];
  const known = new Set(rendered.map(({ file }) => file));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !known.has(file))
    .sort();
}
