/** The database of an application: hosts of the leg that it runs on, its own user from a secret, and a way that others do not have. */
import { expect, test } from "vitest";
import { app } from "../../../../components/delivery/app/app";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import { specProblems } from "../../../../components/delivery/app/validate";
import { fullest, platform, smallest } from "./spec-fixture";

interface Template {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly { readonly env?: readonly Readonly<Record<string, unknown>>[] }[] };
}

const with_ = (spec: AppSpec, more: Partial<AppSpec> = {}): AppSpec => ({
  ...spec,
  database: { secret: "database" },
  ...more,
});

function found(spec: AppSpec, kind: string) {
  const { everywhere, once } = app(spec, platform);
  return [...everywhere, ...once].find((each) => each.kind === kind)?.spec;
}

const templateOf = (spec: AppSpec, kind: string): Template => found(spec, kind)?.["template"] as Template;
const host = (name: string, key: string) => ({
  name,
  valueFrom: { configMapKeyRef: { name: "platform-database", key } },
});
const credential = (name: string) => ({ name, valueFrom: { secretKeyRef: { name: "shop-secrets", key: name } } });

const variables = [
  host("DATABASE_HOST", "host"),
  host("DATABASE_READER_HOST", "readerHost"),
  host("DATABASE_PORT", "port"),
  host("DATABASE_NAME", "name"),
  credential("DATABASE_USER"),
  credential("DATABASE_PASSWORD"),
];

test("hosts come from the leg and the user from the application's secret, before what is made of them", () => {
  const DATABASE_URL = "postgres://$(DATABASE_USER):$(DATABASE_PASSWORD)@$(DATABASE_HOST)/$(DATABASE_NAME)";
  const spec = with_(smallest, { env: { DATABASE_URL }, migration: ["/app", "migrate"] });
  const url = { name: "DATABASE_URL", value: DATABASE_URL };
  expect(templateOf(spec, "Rollout").spec.containers[0]?.env).toEqual([...variables, url]);
  const lock = { name: "MIGRATION_LOCK_KEY", value: expect.any(String) as unknown };
  expect(templateOf(spec, "Job").spec.containers[0]?.env).toEqual([...variables, url, lock]);
  expect(found(spec, "ExternalSecret")?.["data"]).toEqual([
    { secretKey: "DATABASE_USER", remoteRef: { key: "database", property: "username" } },
    { secretKey: "DATABASE_PASSWORD", remoteRef: { key: "database", property: "password" } },
  ]);
});

test("pods and jobs carry the label by which the leg opens the way, and selectors do not", () => {
  const spec = with_(smallest, { migration: ["/app", "migrate"] });
  const label = { "fridayproof.dev/database": "client" };
  expect(templateOf(spec, "Rollout").metadata.labels).toEqual({ "app.kubernetes.io/name": "shop", ...label });
  expect(templateOf(spec, "Job").metadata.labels).toEqual({ "fridayproof.dev/job": "work", ...label });
  expect(found(spec, "Rollout")?.["selector"]).toEqual({ matchLabels: { "app.kubernetes.io/name": "shop" } });
});

test("an application without one has nothing of it", () => {
  const { everywhere, once } = app(smallest, platform);
  expect(JSON.stringify([...everywhere, ...once])).not.toMatch(
    /DATABASE_|platform-database|fridayproof\.dev\/database/,
  );
});

test.each<[Partial<AppSpec>, string]>([
  [{ env: { DATABASE_HOST: "db" } }, "env.DATABASE_HOST: another name: database sets this one"],
  [
    { secrets: { DATABASE_PASSWORD: { secret: "other", property: "p" } } },
    "secrets.DATABASE_PASSWORD: another name: database sets this one",
  ],
  [
    { database: { secret: "arn:aws:secretsmanager:us-east-1:1:secret:x" } },
    "database.secret: letters, digits and / _ + = . @ -, without the prefix of environment and application",
  ],
])("%j is refused", (more, line) => {
  const problems = specProblems(with_(smallest, more));
  expect(problems.map(({ path, allowed }) => `${path}: ${allowed}`)).toEqual([line]);
  expect(specProblems(with_(fullest))).toEqual([]);
});
