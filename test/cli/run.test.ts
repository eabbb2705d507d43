/** A life on the sandbox through the command line: up, nothing to do, drift, picture, down. */
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { fridayproof, program, project, runIn } from "./support";

/** A dozen processes that each load the SDK. */
const MINUTES_3 = 180_000;

const PROGRAM = program(`  return { vpcId: vpc.id, token: pulumi.secret("tell nobody") };`);

describe("a stack", () => {
  it(
    "comes up, stays as it is, shows drift and goes away",
    async () => {
      const folder = project(PROGRAM);
      const state = path.join(folder, ".fridayproof", "stacks", "dev.json");

      const up = await runIn(folder, "up");
      expect(up).toMatchObject({ code: 0, stderr: "" });
      expect(up.stdout).toMatch(/^ {2}\+ Vpc net$/m);
      expect(up.stdout).toMatch(/^\+ outside components {3}3 created {3}/m);
      expect(up.stdout).toMatch(/^ {2}vpcId {3}vpc-[0-9a-f]+$/m);
      expect(up.stdout).toContain("\nPolicies   not checked: --no-policies\n");
      expect(up.stdout).not.toContain("tell nobody");
      expect(readFileSync(state, "utf8")).not.toContain("tell nobody");

      const again = await runIn(folder, "up");
      expect(again.code).toBe(0);
      expect(again.stdout).toMatch(/^dev on the sandbox: no changes, 3 unchanged\n/);

      const outputs = await runIn(folder, "outputs", "--json");
      expect(JSON.parse(outputs.stdout)).toMatchObject({ token: "[secret]" });

      const urn = "urn:pulumi:dev::lab::aws:ec2/vpc:Vpc::net";
      expect((await runIn(folder, "sandbox", "tamper", urn, "tags.Owner=me")).code).toBe(0);
      expect((await runIn(folder, "preview", "--expect-no-changes")).code).toBe(0);
      expect((await runIn(folder, "up", "--expect-no-changes")).code).toBe(0);
      expect((await runIn(folder, "preview", "--refresh", "--expect-no-changes")).code).toBe(7);
      const refresh = await runIn(folder, "refresh", "--preview-only");
      expect(refresh.stdout).toContain("  ≠ Vpc net\n      tags.Owner   was (none), is me\n");
      expect(refresh.stdout).toMatch(
        /^The state of dev was read again: 1 resource differs; nothing was saved, [\d.]+ s\.$/m,
      );

      const out = path.join(folder, "picture.svg");
      expect((await runIn(folder, "graph", "--out", out)).code).toBe(0);
      expect(readFileSync(out, "utf8")).toContain("<svg");
      // A picture is for others too, as any file that this user writes.
      expect(statSync(out).mode & 0o777).toBe(0o666 & ~process.umask());

      expect((await runIn(folder, "up", "--expect-no-changes", "--replace", urn)).code).toBe(7);

      const destroy = await runIn(folder, "destroy");
      expect(destroy.code).toBe(0);
      expect(destroy.stdout).toMatch(/^dev: 3 to delete\ndev is gone: 3 deleted, [\d.]+ s\.\n$/);
      expect((await runIn(folder, "sandbox", "show", "--urns")).stdout).toBe("");

      expect((await runIn(folder, "sandbox", "reset")).stdout).toMatch(/^Forgot the account and 1 stack\(s\) in /);
      expect(existsSync(state)).toBe(false);
    },
    MINUTES_3,
  );

  it("is told what to replace, and keeps what it is told in secret", async () => {
    const urn = "urn:pulumi:dev::lab::aws:ec2/vpc:Vpc::net";
    const secretive = project(program(`  return { token: new pulumi.Config("lab").requireSecret("token") };`));
    const secret = ["--secret-config", "lab:token=tell nobody"];
    expect(await runIn(secretive, "up", ...secret)).toMatchObject({ code: 0 });
    const { code, stdout } = await runIn(secretive, "preview", "--json", "--replace", urn, ...secret);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      config: { "lab:token": "[secret]" },
      changeSummary: { replace: 1, same: 2 },
    });
    const state = path.join(secretive, ".fridayproof", "stacks", "dev.json");
    expect(`${stdout}${readFileSync(state, "utf8")}`).not.toContain("tell nobody");
  });

  it("has a plan as JSON on standard output and everything else on standard error", async () => {
    const { code, stdout, stderr } = await runIn(project(PROGRAM), "preview", "--json");
    const plan = JSON.parse(stdout) as { steps: { op: string; urn: string }[]; changeSummary: object };
    expect(code).toBe(0);
    expect(plan.changeSummary).toEqual({ create: 3 });
    expect(plan.steps.map(({ op }) => op)).toEqual(["create", "create", "create"]);
    expect(stderr).toContain("dev on the sandbox: 3 to create");
  });

  it("has in its plan what only loses its protection, as the real CLI's has", async () => {
    const shielded = PROGRAM.replace("{ provider }", "{ provider, protect: true }");
    const folder = project(shielded);
    expect((await runIn(folder, "up")).code).toBe(0);
    const stepsOf = async (): Promise<readonly string[]> => {
      const { stdout } = await runIn(folder, "preview", "--json");
      const { steps } = JSON.parse(stdout) as { steps: { op: string; urn: string }[] };
      return steps.map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`);
    };
    expect(await stepsOf()).toEqual(["same lab-dev"]);
    writeFileSync(path.join(folder, "index.ts"), PROGRAM);
    expect(await stepsOf()).toEqual(["same lab-dev", "same net"]);
  });

  it("that is new can be drawn from a preview", async () => {
    const folder = project(PROGRAM);
    const out = path.join(folder, "picture.svg");
    const { code } = await runIn(folder, "graph", "--out", out);
    expect(code).toBe(0);
    expect(readFileSync(out, "utf8")).toContain(">net</text>");
  });

  it("interrupted in the middle keeps what was made and goes on from there", async () => {
    const endless =
      program(`  const never = vpc.id.apply(() => process.stdout.write("net is there\\n") && new Promise<string>((resolve) => setTimeout(resolve, 1e6)));
  new aws.ec2.Subnet("late", { vpcId: never, cidrBlock: "10.7.0.0/24" }, { provider });`);
    const folder = project(endless);
    const ended = await fridayproof(["up", "--cwd", folder, "--no-policies"], {
      onOutput: (soFar, interrupt) => {
        if (soFar.includes("net is there") && !soFar.includes("Stopping")) interrupt();
      },
    });
    expect(ended.stdout).toContain("Stopping: what is under way ends and is saved, nothing new begins.");
    expect(ended.stdout).toMatch(
      /^dev stopped by you after [\d.]+ s: 3 of 4 done, 0 failed, 1 not begun; all saved\.$/m,
    );
    expect(ended.stdout).not.toContain("error:");
    expect(ended.code).toBe(130);

    writeFileSync(path.join(folder, "index.ts"), PROGRAM);
    const again = await runIn(folder, "up");
    expect(again.code).toBe(0);
    expect(again.stdout).not.toContain("to create");
  });
});
