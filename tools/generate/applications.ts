/** The applications of this project: their specs in apps/, and the folders below gitops/ that are rendered from them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { ProblemsError } from "@fridayproof/components/core";
import { type AppPlatform, type AppSpec, render, STANDBY_FOLDER, standbyManifest } from "@fridayproof/components/plan";
import { messageOf } from "@fridayproof/sandbox/errors";
import { stringify } from "yaml";
import type { PlannedFile } from "../../cli/context/hook-types";
import { SPECS, specOf } from "../../stacks/environments/application-specs";
import { environments } from "../../stacks/environments/environments";
import type { EnvironmentInput } from "../../stacks/environments/schema";

const IMAGES = `${SPECS}/images.json`;

/** Images that the platform adds to applications, by digest. */
interface PlatformImages {
  /** With curl, for smoke tests. */
  readonly curl: string;
  /** AWS AppConfig's agent, for applications with flags. */
  readonly flagAgent?: string;
}

/** What the project's file of images says; nothing where there is none. @throws Error where it is no JSON. */
function imagesFile(root: string): Partial<PlatformImages> {
  const file = path.join(root, IMAGES);
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Partial<PlatformImages>;
  } catch (error) {
    throw new Error(
      `${IMAGES} is no JSON: ${messageOf(error)}. Write { "curl": "registry.example.com/curl@sha256:..." }.`,
      {
        cause: error,
      },
    );
  }
}

/** The file of images with another one of curl. */
export const withCurl = (root: string, curl: string): PlannedFile => ({
  file: IMAGES,
  text: `${JSON.stringify({ ...imagesFile(root), curl })}\n`,
});

/** The images of a project. @throws ProblemsError where the one that every application needs has not been given. */
function platformImages(root: string): PlatformImages {
  const { curl, ...others } = imagesFile(root);
  if (curl === undefined) {
    const allowed =
      'an image with curl by digest, which smoke tests run: { "curl": "registry.example.com/curl@sha256:..." }';
    const fix = "Write it there, or give it to `new application` as --curl-image; once is enough.";
    throw new ProblemsError(IMAGES, [{ path: "curl", got: undefined, allowed, fix }]);
  }
  return { curl, ...others };
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
  const { curl, flagAgent } = platformImages(root);
  return { environment, domain: environmentOf(environment).domain, curlImage: curl, flagAgentImage: flagAgent };
}

/**
 * Every file below gitops/: of each environment, each application that it names, from the specs of this project; and the folder
 * that applications of a leg are synchronized to while it stands by.
 */
export function renderedFiles(
  root: string,
  of: readonly EnvironmentInput[] = environments,
  spec: (application: string) => AppSpec = (application) => specOf(root, application),
): readonly PlannedFile[] {
  // Whoever follows another environment reads that one's folder.
  const own = of.filter(({ follows }) => follows === undefined);
  const standby = of.some(({ role }) => role !== "none")
    ? [{ file: `${STANDBY_FOLDER}/standby.yaml`, text: stringify(standbyManifest) }]
    : [];
  const applications = own.flatMap(({ name: environment, gitOps }) =>
    gitOps.applications.flatMap((application) =>
      render(spec(application), platformOf(root, environment), `${SPECS}/${application}.ts`).map(
        ({ path: file, text }) => ({ file: `gitops/${environment}/${application}/${file}`, text }),
      ),
    ),
  );
  return [...applications, ...standby];
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
