/** `lock` as a process: offline, with exit codes, and an update that runs nothing. */
import { expect, it } from "vitest";
import { fridayproof } from "./support";

it("lists what is unproven and ends well while support lasts", async () => {
  const { code, stdout, stderr } = await fridayproof(["lock", "--check", "--today", "2026-11-21"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("warning  kubernetes.1.36.addons.coredns.version: unresolved: nothing may use it yet\n");
  expect(stdout).toMatch(/^0 error\(s\), \d+ warning\(s\), \d+ note\(s\) on 2026-11-21\.$/m);
});

it("fails once support has ended", async () => {
  const { code, stdout } = await fridayproof(["lock", "--today", "2027-03-28"]);
  expect(code).toBe(1);
  expect(stdout).toContain("error    kubernetes.1.35: standard support ended on 2027-03-27");
});

it("runs nothing to update", async () => {
  const { code, stdout } = await fridayproof(["lock", "--update"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^NOT RUN: /);
});

it.each(["soon", "2027-02-29", "2027-04-31", "2027-13-01", "2027-1-31"])(
  "refuses a day that is none: %s",
  async (day) => {
    const { code, stdout, stderr } = await fridayproof(["lock", "--today", day]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(
      `error: option '--today <day>' argument '${day}' is invalid. A day that exists, such as 2027-01-31.`,
    );
  },
);
