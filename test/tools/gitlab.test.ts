/** The template for GitLab: the same steps as the workflows, each role in the job that needs it. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { deployedStacks } from "../support/deployed-stacks";
import { expectOwnCommand } from "../support/own-command";

const read = (file: string): unknown => parse(readFileSync(path.resolve(__dirname, "../..", file), "utf8"));

describe("GitLab's template", () => {
  interface Job {
    readonly extends?: string | readonly string[];
    readonly rules?: readonly { readonly if: string }[];
    readonly parallel?: { readonly matrix: unknown };
    readonly script?: readonly string[];
    readonly before_script?: readonly string[];
    readonly when?: string;
    readonly variables?: Readonly<Record<string, string>>;
    readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
    readonly stage?: string;
    readonly needs?: readonly string[];
  }
  const template = read(".gitlab/fridayproof.gitlab-ci.yml") as Readonly<Record<string, Job>>;

  test("runs targets and programs of this repository", () => {
    for (const { script = [] } of Object.values(template)) for (const line of script) expectOwnCommand(line);
    expect(template[".deploy"]?.script).toEqual(['make deploy APPROVED="reports/plan-$STACK.digest"', "make checks"]);
    expect(template[".deploy"]?.when).toBe("manual");
  });

  test("takes each role with the job's own token, which only its user reads, and the preview takes none", () => {
    const { id_tokens: tokens, variables, before_script: before } = template[".stack"] ?? {};
    expect(tokens).toEqual({ WEB_IDENTITY: { aud: "sts.amazonaws.com" } });
    expect(variables).toMatchObject({ ON: "aws", AWS_WEB_IDENTITY_TOKEN_FILE: "/tmp/web-identity" });
    expect(before?.[0]).toBe('(umask 077 && printf \'%s\' "$WEB_IDENTITY" > "$AWS_WEB_IDENTITY_TOKEN_FILE")');
    const roles = [".plan", ".deploy"].map((job) => template[job]?.variables?.["AWS_ROLE_ARN"]);
    expect(roles).toEqual(["$PREVIEW_ROLE", "$DEPLOY_ROLE"]);
    expect(Object.keys(template["preview"] ?? {})).not.toContain("id_tokens");
    expect(template["preview"]?.extends).toBeUndefined();
  });

  test("updates the replica in a scheduled pipeline by the same jobs, in its own region, and nothing else there", () => {
    const jobs = ["plan", "deploy", "plan-replica", "deploy-replica"].map((job) => template[job]?.extends);
    expect(jobs).toEqual([
      [".stack", ".merged", ".plan"],
      [".stack", ".merged", ".deploy"],
      [".stack", ".replica", ".plan"],
      [".stack", ".replica", ".deploy"],
    ]);
    const [merged, replica] = [".merged", ".replica"].map((part) => template[part]);
    expect([merged?.parallel, replica?.parallel]).toEqual([
      { matrix: [{ STACK: deployedStacks }] },
      { matrix: [{ STACK: ["replica"] }] },
    ]);
    expect(merged?.rules?.[0]?.if).toMatch(/&& \$CI_PIPELINE_SOURCE != "schedule"$/);
    expect(replica?.rules?.[0]?.if).toMatch(/&& \$REPLICA_BACKEND_URL && \$CI_PIPELINE_SOURCE == "schedule"$/);
    expect(template[".stack"]?.before_script?.[1]).toBe(
      'if [ "$STACK" = replica ]; then export PULUMI_BACKEND_URL="$REPLICA_BACKEND_URL" AWS_REGION="$REPLICA_REGION"; fi',
    );
  });

  test("looks for drift in every scheduled pipeline, by the steps of drift.yml, with the role that only reads", () => {
    const drift = read(".github/workflows/drift.yml") as {
      readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
    };
    const steps = Object.values(drift.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    const { script, variables, environment } = (template[".drift"] ?? {}) as Job & { readonly environment?: unknown };
    // Its command lines take the role by themselves.
    expect(script).toEqual(steps.filter((run) => run !== "node tools/deploy/log-in.mjs"));
    expect([variables, environment]).toEqual([
      { AWS_ROLE_ARN: "$PREVIEW_ROLE" },
      { name: "preview", action: "prepare" },
    ]);
    const nightly = '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $PREVIEW_ROLE && $CI_PIPELINE_SOURCE == "schedule"';
    const stacks = (...names: readonly string[]) => ({ matrix: [{ STACK: names }] });
    expect([template["drift"], template["drift-replica"]]).toEqual([
      { extends: [".stack", ".drift"], rules: [{ if: nightly }], parallel: stacks(...deployedStacks) },
      {
        extends: [".stack", ".drift"],
        rules: [{ if: nightly.replace("$CI_PIPELINE_SOURCE", "$REPLICA_BACKEND_URL && $CI_PIPELINE_SOURCE") }],
        parallel: stacks("replica"),
      },
    ]);
  });

  test("has drift wait for no job, and fail after everything else: what it finds keeps no deployment back", () => {
    expect(template["stages"]).toEqual(["preview", "plan", "deploy", "drift"]);
    expect(template[".drift"]).toMatchObject({ stage: "drift", needs: [] });
  });
});
