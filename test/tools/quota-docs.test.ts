/** The quotas in docs/foundation.md are those that the environments need. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { page, withQuotas } from "../../tools/docs/quota-docs";

test("the page says what stacks/ says: npm run quotas:docs", () => {
  const text = readFileSync(page, "utf8");
  expect(text).toBe(withQuotas(text));
});

test("a page without the marks is not written over", () => {
  expect(() => withQuotas("# Foundation\n")).toThrow(
    "docs/foundation.md lacks <!-- quotas: npm run quotas:docs --> or, behind it, <!-- end of quotas -->",
  );
});
