/** Kept plans of incidents and everyday changes: the verdicts that somebody who knows the service accepts. */
import { describe, expect, test } from "vitest";
import { PlanError } from "../../../guard/verdict";
import expected from "./recordings/expected.json";
import { verdictOnBytes, kept } from "./support";

interface Accepted {
  readonly verdict: readonly string[];
  readonly exit: readonly number[];
  readonly steps: readonly {
    readonly address: string;
    readonly verdict: readonly string[];
    readonly must_mention?: readonly string[];
  }[];
  readonly must_mention?: readonly string[];
  readonly must_not?: readonly string[];
}

const files = Object.entries(expected as unknown as Readonly<Record<string, Accepted>>);
const plans = files.filter(([, { verdict }]) => !verdict.includes("ERROR"));
const broken = files.filter(([, { verdict }]) => verdict.includes("ERROR"));

/** Whether one of the words is said, once names are taken out of the text. */
function says(text: string, words: readonly string[], names: readonly string[]): boolean {
  const rest = names
    .reduce((left, name) => left.replaceAll(JSON.stringify(name).slice(1, -1), " "), text)
    .replace(/\b(?:aws|kubernetes|helm)_\w+|\b(?:aws|awsx|kubernetes):[\w./]+:\w+/g, " ");
  return words.some((word) => rest.toLowerCase().includes(word.toLowerCase()));
}

describe("the verdict on", () => {
  test.each(plans)("%s is one that is accepted", (name, accepted) => {
    const result = verdictOnBytes(kept(name));
    expect(accepted.verdict).toContain(result.verdict);
    expect(accepted.exit).toContain(result.exitCode);
    const text = JSON.stringify(result);
    for (const step of accepted.steps) {
      const change = result.changes.find(({ address }) => address === step.address);
      expect(step.verdict, step.address).toContain(change?.verdict ?? "SAFE");
      if (step.must_mention)
        expect(says(JSON.stringify(change), step.must_mention, [step.address]), step.address).toBe(true);
    }
    if (accepted.must_mention)
      expect(
        says(
          text,
          accepted.must_mention,
          accepted.steps.map(({ address }) => address),
        ),
      ).toBe(true);
    for (const secret of accepted.must_not ?? []) expect(text).not.toContain(secret);
  });

  test.each(broken)("%s is refused in a sentence", (name, accepted) => {
    const refused = (): unknown => verdictOnBytes(kept(name));
    expect(refused).toThrow(PlanError);
    const words = accepted.must_mention ?? ["type", "not a plan"];
    expect(refused).toThrow(new RegExp(words.join("|"), "i"));
  });
});
