/** What is no plan is refused in a sentence, and never SAFE. */
import { describe, expect, test } from "vitest";
import { verdictOnBytes, preview, terraform } from "./support";

const plan = terraform([{ type: "aws_lb", before: { idle_timeout: 60 }, after: { idle_timeout: 30 } }]);
const WANTED =
  "It reads `pulumi preview --json > plan.json` and `terraform plan -out=tfplan && terraform show -json tfplan > plan.json`.";

describe("a file that is no plan", () => {
  test.each([
    ["empty", "", `The file is empty: not a plan. ${WANTED}`],
    ["a list", "[]", `This JSON is not a plan: a plan is one object. ${WANTED}`],
    ["a text", '"plan"', `This JSON is not a plan: a plan is one object. ${WANTED}`],
    [
      "Terraform's binary plan",
      "PK\u0003\u0004rest",
      `This is Terraform's binary plan, not JSON: show it as JSON first. ${WANTED}`,
    ],
    [
      "a state of Terraform",
      '{"version":4,"serial":1,"lineage":"a","resources":[]}',
      `This is a state of Terraform, not a plan: it describes what exists, not what would change. ${WANTED}`,
    ],
    [
      "a state shown by Terraform",
      '{"format_version":"1.0","values":{}}',
      `This is a state of Terraform, not a plan: it describes what exists, not what would change. ${WANTED}`,
    ],
    [
      "events of a run",
      '{"sequence":1,"timestamp":2}\n{"sequence":2}',
      `This is a stream of engine events, one object a line, as \`pulumi up --json\` prints it: use \`pulumi preview --json\`. ${WANTED}`,
    ],
    [
      "cut off in a text",
      plan.slice(0, plan.indexOf("idle_timeout") + 4),
      "the JSON ends too early: the file is incomplete, as after a full disk or a broken pipe. Write the plan again.",
    ],
    [
      "cut off after a comma",
      '{"steps":[],',
      "the JSON ends too early: the file is incomplete, as after a full disk or a broken pipe. Write the plan again.",
    ],
    [
      "without a comma",
      '{"steps":[] "x":1}',
      "this is not JSON: byte 12 is not what may stand there. Write the plan again.",
    ],
    [
      "with a word that is none",
      '{"steps":[nope]}',
      "this is not JSON: what begins at byte 10 cannot be parsed. Write the plan again.",
    ],
    [
      "of format 2",
      terraform([], { format_version: "2.0" }),
      "format_version is 2.0; allowed: 0.1 to 1.x. This verdict reads what Terraform up to 1.x and OpenTofu write.",
    ],
    [
      "failed",
      terraform([], { errored: true }),
      "the plan failed (errored is true): what it lists is only a part. Fix what `terraform plan` reports, then plan again.",
    ],
    [
      "a preview that failed",
      preview([], { diagnostics: [{ severity: "error", message: "<{%reset%}>no credentials<{%reset%}>\nmore" }] }),
      "the preview failed, so it lists only the steps until then. Its first error: no credentials. Fix that, then run `pulumi preview --json` again.",
    ],
    [
      "a preview that is corrupt",
      preview([], { maybeCorrupt: true }),
      "the preview calls itself corrupt (maybeCorrupt is true). Run it again.",
    ],
    [
      "a step without a type",
      '{"steps":[{"op":"update","urn":"u","oldState":{},"newState":{}}]}',
      "steps[0] has no type: every state of a preview has one. Run `pulumi preview --json` again.",
    ],
    [
      "a step of another tool",
      '{"steps":[{"op":"explode","urn":"u","newState":{"type":"a:b:C"}}]}',
      'steps[0] has op "explode", which no preview of Pulumi 3 has. This verdict reads CLI 3.',
    ],
    ["steps that are none", '{"steps":{}}', "steps is not a list: this is no preview of Pulumi."],
  ])("%s", (_about, text, sentence) => {
    expect(() => verdictOnBytes(text)).toThrow(sentence);
  });

  test("has its own text nowhere in the sentence: it may hold secrets", () => {
    expect(() => verdictOnBytes('{"resource_changes":[{"password": hunter2}]}')).toThrow(/^(?!.*hunter2)/);
  });
});

describe("a plan", () => {
  const expected = verdictOnBytes(plan).changes;

  test.each([
    ["in UTF-16 of Windows", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(plan, "utf16le")])],
    [
      "in UTF-16 the other way round",
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(plan, "utf16le").swap16()]),
    ],
    ["with a mark of UTF-8", Buffer.from(`\ufeff${plan}`)],
    ["between blank lines", Buffer.from(`\n\n${plan}\n\n`)],
  ])("%s is read as it is", (_about, bytes) => {
    expect(verdictOnBytes(bytes).changes).toEqual(expected);
  });

  test("shows no secret, and says that one changes", () => {
    const text = terraform([
      {
        type: "aws_db_instance",
        before: { password: "hunter2" },
        after: { password: "hunter3" },
        sensitive: { password: true },
      },
    ]);
    const result = verdictOnBytes(text);
    expect(JSON.stringify(result)).not.toMatch(/hunter/);
    expect(result.changes[0]?.findings[0]?.path).toBe("password");
  });

  test("whose secret stays the same does not change", () => {
    const text = terraform([
      { type: "aws_db_instance", before: { password: "a" }, after: { password: "a" }, sensitive: { password: true } },
    ]);
    expect(verdictOnBytes(text).verdict).toBe("SAFE");
  });

  test("of a part is never SAFE as a whole", () => {
    const { verdict, exitCode } = verdictOnBytes(terraform([], { complete: false }));
    expect({ verdict, exitCode }).toEqual({ verdict: "UNKNOWN", exitCode: 3 });
  });

  test("gets the same verdict each time", () => {
    expect(JSON.stringify(verdictOnBytes(plan))).toBe(JSON.stringify(verdictOnBytes(plan)));
  });
});
