/** Writes the quotas of docs/foundation.md: what the environments need, what a new account has, how to ask. `--check` only compares. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { environments } from "../../stacks/environments/environments";
import { foundation } from "../../stacks/account/foundation";
import { isRequested, type Need, neededQuotas, type Quota, QUOTAS, requestCommand } from "../../stacks/account/quotas";
import { table } from "./cost-tables";
import { withPart, writeOrCheck } from "./generated-page";

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
  const head = ["quota", "code", "region", "needed", "in a new account", "checked in a plan"];
  const commands = needs.filter(({ quota, needed }) => needed > QUOTAS[quota].limit.value).map(requestCommand);
  return `${table(head, needs.map(row))}\n\`\`\`sh needs="an AWS account and the AWS command line"\n${commands.join("\n")}\n\`\`\`\n`;
}

/** The page with its quotas as they are now. @throws Error when the marks are gone. */
export function withQuotas(text: string): string {
  return withPart(text, { page: "docs/foundation.md", begin: BEGIN, end: END }, quotaText());
}

function main(): void {
  writeOrCheck(
    page,
    withQuotas(readFileSync(page, "utf8")),
    `got stale quotas in ${page}; expected what stacks/ defines. Fix: npm run quotas:docs`,
  );
}

if (require.main === module) main();
