/** No secret of a plan is in anything that is printed: each marker of Terraform and of Pulumi, and texts that repeat what is marked. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { htmlOf, markdownOf, sarifOf } from "../../../guard/report";
import { PlanError, readPlan, verdictOn } from "../../../guard/verdict";
import { documentOf, textOf } from "../../../guard/verdict/report";
import { preview, terraform, type TerraformChange } from "../verdict/support";
import { reportOn } from "./support";

/** Everything that a plan is printed as. */
function printed(plan: string): string {
  const report = reportOn({ prod: plan });
  const verdict = (): readonly string[] => {
    try {
      const document = documentOf(verdictOn(readPlan(Buffer.from(plan))), { acceptances: [], today: "2026-12-01" });
      return [...textOf(document, true), JSON.stringify(document)];
    } catch (error) {
      if (error instanceof PlanError) return [error.message];
      throw error;
    }
  };
  return [...verdict(), markdownOf(report), htmlOf(report), JSON.stringify([report, sarifOf(report)])].join("\n");
}

const ENVELOPE = "4dabf18193072939515e22adb298388d";
const envelope = (value: string): object => ({ [ENVELOPE]: "1b47061264138c4ac30d75fd1eb44270", value });
const inPlaintext = (value: string): object => ({
  [ENVELOPE]: "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});

type Marked = (secret: string) => string;

const database = (values: (secret: string) => Record<string, unknown>, sensitive: unknown): Marked => {
  return (secret) =>
    terraform([
      {
        type: "aws_db_instance",
        before: { ...values("never-marked-old"), identifier: "a" },
        after: { ...values(secret), identifier: "b" },
        sensitive: sensitive as TerraformChange["sensitive"],
      },
    ]);
};

/** One more change that repeats the secret where nothing marks it. */
const repeating = (
  change: (secret: string) => Omit<TerraformChange, "name">,
  more: (secret: string) => Record<string, unknown> = () => ({}),
): Marked => {
  return (secret) =>
    terraform(
      [
        { type: "aws_ssm_parameter", before: { value: "x" }, after: { value: secret }, sensitive: { value: true } },
        { ...change(secret), name: "two" },
      ],
      more(secret),
    );
};

const rule = (value: string): Record<string, unknown> => ({
  priority: 1,
  condition: [{ http_header: [{ http_header_name: "x-from", values: [value] }] }],
});

const MARKERS: readonly (readonly [about: string, plan: Marked])[] = [
  ["a property", database((secret) => ({ password: secret }), { password: true })],
  ["a resource as a whole", database((secret) => ({ password: secret, a: [secret] }), true)],
  ["a property of a block", database((secret) => ({ a: [{ b: { c: secret } }] }), { a: [{ b: { c: true } }] })],
  ["one item of a list", database((secret) => ({ a: ["x", secret] }), { a: [false, true] })],
  ["a map as a whole", database((secret) => ({ a: { one: secret, two: { three: secret } } }), { a: true })],
  ["a JSON text", database((secret) => ({ a: JSON.stringify({ b: [secret] }) }), { a: true })],
  [
    "user data that repeats it",
    repeating((secret) => ({
      type: "aws_instance",
      before: { user_data: "#!" },
      after: { user_data: `#!/bin/sh\nexport P='${secret}'\n` },
    })),
  ],
  [
    "user data in Base64 that repeats it",
    repeating((secret) => ({
      type: "aws_instance",
      before: { user_data_base64: "IyE=" },
      after: { user_data_base64: Buffer.from(`#!/bin/sh\nP=${secret}\n`).toString("base64") },
    })),
  ],
  [
    "a connection string that repeats it",
    repeating((secret) => ({
      type: "aws_lambda_function",
      before: { environment: [{ variables: { DB: "x" } }] },
      after: { environment: [{ variables: { DB: `postgres://u:${encodeURIComponent(secret)}@h/d` } }] },
    })),
  ],
  [
    "JSON of containers that repeats it",
    repeating((secret) => ({
      type: "aws_ecs_task_definition",
      actions: ["delete", "create"],
      before: { container_definitions: "[]" },
      after: { container_definitions: JSON.stringify([{ environment: [{ name: "P", value: secret }] }]) },
    })),
  ],
  [
    "a header that a rule no longer takes, in the reason",
    repeating((secret) => ({ type: "aws_lb_listener_rule", before: rule(secret), after: rule("other") })),
  ],
  [
    "the key of a tag",
    repeating((secret) => ({ type: "aws_lb", before: { tags: {} }, after: { tags: { [secret]: "a" } } })),
  ],
  [
    "something that goes",
    (secret) =>
      terraform([
        {
          type: "aws_db_instance",
          actions: ["delete"],
          before: { password: secret, identifier: secret },
          sensitive: { password: true },
        },
      ]),
  ],
  [
    "a variable",
    (secret) =>
      terraform([{ type: "aws_lb", before: { name: "x" }, after: { name: `lb-${secret}` } }], {
        variables: { p: { value: secret } },
        configuration: { root_module: { variables: { p: { sensitive: true } } } },
      }),
  ],
  [
    "an output",
    (secret) =>
      terraform([{ type: "aws_lb", before: { name: "x" }, after: { name: `lb-${secret}` } }], {
        output_changes: {
          p: {
            actions: ["update"],
            before: null,
            after: { a: [secret] },
            before_sensitive: false,
            after_sensitive: { a: [true] },
          },
        },
      }),
  ],
  [
    "an envelope of Pulumi",
    (secret) =>
      preview([
        {
          op: "update",
          type: "aws:rds/instance:Instance",
          old: { password: "x", tags: { a: "x" } },
          next: { password: envelope(secret), tags: { a: `p=${secret}` } },
          diff: ["password", "tags.a"],
        },
      ]),
  ],
  [
    "an envelope of Pulumi with its text as JSON",
    (secret) =>
      preview([
        {
          op: "update",
          type: "aws:rds/instance:Instance",
          old: { password: "x", tags: { a: "x" } },
          next: { password: inPlaintext(secret), tags: { a: `p=${secret}` } },
          diff: ["password", "tags.a"],
        },
      ]),
  ],
  [
    "an envelope in a list of Pulumi",
    (secret) =>
      preview([
        {
          op: "create",
          type: "aws:lambda/function:Function",
          next: { environment: { variables: [{ a: envelope(secret) }] }, description: secret },
        },
      ]),
  ],
  [
    "an envelope in the outputs of Pulumi",
    (secret) =>
      preview([
        {
          op: "delete",
          type: "aws:rds/instance:Instance",
          old: { identifier: secret },
          state: { outputs: { password: envelope(secret) } },
        },
      ]),
  ],
  [
    "the error of a preview that failed",
    (secret) =>
      preview(
        [
          {
            op: "update",
            type: "aws:rds/instance:Instance",
            old: { password: "x" },
            next: { password: envelope(secret) },
            diff: ["password"],
          },
        ],
        { diagnostics: [{ severity: "error", message: `error: cannot connect to postgres://u:${secret}@h` }] },
      ),
  ],
];

describe("a secret is never printed:", () => {
  test.each(MARKERS)("%s", (_about, plan) => {
    const secrets = fc.stringMatching(/^S3c\/r-[a-zA-Z0-9"\\&<>%+ =/]{8,40}-Tz$/);
    fc.assert(
      fc.property(secrets, (secret) => {
        const text = printed(plan(secret));
        for (const form of [
          secret,
          JSON.stringify(secret).slice(1, -1),
          encodeURIComponent(secret),
          Buffer.from(secret).toString("base64").slice(4, -4),
        ])
          expect(text).not.toContain(form);
      }),
      { numRuns: 12 },
    );
  });
});
