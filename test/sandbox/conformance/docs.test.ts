/** docs/sandbox.md says of each recording what the suite asserts. After a change: `UPDATE=1 npx vitest run test/sandbox/conformance/docs.test.ts`. */
import * as fs from "node:fs";
import { expect, it } from "vitest";
import { verdictRows } from "./table";

const PAGE = "docs/sandbox.md";
const HEAD = "| recording | verdict | what and why |\n|---|---|---|\n";

it("docs/sandbox.md has the verdict of every recording", () => {
  const page = fs.readFileSync(PAGE, "utf8");
  const start = page.indexOf(HEAD) + HEAD.length;
  const rows = /^(?:\|.*\n)*/.exec(page.slice(start))?.[0] ?? "";
  const wanted = `${verdictRows().join("\n")}\n`;
  if (process.env.UPDATE === "1")
    fs.writeFileSync(PAGE, page.slice(0, start) + wanted + page.slice(start + rows.length));
  else expect(rows).toBe(wanted);
});
