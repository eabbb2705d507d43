/** Runs squawk beside our own rules: it covers more statements, but no phases. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Finding } from "../../apps/sample/migrate/rules";
import type { Phase } from "../../apps/sample/migrate/migration";

/**
 * Left out, each because our runner or our rules do it: time-outs (on CONCURRENTLY one leaves an invalid index), robust
 * statements (each migration runs once, in a transaction), SET NOT NULL (right after a valid check), keys and types of style.
 */
const OFF = [
  "require-timeout-settings",
  "require-lock-timeout",
  "require-statement-timeout",
  "prefer-robust-stmts",
  "adding-not-nullable-field",
  "prefer-bigint-over-int",
  "prefer-identity",
  "prefer-text-field",
  "require-enum-value-ordering",
];

/** What a contract is for. */
const CONTRACTS = ["ban-drop-column", "ban-drop-table", "ban-drop-not-null"];

interface Report {
  readonly rule_name: string;
  readonly message: string;
}

/** squawk's program; undefined on a platform that it is not installed for (package.json, optionalDependencies). */
export function squawkPath(): string | undefined {
  try {
    const found = createRequire(__filename).resolve(`@squawk-cli/${process.platform}-${process.arch}/package.json`);
    return path.join(path.dirname(found), "bin", "squawk");
  } catch {
    return undefined;
  }
}

/** The findings of squawk about a file of SQL. */
export function squawk(program: string, name: string, sql: string, phase: Phase): Promise<readonly Finding[]> {
  const off = [...OFF, ...(phase === "contract" ? CONTRACTS : [])];
  const outside = /\bconcurrently\b/i.test(sql) ? [] : ["--assume-in-transaction"];
  const args = [
    "--reporter",
    "json",
    "--pg-version",
    "15",
    "--exclude",
    off.join(","),
    "--stdin-filepath",
    name,
    ...outside,
  ];
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, (error, stdout, stderr) => {
      // 1: it found something.
      if (error !== null && error.code !== 1) return reject(new Error(`squawk: ${stderr || error.message}`));
      const found = JSON.parse(stdout === "" ? "[]" : stdout) as readonly Report[];
      resolve(found.map(({ rule_name: rule, message }) => ({ migration: name, rule: `squawk:${rule}`, message })));
    });
    child.stdin?.end(sql);
  });
}
