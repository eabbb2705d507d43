/** The lock file's check: what is unproven, ends soon or is old, with the day as an argument. */
import { describe, expect, test } from "vitest";
import { lockFindings, lockUpdates } from "../../guard/lock-check";
import lockFile from "../../stacks/env.lock.json";

const row = (more: object = {}) => ({
  proof: "published",
  source: "https://example.com/list",
  date: "2026-11-01",
  ...more,
});
const lines = (lock: unknown, today: string) =>
  lockFindings(lock, today).map(({ level, path, text }) => `${level} ${path}: ${text}`);
const minor = { kubernetes: { "1.35": row({ standardSupportEnds: "2027-03-27" }) } };

describe("the check of the lock file", () => {
  test("warns 90 days before a minor's end, and fails the day after it", () => {
    expect(lines(minor, "2026-12-26")).toEqual([]);
    expect(lines(minor, "2026-12-27")).toEqual([
      "warning kubernetes.1.35: standard support ends on 2027-03-27, in 90 days: bring up the next generation",
    ]);
    expect(lines(minor, "2027-03-27")[0]).toMatch(/^warning kubernetes\.1\.35: standard support ends .*, in 0 days/);
    expect(lines(minor, "2027-03-28")[0]).toBe(
      "error kubernetes.1.35: standard support ended on 2027-03-27: every hour of a cluster costs six times as much",
    );
  });

  test("says where a version was seen, what is unresolved, and what nobody has looked at since the last minor", () => {
    const lock = {
      addons: {
        a: row({ version: "unresolved", proof: "unresolved" }),
        b: row({ proof: "observed", seen: "https://example.org/page" }),
        c: row({ proof: "observed" }),
      },
      charts: { d: row({ digest: "unresolved", date: "2026-07-23" }) },
    };
    expect(lines(lock, "2026-11-21")).toEqual([
      "warning addons.a.version: unresolved: nothing may use it yet",
      "warning charts.d: looked up 121 days ago, on 2026-07-23: look again",
      "note addons.b: seen at https://example.org/page, not on its owner's list: https://example.com/list",
      "note addons.c: seen in public configurations of running clusters, not on its owner's list: https://example.com/list",
      "note charts.d.digest: the digest is unresolved: the version alone pins it",
    ]);
  });

  test("finds every unresolved entry of the real file and no error on the day that it was written", () => {
    const found = lockFindings(lockFile, lockFile.asOf);
    expect(found.filter(({ level }) => level === "error")).toEqual([]);
    const unresolved = found.filter(({ text }) => text.includes("unresolved"));
    const mentioned = JSON.stringify({ ...lockFile, proofs: {} }).match(/"(?!proof")\w+":"unresolved"/g) ?? [];
    expect(unresolved).toHaveLength(mentioned.length);
  });

  test("names a command for every entry that can be looked up", () => {
    const updates = lockUpdates(lockFile);
    expect(updates.map(({ path }) => path)).toContain("charts.argo-cd");
    expect(updates.find(({ path }) => path === "kubernetes.1.35.addons.coredns")?.command).toBe(
      "aws eks describe-addon-versions --kubernetes-version 1.35 --addon-name coredns",
    );
    expect(lockUpdates(undefined)).toEqual([]);
  });
});
