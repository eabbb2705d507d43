/** The nightly workflow that looks at what others changed: every stack that is deployed, each in its own region. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { deployedStacksJson } from "../support/deployed-stacks";

interface Workflow {
  readonly on: unknown;
  readonly jobs: Readonly<Record<string, { readonly strategy?: unknown }>>;
}

const text = readFileSync(path.resolve(__dirname, "../../.github/workflows/drift.yml"), "utf8");
const { jobs, on } = parse(text) as Workflow;

describe("the look at what others changed", () => {
  test("is taken every night of every stack that is deployed, the replica among them where there is one", () => {
    expect(on).toMatchObject({ schedule: [{ cron: "17 3 * * *" }] });
    const deployed = deployedStacksJson.slice(1, -1);
    expect(jobs["drift"]?.strategy).toMatchObject({
      "fail-fast": false,
      matrix: {
        stack: `\${{ fromJSON(vars.REPLICA_BACKEND_URL != '' && '[${deployed}, "replica"]' || '[${deployed}]') }}`,
      },
    });
  });

  test("reads the replica's state and trail in its own region", () => {
    for (const [name, own, all] of [
      ["PULUMI_BACKEND_URL", "REPLICA_BACKEND_URL", "PULUMI_BACKEND_URL"],
      ["REGION", "REPLICA_REGION", "AWS_REGION"],
    ])
      expect(text).toContain(`${name}: \${{ matrix.stack == 'replica' && vars.${own} || vars.${all} }}\n`);
  });
});
