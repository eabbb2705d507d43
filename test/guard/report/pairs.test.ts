/** Whether a replica is its primary again, by what both plans lead to. */
import { describe, expect, test } from "vitest";
import { htmlOf, markdownOf } from "../../../guard/report";
import { preview, terraform, type PulumiStep } from "../verdict/support";
import { reportOn } from "./support";

const pair = { primary: "prod", replica: "replica" };
const BUCKET = "aws:s3/bucket:Bucket";

const planOf = (stack: string, steps: readonly PulumiStep[], more = {}): string =>
  preview(steps, more).replaceAll("urn:pulumi:prod::", `urn:pulumi:${stack}::`);

const bucket = (stack: string, days: number): readonly PulumiStep[] => [
  { op: "create", type: BUCKET, name: "logs", next: { bucket: `logs-of-${stack}`, days } },
];

const report = (second: string): ReturnType<typeof reportOn> =>
  reportOn({ prod: planOf("prod", bucket("prod", 30)), replica: second }, [pair]);

const lineOf = (second: string): string | undefined => /^\*\*prod and .*$/m.exec(markdownOf(report(second)))?.[0];

describe("the comment says of a replica", () => {
  test("that it is the primary again", () => {
    expect(lineOf(planOf("replica", bucket("replica", 30)))).toBe(
      "**prod and replica: IDENTICAL, 1 resources compared, 0 differences (planned states)**",
    );
  });

  test("what differs, folded", () => {
    const second = planOf("replica", bucket("replica", 7));
    expect(lineOf(second)).toBe("**prod and replica: DIFFERENT, 1 resources compared, 1 difference (planned states)**");
    expect(markdownOf(report(second))).toContain(
      "<details><summary>1 value</summary>\n\n- input <code>aws:s3/bucket:Bucket logs inputs.days</code>: <code>30</code> in prod, <code>7</code> in replica\n\n</details>",
    );
    expect(htmlOf(report(second))).toContain("<code>30</code><br><code>7</code>");
  });

  test("what both will be, not what both are: an update on one side alone makes them differ", () => {
    const step = (op: string, next: number): PulumiStep => ({
      op,
      ...{ type: BUCKET, name: "logs", old: { days: 30 }, next: { days: next }, diff: op === "same" ? null : ["days"] },
    });
    const verdicts = (one: PulumiStep, other: PulumiStep): unknown =>
      reportOn({ prod: planOf("prod", [one]), replica: planOf("replica", [other]) }, [pair]).pairs[0];
    expect(verdicts(step("same", 30), step("same", 30))).toMatchObject({ parity: { verdict: "IDENTICAL" } });
    expect(verdicts(step("update", 7), step("same", 30))).toMatchObject({ parity: { verdict: "DIFFERENT" } });
    expect(verdicts(step("update", 7), step("update", 7))).toMatchObject({ parity: { verdict: "IDENTICAL" } });
    const gone: PulumiStep = { op: "delete", type: BUCKET, name: "logs", old: { days: 30 } };
    const other: PulumiStep = { ...step("same", 30), name: "other" };
    expect(
      reportOn({ prod: planOf("prod", [gone, other]), replica: planOf("replica", [other]) }, [pair]).pairs[0],
    ).toMatchObject({ parity: { verdict: "IDENTICAL", compared: 1 } });
  });

  test("that secrets are not compared: a preview hides all of them by one text", () => {
    const secret = (stack: string): string =>
      planOf(stack, [{ op: "create", type: BUCKET, name: "logs", next: { token: "[secret]" } }]);
    const both = reportOn({ prod: secret("prod"), replica: secret("replica") }, [pair]);
    expect(markdownOf(both)).toContain(
      "**prod and replica: IDENTICAL but for secrets, which plans hide (1); 1 resources compared (planned states)**",
    );
    expect(markdownOf(both)).toContain(
      "- <code>aws:s3/bucket:Bucket logs inputs.token</code>: not compared: a secret that is not decrypted",
    );
  });

  test.each([
    ["has no plan", "", "**prod and replica: NOT COMPARED, replica: there is no plan.**"],
    [
      "has a plan of Terraform",
      terraform([{ type: "aws_s3_bucket", after: {} }]),
      "**prod and replica: NOT COMPARED, replica: a plan of Terraform; planned states of Pulumi are compared.**",
    ],
    [
      "has a plan without what does not change",
      planOf("replica", bucket("replica", 30), { changeSummary: { same: 1 } }),
      "**prod and replica: NOT COMPARED, replica: what does not change is not in the plan. Write it with `pulumi preview --json --show-sames`.**",
    ],
    [
      "has nothing after the run",
      planOf("replica", [{ op: "delete", type: BUCKET, old: {} }]),
      "**prod and replica: NOT COMPARED, replica: nothing stands after the run.**",
    ],
  ])("why there is no comparison: it %s", (_, second, line) => {
    expect(lineOf(second)).toBe(line.replaceAll("`", "\\`"));
  });

  test("nothing where none was named", () => {
    expect(markdownOf(reportOn({ prod: planOf("prod", bucket("prod", 30)) }))).not.toContain("planned states");
  });
});
