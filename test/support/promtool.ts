/** promtool and amtool of the deployed majors: they run what the product asks Prometheus and tells Alertmanager. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { toolPath } from "../../tools/setup/go-tools.cjs";

/** Whether promtool is there; without it (no Go: `make go-tools`) such tests are skipped, and counted as skipped. */
export const havePromtool = existsSync(toolPath("promtool"));

/** Whether amtool is there. */
export const haveAmtool = existsSync(toolPath("amtool"));

/** Samples of one series, one for each interval, as promtool writes them. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** One question at one moment. */
export interface ExprTest {
  readonly expr: string;
  /** Since the first sample, such as `10m`. */
  readonly eval_time: string;
  /** The whole answer; empty: no data. */
  readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
}

/** Which alerts fire at one moment, with all of their labels and annotations. */
export interface AlertTest {
  readonly alertname: string;
  readonly eval_time: string;
  readonly exp_alerts: readonly Readonly<Record<"exp_labels" | "exp_annotations", Readonly<Record<string, string>>>>[];
}

/** Series, and what is asked about them. */
export interface TestGroup {
  readonly name: string;
  readonly input_series: readonly InputSeries[];
  readonly promql_expr_test?: readonly ExprTest[];
  readonly alert_rule_test?: readonly AlertTest[];
}

/** Rules as a PrometheusRule holds them. */
export type RuleGroups = readonly { readonly name: string; readonly rules: readonly object[] }[];

const interval = "15s";

/** What the program says, "" when it ends well. Files are JSON, which is YAML. */
async function complaintOf(tool: string, args: readonly string[], files: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(path.join(tmpdir(), "promtool-"));
  try {
    for (const [name, content] of Object.entries(files))
      writeFileSync(path.join(folder, name), JSON.stringify(content));
    return await new Promise<string>((resolve) => {
      execFile(toolPath(tool), args, { cwd: folder }, (error, stdout, stderr) => {
        resolve(error === null ? "" : `${stdout}${stderr}` || error.message);
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the groups with `promtool test rules`. @returns what differs, "" when nothing. */
export function differences(tests: readonly TestGroup[], groups: RuleGroups = []): Promise<string> {
  const test = {
    rule_files: ["rules.yml"],
    evaluation_interval: interval,
    tests: tests.map((group) => ({ interval, ...group })),
  };
  return complaintOf("promtool", ["test", "rules", "test.yml"], { "test.yml": test, "rules.yml": { groups } });
}

/** What `promtool check rules` has against them. */
export function ruleFaults(groups: RuleGroups): Promise<string> {
  return complaintOf("promtool", ["check", "rules", "--lint=all", "--lint-fatal", "rules.yml"], {
    "rules.yml": { groups },
  });
}

/** What `amtool check-config` has against the configuration. */
export function alertmanagerFaults(config: unknown): Promise<string> {
  return complaintOf("amtool", ["check-config", "config.yml"], { "config.yml": config });
}

/** "" when an alert with these labels goes to exactly this receiver. */
export function routeFaults(config: unknown, labels: Readonly<Record<string, string>>, receiver: string) {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const args = ["config", "routes", "test", "--config.file=config.yml", `--verify.receivers=${receiver}`, ...pairs];
  return complaintOf("amtool", args, { "config.yml": config });
}
