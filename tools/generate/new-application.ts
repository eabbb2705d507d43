/** The files of a new application: its spec, the image of its smoke tests, and its name in an environment. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { app, type AppSpec } from "@fridayproof/components/plan";
import { ProblemsError } from "@fridayproof/components/core";
import type { NewApplicationRequest, PlannedFiles } from "../../cli/context/hook-types";
import { environmentOf, platformOf, withCurl } from "./applications";

function specText({ name, image, port, readinessPath, livenessPath }: AppSpec): string {
  return `/** ${name}: everything that it needs in a cluster follows from this (docs/how-to/ship-an-application.md). */
import type { AppSpec } from "@fridayproof/components/plan";

export const spec: AppSpec = {
  name: ${JSON.stringify(name)},
  image: ${JSON.stringify(image)},
  port: ${port},
  readinessPath: ${JSON.stringify(readinessPath)},
  livenessPath: ${JSON.stringify(livenessPath)},
};
`;
}

/** The environment's file with the application's name. @throws ProblemsError where the list is not where it was. */
function withName(text: string, file: string, name: string): string {
  const list = /applications: \[([^\]]*)\]/;
  const names = list.exec(text)?.[1];
  if (names === undefined) {
    const fix = `Add "${name}" to gitOps.applications yourself.`;
    const allowed = "a list `applications: [...]` in the file";
    throw new ProblemsError(file, [{ path: "gitOps.applications", got: undefined, allowed, fix }]);
  }
  const all = [
    ...names
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== ""),
    JSON.stringify(name),
  ];
  return text.replace(list, `applications: [${all.join(", ")}]`);
}

/**
 * Plans it, from what the project's files say now.
 * @throws ProblemsError with everything that is wrong with what was asked for.
 */
export function newApplication(request: NewApplicationRequest, root: string): PlannedFiles {
  const { name, image, port, environment } = request;
  const spec: AppSpec = { name, image, port, readinessPath: request.ready, livenessPath: request.live };
  const file = `apps/${name}.ts`;
  if (existsSync(path.join(root, file))) {
    const fix = "Change that file, or give the application another name.";
    throw new ProblemsError("new application", [{ path: "name", got: name, allowed: `a name without ${file}`, fix }]);
  }
  environmentOf(environment);
  const { curlImage } = request;
  const images = curlImage === undefined ? [] : [withCurl(root, curlImage)];
  app(
    spec,
    curlImage === undefined ? platformOf(root, environment) : { environment, domain: "example.com", curlImage },
  );
  const row = `stacks/environments/${environment}.ts`;
  const text = withName(readFileSync(path.join(root, row), "utf8"), row, name);
  return {
    summary: `${name}: ${image}, port ${port}, in ${environment}`,
    files: [{ file, text: specText(spec) }, ...images, { file: row, text }],
    next: [
      ["make render", `writes gitops/${environment}/${name}/`],
      ["npm run --silent policies:config", "sets its host name in the rules' configuration"],
      [`npx fridayproof release plan ${name}`, "what a release does, minute by minute"],
      [
        `npx fridayproof lint-manifests gitops/${environment}/${name} -s ${environment}`,
        "the rules on what was rendered",
      ],
      [`make up STACK=${environment}`, "its namespace, project and host name, on the sandbox"],
    ],
  };
}
