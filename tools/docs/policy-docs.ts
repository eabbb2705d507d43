/** Writes docs/policies.md from the rules themselves, and docs/policy-fields.md from their tables. `--check` only compares. */
import { resolve } from "node:path";
import {
  immutabilityRules,
  replicaRules,
  type Rule,
  rules,
  securityRules,
  zeroDowntimeRules,
} from "@fridayproof/policies/rules";
import { fieldPage, fieldPageFile } from "./field-docs";
import { writeOrCheck } from "./generated-page";
import { exemptions, protectionExemptions } from "../../stacks/policies/exemptions";

/** The page. */
export const page = resolve(__dirname, "../../docs/policies.md");

const groups: readonly (readonly [string, readonly Rule[]])[] = [
  ["Zero-downtime", zeroDowntimeRules],
  ["Security", securityRules],
  ["Immutability", immutabilityRules],
  ["Replica", replicaRules],
];

const levels = { mandatory: "blocks", advisory: "reports" } as const;

/** What the level `remediate` adds for a rule that can do it. */
const mending = " With the level `remediate` it repairs the input, and blocks what it cannot repair.";

const introduction = `# Policies

Made by \`npm run policies:docs\` from \`policies/\`; a test fails when it is stale.

${rules.length} rules run in \`pulumi preview\` and \`pulumi up\`, on the sandbox, and on rendered YAML (\`npx fridayproof lint-manifests DIR\`).
A rule about one resource stops an update before that resource is touched; a rule about the whole stack speaks when the preview or
the update has ended, so only the preview can stop it in time: never use \`--skip-preview\`. The sandbox's \`up\` previews first, too.

- **What a preview cannot know** becomes a notice, and is checked before the update touches the resource.
- **Helm releases** show the engine their values only; rules about pods see charts through \`lint-manifests\` on rendered YAML.
- **What only the project knows** has no default: a finding that depends on such a setting is advisory, names the setting, and
  blocks nothing until the policy configuration gives a value.
- **Nothing is changed by itself**: a rule that can repair the input does so where the configuration gives it the level \`remediate\`.
- **Values are never printed** unless their form proves them harmless: counts, durations, versions, CIDR blocks, fixed words.

## Exemptions

A resource may break a rule for a reason, by an owner, until a day. There are three places for that:

| Place | For |
|---|---|
| a rule's setting \`exemptions\` in the file that \`--policy-pack-config\` names | what a program declares. Ours stand in \`stacks/policies/exemptions.ts\`: \`npm run policies:config\` writes what the program declares into \`stacks/policies/<stack>.json\`, and those with the objects of third-party charts into \`stacks/policies/lint-manifests.json\`, which \`lint-manifests\` reads |
| \`.fridayproof/exemptions.yaml\` in a folder of manifests | an application's own: the rows cover what lies beside the file and below, in \`lint-manifests\`; \`npx fridayproof policies exempt RULE RESOURCE\` writes one |
| the annotation \`exempt.fridayproof.dev/<rule>: "<YYYY-MM-DD> <owner>: <reason>"\` | the one object that carries it |

\`resource\` is \`<type token>::<name>\`, and \`<type token>::<namespace>/<name>\` for an object that states a namespace; \`*\` stands
for characters within a name. \`path\` narrows a row to a property and what lies below it. Refused: \`**\`, a bare \`*\`, a name with
\`*\` and fewer than three letters or digits in a row, a day more than a year away, a reason of fewer than three words, and a rule
that does not exist. The pack's own check \`exemptions-current\` fails a run whose exemptions are faulty, have run out, or excuse
nothing that the stack holds; so does \`lint-manifests\`, except that a folder need not hold what a row of the configuration is about (with \`--whole\` it must).
On the sandbox the lock file's \`asOf\` counts as today, so that a clone still works next year.

| Rule | Object | Reason | Owner | Until |
|---|---|---|---|---|
${[...exemptions, ...protectionExemptions].map((row) => `| ${row.rule} | \`${row.resource}\` | ${row.reason} | ${row.owner} | ${row.expires} |`).join("\n")}
`;

function settingsOf(rule: Rule): string {
  const rows = Object.entries(rule.settings).map(([name, setting]) => {
    const { description = "" } = setting.schema;
    const fallback =
      setting.hasNoDefault === true ? "none: the project decides" : `\`${JSON.stringify(setting.fallback)}\``;
    return `| \`${name}\` | ${fallback} | ${description} |`;
  });
  return rows.length === 0 ? "" : `\n| Setting | Default | Meaning |\n|---|---|---|\n${rows.join("\n")}\n`;
}

function section(rule: Rule): string {
  const fence = "```";
  const scope = rule.scope === "resource" ? "one resource" : "the whole stack";
  const mends = rule.scope === "resource" && rule.remedy !== undefined;
  const note = rule.limits === undefined ? "" : `\n- **Limits**: ${rule.limits}`;
  return `### ${rule.id}

${rule.forbids}

- **Prevents**: ${rule.prevents}
- **Level**: ${rule.level}: it ${levels[rule.level]}. Looks at ${scope}.${mends ? mending : ""}
- **Source**: ${rule.source}${note}
${settingsOf(rule)}
Refused:

${fence}text
${rule.examples.bad}
${fence}

Accepted:

${fence}text
${rule.examples.good}
${fence}
`;
}

/** The page's text. */
export function policyPage(): string {
  const parts = groups.map(
    ([title, members]) => `## ${title} (${members.length})\n\n${members.map(section).join("\n")}`,
  );
  return [introduction, ...parts].join("\n");
}

function main(): void {
  const pages = [
    [page, policyPage()],
    [fieldPageFile, fieldPage()],
  ] as const;
  for (const [file, text] of pages)
    writeOrCheck(file, text, `got a stale ${file}; expected what the rules define. Fix: npm run policies:docs`);
}

if (require.main === module) main();
