/** The page of a report in a real browser, where there is one: headless Chromium of Debian. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { htmlOf } from "../../../guard/report";
import { terraform } from "../verdict/support";
import { reportOn } from "./support";

const MINUTE = 60_000;
const browser = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

const plan = terraform([
  { type: "aws_db_instance", name: "orders", actions: ["delete"], before: { identifier: "orders" } },
  { type: "aws_lb", name: "front", before: { idle_timeout: 60 }, after: { idle_timeout: 30 } },
  { type: "aws_vpc", name: "net", before: { tags: { a: "b" } }, after: { tags: { a: "c" } } },
]);

describe.skipIf(browser === undefined)("in headless Chromium the page", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "page-"));
    writeFileSync(path.join(folder, "report.html"), htmlOf(reportOn({ prod: plan })));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (...args: readonly string[]) =>
    spawnSync(
      browser ?? "",
      [
        ...[
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--enable-logging=stderr",
          `--user-data-dir=${folder}/profile`,
        ],
        ...[...args, `file://${folder}/report.html`],
      ],
      { encoding: "utf8", timeout: MINUTE },
    );

  test(
    "shows every change, loads nothing else, and complains of nothing",
    () => {
      const { status, stdout, stderr } = open("--dump-dom");
      expect(status).toBe(0);
      for (const name of ["aws_db_instance.orders", "aws_lb.front", "aws_vpc.net", "DOWNTIME", "DEGRADES", "SAFE"])
        expect(stdout).toContain(name);
      expect(stdout).not.toMatch(/<script|src="http|href="http[^"]*\.css/);
      expect(stderr.split("\n").filter((line) => line.includes("CONSOLE"))).toEqual([]);
    },
    MINUTE,
  );

  test.each([
    ["wide", "1100,900"],
    ["narrow", "420,900"],
  ])(
    "is drawn %s",
    (name, size) => {
      const file = path.join(folder, `${name}.png`);
      expect(open(`--window-size=${size}`, `--screenshot=${file}`).status).toBe(0);
      expect(statSync(file).size).toBeGreaterThan(10_000);
    },
    MINUTE,
  );
});
