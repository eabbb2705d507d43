/** The timetables in docs/releases.md are those that the limits give. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { page, withReleases } from "../../tools/docs/release-docs";

test("the page says what the limits give: npm run releases:docs", () => {
  const text = readFileSync(page, "utf8");
  expect(text).toBe(withReleases(text));
});

test("every strategy has a timetable, and the other ways stand below", () => {
  const headings = [...withReleases(readFileSync(page, "utf8")).matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual([
    ...["canary", "canary-5-20-100", "canary-5-10-25-50-100", "blueGreen", "rolling"],
    "What else may happen",
  ]);
});

test("a page without the marks is not written over", () => {
  expect(() => withReleases("# Releases\n")).toThrow(
    "docs/releases.md lacks <!-- releases: npm run releases:docs --> or, behind it, <!-- end of releases -->",
  );
});
