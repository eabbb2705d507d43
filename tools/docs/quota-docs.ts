/** Writes the quotas of docs/foundation.md: what the environments need, what a new account has, how to ask. `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { environments } from "../../stacks/environments/environments";
import { foundation } from "../../stacks/account/foundation";
import { isRequested, type Need, neededQuotas, type Quota, QUOTAS, requestCommand } from "../../stacks/account/quotas";
import { table } from "./cost-tables";

/** The page. */
export const page = resolve(__dirname, "../../docs/foundation.md");

const BEGIN = "<!-- quotas: npm run quotas:docs -->";
const END = "<!-- end of quotas -->";

function row(need: Need): string[] {
  const { name, service, code, limit }: Quota = QUOTAS[need.quota];
  const needed = need.needed > limit.value ? `**${need.needed}**` : String(need.needed);
  return [name, `${service} ${code}`, need.region, needed, String(limit.value), isRequested(need) ? "yes" : ""];
}

/** What stands between the marks. */
export function quotaText(needs: readonly Need[] = neededQuotas(environments, foundation)): string {
  const head = ["quota", "code", "region", "needed", "in a new account", "asked in a plan"];
  const commands = needs.filter(({ quota, needed }) => needed > QUOTAS[quota].limit.value).map(requestCommand);
  return `${table(head, needs.map(row))}\n\`\`\`sh needs="an AWS account and the AWS command line"\n${commands.join("\n")}\n\`\`\`\n`;
}

/** The page with its quotas as they are now. @throws Error when the marks are gone. */
export function withQuotas(text: string): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/foundation.md lacks ${BEGIN} or, behind it, ${END}`);
  return `${text.slice(0, begin + BEGIN.length)}\n${quotaText()}${text.slice(end)}`;
}

function main(): void {
  const text = readFileSync(page, "utf8");
  const now = withQuotas(text);
  if (!process.argv.includes("--check")) {
    writeFileSync(page, now);
    return;
  }
  if (text === now) return;
  console.error(`got stale quotas in ${page}; wanted what stacks/ says. Fix: npm run quotas:docs`);
  process.exitCode = 1;
}

if (require.main === module) main();
