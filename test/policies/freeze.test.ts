/** The freeze in a real run of the engine, with the compiled pack: it blocks before the first mutation, and never a preview. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAccount } from "../../sandbox/cloud/account/account-file";
import type { RunResult } from "../../sandbox/events/events";
import { startPolicies } from "../../sandbox/analyzer/policy-runner";
import { runStack } from "../../sandbox/run";
import { StateFile } from "../../sandbox/state/state-file";
import { buildPolicies } from "../../tools/setup/install.cjs";
import { smallProgram } from "../support/small-program";
import { packFolder } from "./support/pack";

const freeze = { name: "the sale", from: "2026-11-26T05:00:00.000Z", until: "2026-12-01T05:00:00.000Z" };
const config = { "fridayproof:account": "000000000000" };
let work: string;

beforeAll(() => {
  buildPolicies(path.dirname(packFolder));
  work = mkdtempSync(path.join(tmpdir(), "freeze-"));
});
afterAll(() => rmSync(work, { recursive: true }));

/** One run on the day that counts as today. */
async function runOn(asOf: string, operation: "preview" | "update"): Promise<RunResult> {
  const program = smallProgram({ subnets: 1 });
  const policies = await startPolicies({
    directory: packFolder,
    stack: "prod",
    project: "small",
    preview: operation === "preview",
    config,
    policyConfig: { all: "disabled", "deploy-freeze": { enforcementLevel: "mandatory", windows: [freeze], asOf } },
  });
  try {
    return await runStack({
      operation,
      stack: "prod",
      project: "small",
      config,
      work,
      program,
      startPolicies: () => policies,
    });
  } finally {
    policies.stop();
  }
}

describe("a freeze", () => {
  it("does not speak in a preview", async () => {
    const { exitCode, findings } = await runOn("2026-11-27", "preview");
    expect([exitCode, findings]).toEqual([0, []]);
  });

  it("stops a run before anything is registered, made or written", async () => {
    const { exitCode, findings, changeSummary } = await runOn("2026-11-27", "update");
    expect(exitCode).toBe(1);
    expect(findings).toMatchObject([{ policy: "deploy-freeze", level: "mandatory" }]);
    expect(findings[0]?.message).toContain(
      'got a real run inside the freeze "the sale" (2026-11-26T05:00:00.000Z to 2026-12-01T05:00:00.000Z)',
    );
    expect(changeSummary).toEqual({});
    const { snapshot } = await StateFile.open(work, "prod", "sandbox");
    expect(snapshot.list().filter(({ custom }) => custom)).toEqual([]);
    const { account } = openAccount(work, () => []);
    expect(account.all().filter(({ urn }) => urn !== "")).toEqual([]);
  });

  it("lets the same run through on the day after", async () => {
    const { exitCode, findings } = await runOn("2026-12-02", "update");
    expect([exitCode, findings]).toEqual([0, []]);
  });
});
