/** The comment: verdict first, every change in it or counted, nothing of a plan formats it, and GitHub takes it. */
import * as path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reportLimits } from "../../../guard/limits/report";
import { commentMark, htmlOf, markdownOf } from "../../../guard/report";
import { preview, terraform, type TerraformChange } from "../verdict/support";
import { reportOn } from "./support";

const idle: TerraformChange = { type: "aws_lb", before: { idle_timeout: 60 }, after: { idle_timeout: 30 } };
const facts = {
  format: 1,
  outcome: "refused",
  findings: [
    {
      rule: "multi-az",
      urn: "urn:pulumi:prod::app::aws:lb::front",
      level: "mandatory",
      blocks: true,
      message: "1 zone",
    },
  ],
  drift: ["urn:pulumi:prod::app::aws:lb::front"],
  costs: { currency: "USD", before: 100, after: 132.85 },
};

test("a plan that hurts, one that is refused and one that changes nothing are one comment, the worst first", async () => {
  const text = markdownOf(
    reportOn({
      dev: terraform([]),
      prod: terraform([
        { type: "aws_lb", actions: ["delete"], before: { name: "front" } },
        { ...idle, name: "two" },
      ]),
      staging: preview([], { fridayproof: facts }),
      qa: '{"steps":[],"diagnostics":[{"severity":"error","message":"error: no credentials"}]}',
    }),
  );
  await expect(text).toMatchFileSnapshot(path.join(__dirname, "../../goldens/report.md"));
});

describe("what a plan holds", () => {
  test.each<[string, string, string]>([
    ["a table's sign", "a|b", "<code>a&#124;b</code>"],
    ["an element", "<img src=x>", "<code>&#60;img src=x&#62;</code>"],
    ["a mention", "@team", "<code>&#64;team</code>"],
    ["a link", "[a](https://b)", "<code>&#91;a&#93;(https://b)</code>"],
    ["a line's end", "a\n## b", "<code>a &#35;&#35; b</code>"],
    ["a backtick", "`a`", "<code>&#96;a&#96;</code>"],
  ])("%s stays a text", (_title, value, shown) => {
    const text = markdownOf(
      reportOn({ prod: terraform([{ type: "aws_lb", before: { name: "x" }, after: { name: value } }]) }),
    );
    expect(text).toContain(`→ ${shown}`);
  });

  test("is never a secret, in its own value and in another one that repeats it", () => {
    const before = { password: "old-Pa55", url: "db://u:old-Pa55@h" };
    const after = { password: "new-Pa55", url: "db://u:new-Pa55@h" };
    const plan = terraform([{ type: "aws_db_instance", before, after, sensitive: { password: true } }]);
    const report = reportOn({ prod: plan });
    expect(report.environments[0]?.changes[0]?.values).toEqual([
      { path: "password", before: "[secret]", after: "[secret]" },
      { path: "url", before: "db://u:[secret]@h", after: "db://u:[secret]@h" },
    ]);
    expect(`${markdownOf(report)}${JSON.stringify(report)}`).not.toMatch(/Pa55/);
  });

  test("is never a part of a secret: neither where a long value is cut, nor where its lines become one", () => {
    const [long, lines] = [`${"k".repeat(20)}-Pa55-${"z".repeat(40)}`, "-----BEGIN\nPa55 Pa55\n-----END"];
    const plan = terraform([
      {
        type: "aws_db_instance",
        before: { password: long, key: lines, tags: "old", other: "old" },
        after: { password: long, key: lines, tags: `${"a".repeat(140)}${long}`, other: `x ${lines} y` },
        sensitive: { password: true, key: true },
      },
    ]);
    const values = reportOn({ prod: plan }).environments[0]?.changes[0]?.values ?? [];
    expect(values.map(({ path, after }) => [path, after])).toEqual([
      ["tags", `${"a".repeat(140)}[secret]`],
      ["other", "x [secret] y"],
    ]);
  });

  test("is never a secret that Pulumi shows in the clear", () => {
    const secret = (value: string) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value,
    });
    const step = { op: "update", type: "aws:rds/instance:Instance", diff: ["password", "tags"] };
    const text = JSON.stringify(
      reportOn({
        prod: preview([
          {
            ...step,
            old: { password: secret("old-Pa55"), tags: { a: "old-Pa55" } },
            next: { password: secret("new-Pa55"), tags: { a: "new-Pa55" } },
          },
        ]),
      }),
    );
    expect(text).not.toMatch(/Pa55/);
  });

  test("of a list is what goes and comes", () => {
    const plan = terraform([
      { type: "aws_lb", before: { subnets: ["a", "b", "c"] }, after: { subnets: ["a", "c", "d", "e"] } },
    ]);
    expect(reportOn({ prod: plan }).environments[0]?.changes[0]?.values).toEqual([
      { path: "subnets", before: "b, and 2 that stay", after: "d, e, and 2 that stay" },
    ]);
  });

  test("of a list stays only where it is the same to its end", () => {
    const item = (end: string): string => `${"i".repeat(300)}${end}`;
    const plan = terraform([
      { type: "aws_lb", before: { subnets: ["a", item("1")] }, after: { subnets: ["a", item("2")] } },
    ]);
    const [value] = reportOn({ prod: plan }).environments[0]?.changes[0]?.values ?? [];
    expect(value?.before).toMatch(/^i{160}…/);
    expect(value?.after).toMatch(/^i{160}…/);
  });

  test("is cut where it is long, with its length", () => {
    const plan = terraform([{ type: "aws_lb", before: { name: "x" }, after: { name: "y".repeat(1000) } }]);
    expect(reportOn({ prod: plan }).environments[0]?.changes[0]?.values[0]?.after).toBe(
      `${"y".repeat(reportLimits.valueCharacters.value)}… (1000 characters)`,
    );
  });
});

describe("how long it takes", () => {
  const vpc = { type: "aws:ec2/vpc:Vpc", next: { cidrBlock: "10.0.0.0/16" } };
  const queue = { type: "aws:sqs/queue:Queue", name: "q", old: { name: "a" }, next: { name: "b" }, diff: ["name"] };

  test.each<[string, string, string]>([
    ["what is made", preview([{ op: "create", ...vpc }]), "0:1\\d \\(p50\\), 0:[12]\\d \\(p95\\)"],
    [
      "what is made beside updates",
      preview([
        { op: "create", ...vpc },
        { op: "update", ...queue },
      ]),
      "0:1\\d \\(p50\\), 0:[12]\\d \\(p95\\); 1 other step not timed",
    ],
    ["an update alone", preview([{ op: "update", ...queue }]), "not timed"],
    ["a plan without changes", preview([]), "nothing to make"],
    ["a plan of Terraform", terraform([idle]), "not timed"],
    ["no plan", "[]", "not timed"],
  ])("%s has a time of its own, or a word", (_title, plan, cell) => {
    const report = reportOn({ prod: plan });
    const texts = [markdownOf(report), markdownOf(reportOn({ prod: plan }))];
    expect(texts[1]).toBe(texts[0]);
    expect(texts[0]).toMatch(new RegExp(`^\\| prod \\|.*\\| ${cell} \\|$`, "m"));
    expect(htmlOf(report)).toMatch(new RegExp(`<td>${cell}</td></tr>`));
  });
});

describe("a comment that would be too long", () => {
  const many = (count: number, value: string): string =>
    terraform(
      Array.from({ length: count }, (_each, index) => ({
        ...idle,
        name: `balancer_${index}`,
        before: { idle_timeout: 60, name: `old ${value}` },
        after: { idle_timeout: 30, name: `new ${value}` },
      })),
    );

  test.each([10, 100, 3000])("of %d changes fits, keeps the table, and says that it was cut", (count) => {
    const text = markdownOf(reportOn({ prod: many(count, "v".repeat(100)) }));
    expect(text.length).toBeLessThanOrEqual(reportLimits.commentCharacters.value);
    expect(text).toContain(`| prod | `);
    expect(text).toContain(`${count} `);
    expect(text.includes("Not everything is listed here")).toBe(count >= 100);
  });

  test("of a thousand environments is its first line and their number", () => {
    const plans = Object.fromEntries(
      Array.from({ length: 1200 }, (_each, index) => [`environment-${index}`, terraform([idle])]),
    );
    expect(markdownOf(reportOn(plans))).toBe(
      `${commentMark}\n## DEGRADES in 1200 environments\n\n1200 environments are more than one comment holds. The report's JSON has them all.\n`,
    );
  });
});

test("the order of plans and of their rows changes nothing", () => {
  const rows: readonly TerraformChange[] = ["a", "b", "c"].map((name) => ({ ...idle, name }));
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (order) => {
      const shuffled = terraform(order.map((index) => rows[index] ?? idle));
      const plans = Object.fromEntries(order.map((index) => [`e${index}`, shuffled]));
      const straight = Object.fromEntries([0, 1, 2].map((index) => [`e${index}`, terraform(rows)]));
      expect(markdownOf(reportOn(plans))).toBe(markdownOf(reportOn(straight)));
    }),
  );
});
