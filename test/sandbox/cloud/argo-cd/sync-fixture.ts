/** A made environment with two applications, and repositories of their folders. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { onTestFinished } from "vitest";
import { app } from "../../../../components/delivery/app/app";
import { render } from "../../../../components/delivery/app/render";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import type { Account } from "../../../../sandbox/cloud/account/account";
import { type ApplicationSync, carriedOutSync, plannedSync } from "../../../../sandbox/cloud/argo-cd/sync";
import type { PropertyMap } from "../../../../sandbox/property/values";
import { dev } from "../../../../stacks/environments/dev";
import { fullest, platform, smallest } from "../../../components/delivery/app/spec-fixture";

export const environment = { ...dev, gitOps: { ...dev.gitOps, applications: ["cart", "shop"] } };
export const CLUSTER = "fridayproof-dev-blue";
export const SCOPE = `cluster/${CLUSTER}`;

/** A repository with these files. */
export function repository(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(path.join(tmpdir(), "git-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  write(root, files);
  return root;
}

export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

/** The folder of an application, from its spec. */
export function folder(spec: AppSpec, replaced: Readonly<Record<string, string>> = {}): Record<string, string> {
  const files = render(spec, platform, `apps/${spec.name}.ts`).map(
    ({ path: file, text }) => [`gitops/dev/${spec.name}/${file}`, text] as const,
  );
  return { ...Object.fromEntries(files), ...replaced };
}

const { everywhere, once } = app(fullest, platform);
export const all = everywhere.length + once.length;
export const few = app(smallest, platform).everywhere.length;
export const objectsOf = (of: Account, namespace: string) =>
  of.all().filter(({ scope, id }) => scope === SCOPE && id.startsWith(`${namespace}/`));
export const brief = ({ application, created, updated, removed, unchanged, problems }: ApplicationSync) =>
  problems.length > 0 ? [application, ...problems] : [application, created, updated, removed, unchanged];

/** Synchronizes where no window holds anything. */
const windows = (): undefined => undefined;
export const planned = (of: Account, stack: string, root: string): readonly ApplicationSync[] =>
  plannedSync(of, { stack, root, windows });
export const synced = (of: Account, stack: string, root: string): readonly ApplicationSync[] =>
  carriedOutSync(of, { stack, root, windows });

export const file = (name: string): string => `gitops/dev/shop/${name}`;
export const yaml = (apiVersion: string, kind: string, name: string, more = ""): Record<string, string> => ({
  [file("extra.yaml")]: `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}}\n${more}`,
});
export const drop = (type: string, id: string) => (of: Account) => {
  const [object] = of.all(type).filter((each) => each.id === id);
  if (object === undefined) throw new Error(`no ${type} ${id}`);
  of.remove(object);
};
/** The text of a rendered file with something else in place of a part. */
export function changed(name: string, part: string, other: string): Record<string, string> {
  const text = folder(smallest)[file(name)];
  if (text?.includes(part) !== true) throw new Error(`no ${part} in ${name}`);
  return { [file(name)]: text.replaceAll(part, other) };
}

export const withoutChart = (chart: string) => (of: Account) => {
  for (const release of of.all("kubernetes:helm.sh/v3:Release"))
    if (String(release.outputs["__chart"]) === chart) of.remove(release);
};
export const quota = (hard: PropertyMap) => (of: Account) =>
  of.put({
    type: "kubernetes:core/v1:ResourceQuota",
    id: "shop/team",
    scope: SCOPE,
    urn: "",
    inputs: { spec: { hard } },
    outputs: {},
  });
