/** docs/sandbox.md says of each recording what the suite asserts. `make update` rewrites it. */
import { readFileSync } from "node:fs";
import { it } from "vitest";
import { expectRecorded } from "../../support/recording";
import { verdictRows } from "./table";

const PAGE = "docs/sandbox.md";
const HEAD = "| recording | verdict | what and why |\n|---|---|---|\n";

it("docs/sandbox.md has the verdict of every recording", () => {
  const page = readFileSync(PAGE, "utf8");
  const start = page.indexOf(HEAD) + HEAD.length;
  const rows = /^(?:\|.*\n)*/.exec(page.slice(start))?.[0] ?? "";
  const expected = `${verdictRows().join("\n")}\n`;
  expectRecorded(PAGE, page.slice(0, start) + expected + page.slice(start + rows.length));
});
