/** `up --json` prints lines that a reader of `pulumi up --json` understands, and ends with one of ours. */
import { expect, it } from "vitest";
import { EventLines } from "../../cli/stack/event-lines";
import { runResult } from "../sandbox/display/result";
import { step } from "../sandbox/display/support";
import { fridayproof, program, project, runIn } from "./support";

const MINUTES_2 = 120_000;
const SECOND = 1000;

interface Line {
  readonly sequence: number;
  readonly [key: string]: unknown;
}

const parsed = (text: string): Line[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

function lines(play: (events: EventLines) => void): Line[] {
  let written = "";
  play(
    new EventLines(
      (line) => (written += line),
      () => 7 * SECOND,
    ),
  );
  return parsed(written);
}

it("says of each step whether it is planned, done or failed", () => {
  const [urn, type] = ["urn:pulumi:dev::fridayproof::aws:ec2/vpc:Vpc::net", "aws:ec2/vpc:Vpc"];
  const metadata = { op: "create", urn, type, diffs: [] };
  const printed = lines((events) => {
    events.beginPlan();
    events.onEvent(step("create", "net", "begin"));
    events.approve();
    events.onEvent(step("create", "net", "end"));
    events.onEvent(step("create", "net", "failed", { error: "VpcLimitExceeded" }));
  });
  expect(printed).toEqual([
    { sequence: 0, timestamp: 7, resourcePreEvent: { metadata, planning: true } },
    { sequence: 1, timestamp: 7, resOutputsEvent: { metadata, planning: false } },
    { sequence: 2, timestamp: 7, resOpFailedEvent: { metadata, planning: false, message: "VpcLimitExceeded" } },
  ]);
});

it("has messages and findings, and at the end the summary and the facts of the screen", () => {
  const finding = {
    ...{ policy: "no-evil", pack: "house", packVersion: "1.0.0", urn: "u", level: "mandatory" as const },
    ...{ message: "Nothing evil.\nit is evil", remediated: false },
  } as const;
  const [message, policy, summary, facts] = lines((events) => {
    events.onEvent({ kind: "diagnostic", diagnostic: { severity: "warning", message: "it rains", urn: "u" } });
    events.onEvent({ kind: "policy", finding });
    events.finish("dev", runResult({ exitCode: 1, applied: false, findings: [finding], changeSummary: { create: 1 } }));
  });
  expect(message?.["diagnosticEvent"]).toEqual({ severity: "warning", message: "it rains", urn: "u", color: "never" });
  expect(policy?.["policyEvent"]).toEqual({
    resourceUrn: "u",
    message: "Nothing evil.\nit is evil",
    color: "never",
    policyName: "no-evil",
    policyPackName: "house",
    policyPackVersion: "1.0.0",
    enforcementLevel: "mandatory",
  });
  expect(summary?.["summaryEvent"]).toEqual({
    maybeCorrupt: false,
    durationSeconds: 2,
    resourceChanges: { create: 1 },
    isPreview: true,
  });
  expect(facts?.["fridayproof"]).toMatchObject({ format: 1, outcome: "refused", applied: false, exitCode: 1 });
});

it(
  "of a real update is every line of standard output, and a refusal to ask is one object",
  async () => {
    const folder = project(program("  return {};"));
    const words = ["up", "--json", "--cwd", folder, "--no-policies"];
    const unasked = await fridayproof(words, { unapproved: true });
    const message = "with --json there is no prompt: read `preview` and add --yes.";
    expect(unasked).toEqual({
      code: 2,
      stdout: `${JSON.stringify({ error: { message, exitCode: 2 } })}\n`,
      stderr: `fridayproof: ${message}\n`,
    });
    const { code, stdout, stderr } = await fridayproof(words);
    expect(code).toBe(0);
    const events = parsed(stdout);
    const done = events.filter((line) => "resOutputsEvent" in line).map((line) => JSON.stringify(line));
    expect(done.some((line) => line.includes('"op":"create"') && line.includes('"planning":false'))).toBe(true);
    expect(events.at(-2)).toMatchObject({ summaryEvent: { resourceChanges: { create: 3 }, isPreview: false } });
    expect(events.at(-1)).toMatchObject({ fridayproof: { outcome: "changes", applied: true, exitCode: 0 } });
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index));
    expect(stderr).toContain("dev is up to date with the program: 3 created");
  },
  MINUTES_2,
);

it(
  "of a real refresh and a real destroy say what was read and what goes, and what releases the stack is part of it",
  async () => {
    const folder = project(
      program(`
  const protect = new pulumi.Config("fridayproof").get("teardown") !== "true";
  new aws.cloudwatch.LogGroup("kept", { retentionInDays: 30 }, { provider, protect });
`),
    );
    expect((await runIn(folder, "up")).code).toBe(0);
    expect((await runIn(folder, "sandbox", "tamper", "kept", "retentionInDays=1")).code).toBe(0);
    const places = ["--cwd", folder];

    const foreseen = parsed((await fridayproof(["refresh", "--json", "--preview-only", ...places])).stdout);
    expect(foreseen.at(-2)).toMatchObject({ summaryEvent: { isPreview: true } });
    expect(JSON.stringify(foreseen)).not.toContain('"planning":false');

    const refreshed = await fridayproof(["refresh", "--json", ...places]);
    const read = parsed(refreshed.stdout);
    const urn = "urn:pulumi:dev::lab::aws:cloudwatch/logGroup:LogGroup::kept";
    expect(read.at(-1)).toMatchObject({ fridayproof: { drift: [urn], applied: true, exitCode: 0 } });
    expect(read.at(-1)?.["fridayproof"]).not.toHaveProperty("costs");
    expect(read.at(-2)).toMatchObject({ summaryEvent: { isPreview: false, resourceChanges: { update: 1 } } });
    const [seen] = read.filter((line) => "resOutputsEvent" in line && JSON.stringify(line).includes(urn));
    expect(seen).toMatchObject({ resOutputsEvent: { metadata: { op: "refresh", urn }, planning: false } });
    expect(refreshed.stderr).toContain("The state of dev was read again: 1 resource differs, saved");

    const message = "with --json there is no prompt: read `preview` and add --yes.";
    expect(await fridayproof(["destroy", "--json", ...places], { unapproved: true })).toEqual({
      code: 2,
      stdout: `${JSON.stringify({ error: { message, exitCode: 2 } })}\n`,
      stderr: `fridayproof: ${message}\n`,
    });

    const destroyed = await fridayproof(["destroy", "--json", "--no-policies", ...places]);
    const gone = parsed(destroyed.stdout);
    expect(gone.map(({ sequence }) => sequence)).toEqual(gone.map((_, index) => index));
    const summaries = gone.flatMap((line) => ("summaryEvent" in line ? [line["summaryEvent"]] : []));
    expect(summaries).toMatchObject([{ resourceChanges: { update: 1 } }, { resourceChanges: { delete: 4 } }]);
    expect(gone.at(-1)).toMatchObject({ fridayproof: { outcome: "changes", applied: true, exitCode: 0 } });
    expect(destroyed.stderr).toMatch(
      /^dev: 4 to delete, 1 protection to lift first\n  1  Pulumi: it is protected\n      kept\n[^]*\ndev is gone: 4 deleted, [\d.]+ s\.\n$/,
    );
  },
  MINUTES_2,
);
