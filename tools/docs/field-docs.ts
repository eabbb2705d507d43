/** The text of docs/policy-fields.md: what was decided about each field of the controllers' kinds. */
import { resolve } from "node:path";
import { type FieldRow, type FieldTable, fieldTables, isUse, type PartUse } from "../../policies/fields/table";
import { table } from "./cost-tables";

/** The page. */
export const fieldPageFile = resolve(__dirname, "../../docs/policy-fields.md");

const introduction = `# Fields that rules check

Made by \`npm run policies:docs\` from \`policies/fields/\`; a test fails when it is stale.

Each field of these kinds is decided on: what it can do to availability and which rule checks it, or why it is harmless.
\`[]\` stands for every element of a list, \`{}\` for every member of a map, \`.**\` for everything below. With \`CRDS_DIR\` set to a
folder of the projects' CustomResourceDefinitions, \`npx vitest run test/policies/fields.test.ts\` fails for a field without a row
and for a row without a field: a new version of a controller is decided on before it is used. A rule that is named for a field
reads it in one of its cases, which the same test checks.
`;

function lines(rows: readonly (FieldRow | PartUse)[]): string {
  const cells = rows.map((row) => {
    if (isUse(row)) return [`\`${row.field}\``, "", `see "${row.part}" below`];
    const { field, may = "", rules, harmless } = row;
    const checkedBy = rules.map((rule) => `[${rule}](policies.md#${rule})`).join(", ");
    return [`\`${field}\``, may, harmless === undefined ? checkedBy : `harmless: ${harmless}`];
  });
  return table(["field", "what it can do", "checked by"], cells);
}

function section({ kinds, source, rows, parts }: FieldTable): string {
  const own = parts.map(({ name, rows: inner }) => `### Part: ${name}\n\n${lines(inner)}`);
  return [`## ${kinds.join(", ")} (${source})\n\n${lines(rows)}`, ...own].join("\n");
}

/** The page's text. */
export function fieldPage(): string {
  return [introduction, ...fieldTables().map(section)].join("\n");
}
