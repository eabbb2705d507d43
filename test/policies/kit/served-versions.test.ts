/** The table of API versions follows the lock file and the charts that are pinned. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { servedKinds } from "../../../policies/kit/served-kinds";
import { chartVersions, newestMinor, removedVersions } from "../../../policies/kit/served-versions";
import lock from "../../../stacks/env.lock.json";

const served = resolve(__dirname, "../../../sandbox/cloud/charts/served.yaml");

describe("the table of API versions", () => {
  it("has the versions of the pinned charts' kinds, as the sandbox serves them", () => {
    expect(chartVersions).toEqual(parse(readFileSync(served, "utf8")));
  });

  it("means the newest minor of the lock file where nobody names one", () => {
    expect(Object.keys(lock.kubernetes).sort().at(-1)).toBe(newestMinor);
  });

  it("names kinds that Kubernetes has or had, and stable versions in their place", () => {
    for (const [version, rows] of Object.entries(removedVersions)) {
      const [group = ""] = version.split("/");
      for (const { kinds, instead } of rows) {
        for (const kind of kinds) {
          const [place = group] = instead === "" ? [] : instead.split("/");
          expect(servedKinds[place], `${version} ${kind}`).toContain(kind);
        }
        expect(instead, version).toMatch(/^$|\/v\d+$/);
      }
    }
  });
});
