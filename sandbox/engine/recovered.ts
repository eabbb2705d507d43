/** The report of a run that goes on after one that was cut off: what is kept, what it took over, and what is made again. */
import { classOf, nameOf, typeOf } from "../property/urn";
import type { CutOff } from "../state/state-file";

/** What became of a step that had begun and was not known to have ended. */
export interface Recovered {
  readonly urn: string;
  /** `absent`: not made. `compared`: an update, which is planned again. `gone` and `remains`: deletions. */
  readonly became: "adopted" | "absent" | "compared" | "gone" | "remains";
  /** In the cloud, of what was adopted. */
  readonly id?: string;
}

/** In the order of the report. */
const WORDS: readonly (readonly [Recovered["became"], string])[] = [
  ["adopted", "found in the account and taken over"],
  ["absent", "not in the account, made again where the program declares it"],
  ["compared", "updated again where it differs"],
  ["gone", "deleted already"],
  ["remains", "not deleted yet, deleted again"],
];

/** The message, a line for each thing that became of steps under way; undefined where no run was cut off. */
export function goesOnText(cutOff: CutOff | undefined, recovered: readonly Recovered[]): string | undefined {
  if (cutOff === undefined && recovered.length === 0) return undefined;
  const lines = WORDS.flatMap(([became, words]) => {
    const names = recovered.filter((row) => row.became === became).map(label);
    return names.length === 0 ? [] : [`${words}: ${names.join(", ")}`];
  });
  return [headOf(cutOff, recovered.length), ...lines].join("\n");
}

function headOf(cutOff: CutOff | undefined, open: number): string {
  const steps = `${open} ${open === 1 ? "step" : "steps"}`;
  if (cutOff === undefined) return `An earlier run left ${steps} under way:`;
  const { changed } = cutOff;
  const kept = changed === 1 ? "1 step of it is kept" : `${changed} steps of it are kept`;
  const head = `This run goes on after one that was cut off: ${kept}`;
  return open === 0 ? `${head}.` : `${head}, ${open} more ${open === 1 ? "was" : "were"} under way:`;
}

/** `Vpc network-vpc (vpc-0a1b2c3d)`; an ARN or a chosen name adds nothing to the resource's own. */
function label({ urn, id }: Recovered): string {
  const name = `${classOf(typeOf(urn))} ${nameOf(urn)}`;
  return id === undefined || id.startsWith("arn:") ? name : `${name} (${id})`;
}
