/** What counts as one exact version. */
import { describe, expect, it } from "vitest";
import { isExactVersion } from "../../../../policies/kit/reading/version";

describe("isExactVersion", () => {
  it.each(["1.2.3", "v1.2.3", "0.0.0", "10.20.30", "1.2.3-rc.1", "1.2.3-x", "1.2.3+build.5", "1.2.3-rc.1+b.2"])(
    "accepts %s",
    (text) => expect(isExactVersion(text)).toBe(true),
  );

  it.each([
    "",
    "1",
    "1.2",
    "1.2.x",
    "1.*",
    "^1.2.3",
    "~1.2.3",
    ">=1.2.3",
    "1.2.3.4",
    "01.2.3",
    "1.02.3",
    "1.2.03",
    "vv1.2.3",
    "x1.2.3",
    "1.2.3-",
    "1.2.3-rc.",
    "1.2.3-rc_1",
    "1.2.3+",
    "1.2.3+b.",
    "1.2.3 ",
    " 1.2.3",
    "=1.2.3",
    "1.2.3-01",
    "1.2.3 || 2.0.0",
    "1.2.3 - 2.0.0",
    "latest",
  ])("refuses %j", (text) => expect(isExactVersion(text)).toBe(false));
});
