/** docs/sandbox.md says how big each folder is. After a change of size: `UPDATE=1 npx vitest run test/sandbox/size.test.ts`. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";

const PAGE = "docs/sandbox.md";
const ROW = /^\| `sandbox\/([\w*.]+)` \| ([\d,]+) \|/gm;
/** The page may say more than there is, but not much more: then somebody has written less, and the page shall tell. */
const [STEP, LEAST_SHARE] = [50, 0.6];
/** What design and issue allow the engine, together with the record of its runs. */
const ENGINE_BUDGET = 1200;
/** What design and issue allow the simulated cloud; what it refuses lies in sandbox/refusals and is counted there. */
const CLOUD_BUDGET = 1800;

/** Lines of TypeScript that are neither blank nor comment. */
function codeLines(files: readonly string[]): number {
  const lines = files.flatMap((file) => fs.readFileSync(file, "utf8").split("\n"));
  return lines.filter((line) => !/^\s*($|\/\/|\*|\/\*)/.test(line)).length;
}

function sizeOf(folder: string): number {
  const isDeep = folder !== "*.ts";
  const names = fs.readdirSync(isDeep ? path.join("sandbox", folder) : "sandbox", { recursive: isDeep }) as string[];
  const sources = names.filter((name) => name.endsWith(".ts"));
  return codeLines(sources.map((name) => path.join("sandbox", isDeep ? folder : "", name)));
}

const page = fs.readFileSync(PAGE, "utf8");
const rows = [...page.matchAll(ROW)].map(([, folder = "", said = ""]) => ({
  folder,
  said: Number(said.replaceAll(",", "")),
  size: sizeOf(folder),
}));

it("the page names every folder with code, and says how big it is", () => {
  const folders = fs.readdirSync("sandbox").filter((name) => fs.statSync(path.join("sandbox", name)).isDirectory());
  const withCode = folders.filter((folder) => sizeOf(folder) > 0);
  expect(rows.map(({ folder }) => folder).sort()).toEqual([...withCode, "*.ts"].sort());
  if (process.env.UPDATE === "1") {
    const rounded = (size: number): string => (Math.ceil(size / STEP) * STEP).toLocaleString("en-US");
    const updated = page.replace(
      ROW,
      (_row, folder: string) => `| \`sandbox/${folder}\` | ${rounded(sizeOf(folder))} |`,
    );
    fs.writeFileSync(PAGE, updated);
  } else {
    expect(rows.filter(({ said, size }) => size > said || size < said * LEAST_SHARE)).toEqual([]);
  }
});

it("the engine and the record of its runs are within their budget", () => {
  expect(sizeOf("engine") + sizeOf("report")).toBeLessThanOrEqual(ENGINE_BUDGET);
});

it("the simulated cloud is within its budget", () => {
  expect(sizeOf("cloud")).toBeLessThanOrEqual(CLOUD_BUDGET);
});
