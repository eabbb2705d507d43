/** Weights as a person writes them: `blue=95,green=5`. */
import type { Problem } from "@fridayproof/components/core";

/** Percent of the traffic by slot. */
export type SlotWeights = Readonly<Record<string, number>>;

const ALL = 100;

/** `blue 95 %, green 5 %`. */
export function weightsText(weights: SlotWeights): string {
  return Object.entries(weights)
    .map(([slot, weight]) => `${slot} ${weight} %`)
    .join(", ");
}

function partProblem(part: string, slots: readonly string[], seen: readonly string[]): Problem | undefined {
  const [slot = "", value, ...more] = part.split("=").map((word) => word.trim());
  const example = slots.map((name, index) => `${name}=${index === 0 ? "95" : "5"}`).join(",");
  const fix = `Write all of them, such as "${example}".`;
  if (value === undefined || more.length > 0) return { path: "to", got: part, allowed: "slot=percent", fix };
  if (!slots.includes(slot))
    return {
      path: "to",
      got: slot,
      allowed: `a slot that stands: ${slots.join(", ")}`,
      fix: "Bring the slot up first.",
    };
  if (seen.includes(slot)) return { path: `to.${slot}`, got: part, allowed: "each slot once", fix };
  return /^(0|[1-9]\d?|100)$/.test(value)
    ? undefined
    : { path: `to.${slot}`, got: value, allowed: "a whole number from 0 to 100", fix };
}

/** Reads weights. @param slots those that stand. @returns weights of every slot, or what is wrong with the text. */
export function readWeights(
  text: string,
  slots: readonly string[],
): { readonly weights: SlotWeights } | { readonly problems: readonly Problem[] } {
  const parts = text.split(",").map((part) => part.trim());
  const names = parts.map((part) => part.split("=")[0]?.trim() ?? "");
  const problems = parts.flatMap((part, index) => partProblem(part, slots, names.slice(0, index)) ?? []);
  if (problems.length > 0) return { problems };
  const bySlot = new Map(
    parts.map((part) => part.split("=")).map(([slot = "", value]) => [slot.trim(), Number(value)]),
  );
  const weights = Object.fromEntries(slots.map((slot) => [slot, bySlot.get(slot) ?? 0]));
  const sum = Object.values(weights).reduce((left, right) => left + right, 0);
  if (sum === ALL) return { weights };
  return {
    problems: [
      { path: "to", got: text, allowed: `a sum of ${ALL}; this is ${sum}`, fix: "Give the rest to another slot." },
    ],
  };
}
