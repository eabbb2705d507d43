/** The report as one page that needs no network and no script: a tree of changes by verdict, filters, values, neighbours. */
import { counted, nameOf, escapeMarkup, groupBy } from "@fridayproof/components/core";
import { verdicts } from "../verdict";
import type { Effect, EnvironmentReport, Report, ReportedChange } from "./report";
import { pairDetails, pairHeadline } from "./pairs";
import { changesOf, costsOf, headlineOf, operationOf, rulesOf, tableHeads, timeOf } from "./wording";
import { neighboursOf, type Verdicts } from "./neighbours";
import { filterId, style } from "./page-style";

const code = (text: string): string => `<code>${escapeMarkup(text)}</code>`;

function sourceOf(source: string): string {
  const isPage = /^https:\/\/\S+$/.test(source);
  return isPage
    ? `<a href="${escapeMarkup(source)}" rel="noreferrer">${escapeMarkup(source)}</a>`
    : escapeMarkup(source);
}

function effectItem({ verdict, path, reason, lasts, who, safer, source }: Effect): string {
  const facts = [lasts, who].filter((fact) => fact !== undefined).join(", ");
  const parts = [
    `${verdict}${path === undefined ? "" : ` ${code(path)}`}: ${escapeMarkup(reason)}`,
    ...(facts === "" ? [] : [`How long, for whom: ${escapeMarkup(facts)}`]),
    ...(safer === undefined ? [] : [`Safer: ${escapeMarkup(safer)}`]),
    ...(source === undefined ? [] : [`Source: ${sourceOf(source)}`]),
  ];
  return `<li>${parts.join("<br>")}</li>`;
}

function valueTable({ values }: ReportedChange): string {
  if (values.length === 0) return "";
  const rows = values.map(
    ({ path, before, after }) =>
      `<tr><th scope="row">${code(path)}</th><td>${code(before)}</td><td>${code(after)}</td></tr>`,
  );
  return `<div class="scroll"><table><thead><tr><th scope="col">property</th><th scope="col">before</th><th scope="col">after</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function changeItem(change: ReportedChange, anchors: Verdicts): string {
  const { address, name, type, verdict, acceptedBy, effects, declared } = change;
  const declaration = declared === undefined ? "" : `<p>Declared at ${code(`${declared.file}:${declared.line}`)}</p>`;
  const accepted = acceptedBy === undefined ? "" : ` accepted: ${escapeMarkup(acceptedBy)}`;
  // Harmless ones are closed: the page begins with the harmful ones.
  return `<details class="change ${verdict}" id="${anchors.get(address)?.anchor ?? ""}"${verdict === "SAFE" ? "" : " open"}><summary><span class="verdict">${verdict}</span> ${code(name)} ${escapeMarkup(operationOf(change))} (${escapeMarkup(type)})${accepted}</summary><ul>${effects.map(effectItem).join("")}</ul>${valueTable(change)}${neighboursOf(change, anchors) ?? ""}${declaration}</details>`;
}

/** Changes under the component that they are a part of, in the order of their worst. */
function treeOf(changes: readonly ReportedChange[], anchors: Verdicts): string {
  return [...groupBy(changes, ({ parent = "" }) => nameOf(parent))]
    .map(([component, members]) => {
      const heading = component === "" ? "" : `<h3>${escapeMarkup(component)}</h3>`;
      return `<section>${heading}${members.map((change) => changeItem(change, anchors)).join("")}</section>`;
    })
    .join("");
}

function findingsOf({ findings }: EnvironmentReport): string {
  const items = findings.map(
    ({ rule, urn, blocks, message }) =>
      `<li>${blocks ? "<strong>refuses</strong>" : "advises"} ${code(rule)} at ${code(nameOf(urn) || urn)}: ${escapeMarkup(message)}</li>`,
  );
  return items.length === 0 ? "" : `<h3>Findings of the rules</h3><ul>${items.join("")}</ul>`;
}

function sectionOf(report: EnvironmentReport, position: number): string {
  const { environment, verdict, changes, notes, problem } = report;
  const anchors: Verdicts = new Map(
    changes.map((change, index) => [change.address, { verdict: change.verdict, anchor: `c${position}-${index}` }]),
  );
  const remarks = [...(problem === undefined ? [] : [problem]), ...notes].map(
    (note) => `<li>${escapeMarkup(note)}</li>`,
  );
  return `<section><h2 id="e${position}">${escapeMarkup(environment)}: ${problem === undefined ? verdict : "no plan"}</h2>${remarks.length === 0 ? "" : `<ul>${remarks.join("")}</ul>`}${findingsOf(report)}${treeOf(changes, anchors)}</section>`;
}

function overview({ environments }: Report): string {
  const rows = environments.map(
    (each, position) =>
      `<tr><th scope="row"><a href="#e${position}">${escapeMarkup(each.environment)}</a></th><td class="${each.verdict}">${each.verdict}</td><td>${changesOf(each)}</td><td>${rulesOf(each)}</td><td>${costsOf(each)}</td><td>${timeOf(each)}</td></tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${tableHeads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function pairsOf({ pairs }: Report): string {
  return pairs
    .map((pair) => {
      const { details, more } = pairDetails(pair);
      const items = details.map(
        ({ address, about, sides = [] }) =>
          `<li>${escapeMarkup(about)} ${code(address)}${sides.map((side) => `<br>${code(side)}`).join("")}</li>`,
      );
      const rest = more === 0 ? "" : `<li>${counted(more, "more difference")} in the report's JSON</li>`;
      const list = items.length === 0 ? "" : `<ul>${items.join("")}${rest}</ul>`;
      return `<details><summary>${escapeMarkup(pairHeadline(pair))}</summary>${list}</details>`;
    })
    .join("");
}

const filters = `<fieldset><legend>Show</legend>${verdicts
  .map((verdict) => `<label><input type="checkbox" id="${filterId(verdict)}" checked> ${verdict}</label>`)
  .join("")}</fieldset>`;

/** The page. Its policy lets nothing be loaded or run, whatever a plan's texts hold. */
export function htmlOf(report: Report): string {
  const { version, rows, sourced } = report.table;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(headlineOf(report))}</title>
<style>
${style}
</style>
</head>
<body>
<h1>${escapeMarkup(headlineOf(report))}</h1>
${overview(report)}
${pairsOf(report)}
${filters}
${report.environments.map(sectionOf).join("\n")}
<p>Verdicts by table ${version}: ${rows} effects, ${sourced} with a source of their own.</p>
</body>
</html>
`;
}
