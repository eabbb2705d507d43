/** Which version of a chart comes after which. */
import { describe, expect, it } from "vitest";
import { isNewer } from "../../../sandbox/cloud/charts/inventory";

describe("isNewer", () => {
  it.each([
    ["1.30.4", "1.30.3", true],
    ["v3.5.1", "3.5.0", true],
    ["2.0.0", "2.0.0-rc.1", true],
    ["1.31.0-rc.1", "1.30.3", true],
    ["1.30.10", "1.30.9", true],
    ["1.30.3", "1.30.3", false],
    ["1.30.3+build", "1.30.3", false],
    ["2.0.0-rc.1", "2.0.0", false],
    ["1.30.2", "1.30.3", false],
    ["^1.31.0", "1.30.3", false],
    ["1.31", "1.30.3", false],
    ["newest", "1.30.3", false],
  ])("%s after %s: %s", (version, than, newer) => {
    expect(isNewer(version, than)).toBe(newer);
  });
});
