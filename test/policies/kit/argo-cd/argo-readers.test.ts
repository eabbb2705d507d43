/** What rules read of Argo CD's texts: patterns, jq paths and schedules. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSchedule } from "../../../../components/core";
import { latestStart } from "../../../../policies/kit/reading/cron";
import { globMatches, isWild } from "../../../../policies/kit/reading/glob";
import { jqPaths } from "../../../../policies/kit/reading/jq-path";

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);

describe("a pattern", () => {
  it("matches itself, what begins like it before a star, and nothing shorter", () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect([globMatches(one, one), globMatches(`${one}*`, one + other), globMatches(`${one}?`, one)]).toEqual([
          true,
          true,
          false,
        ]);
      }),
    );
  });

  it.each([
    ["apps.{io,dev}", "apps.dev", true],
    ["apps.io", "appsxio", false],
    ["[!a]b", "cb", true],
    ["[!a]b", "ab", false],
    [String.raw`\*`, "*", true],
    ["a{", "a", false],
  ])("%s on %s: %s", (pattern, text, matches) => expect(globMatches(pattern, text)).toBe(matches));

  it("is wild where nothing of it is fixed, or where it denies", () => {
    for (const pattern of ["*", " ** ", "[a-z]*", "*-*", "!kube-system", "?"]) expect(isWild(pattern)).toBe(true);
    for (const pattern of ["", "shop", "shop-*", "*-1"]) expect(isWild(pattern)).toBe(false);
  });
});

describe("a jq expression", () => {
  it("of members is one path, however it is spelled", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 5 }), (keys) => {
        const path = [keys.map((key) => ({ key }))];
        expect(jqPaths(keys.map((key) => `.${key}`).join(""))).toEqual(path);
        expect(jqPaths(`.${keys.map((key) => `["${key}"]`).join("")}`)).toEqual(path);
        expect(jqPaths(`(${keys.map((key) => `.${key}?`).join(" | ")})`)).toEqual(path);
      }),
    );
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => jqPaths(text)).not.toThrow();
      }),
    );
  });
});

describe("a schedule", () => {
  it("starts last at or before the moment, at a minute that it allows", () => {
    const base = Date.UTC(2026, 10, 21);
    fc.assert(
      fc.property(fc.nat(59), fc.nat(23), fc.nat(60 * 24 * 20), (minute, hour, later) => {
        const read = readSchedule(`${minute} ${hour} * * *`);
        const at = base + later * 60_000;
        const start = "schedule" in read ? latestStart(read.schedule, at, at - 86_400_000) : undefined;
        const found = new Date(start ?? 0);
        expect([found.getUTCMinutes(), found.getUTCHours()]).toEqual([minute, hour]);
        expect(at - found.getTime()).toBeLessThan(86_400_000);
        expect(found.getTime()).toBeLessThanOrEqual(at);
      }),
    );
  });
});
