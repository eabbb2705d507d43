/** `make lint-migrations`: findings of our own rules and of squawk about the migrations of a folder. */
import * as path from "node:path";
import { textsIn } from "../../apps/sample/migrate/files";
import { type Migration, migrationsOf } from "../../apps/sample/migrate/migration";
import { type Finding, lint } from "../../apps/sample/migrate/rules";
import { command } from "../command";
import { squawk, squawkPath } from "./squawk";

const SAMPLE = path.resolve(__dirname, "../../apps/sample/migrations");

/** Every finding, ours first. squawk is left out on a platform that it has no program for. */
export async function allFindings(texts: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const migrations = migrationsOf(texts);
  const program = squawkPath();
  const findingsOf = ({ name, phase }: Migration): Promise<readonly Finding[]> =>
    program === undefined ? Promise.resolve([]) : squawk(program, name, texts[`${name}.sql`] ?? "", phase);
  return [...lint(migrations), ...(await Promise.all(migrations.map(findingsOf))).flat()];
}

async function main(folder: string): Promise<void> {
  const texts = textsIn(folder);
  const findings = await allFindings(texts);
  for (const { migration, rule, message } of findings) process.stdout.write(`${migration}.sql: ${rule}: ${message}\n`);
  const by = squawkPath() === undefined ? "our rules; squawk has no program for this platform" : "our rules and squawk";
  process.stdout.write(`${Object.keys(texts).length} migrations, ${findings.length} findings, by ${by}\n`);
  if (findings.length > 0) process.exitCode = 1;
}

if (require.main === module) void command("lint-migrations", () => main(process.argv[2] ?? SAMPLE));
