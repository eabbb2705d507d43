/** What a schema finds wrong, in the form of the platform's other problems. */
import type { Problem } from "@fridayproof/components/core";
import type { z } from "zod";

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

/**
 * The schema's findings as problems. Each rule's own message is what is allowed.
 * @param error of a parse with `reportInput: true`, else no value is shown.
 * @param fix what to do about any of them.
 */
export function schemaProblems(error: z.ZodError, fix: string): Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: pathOf([...issue.path, key]),
        got: key,
        allowed: "known properties only",
        fix: "Remove it, or correct its spelling: it would have no effect.",
      }));
    }
    return [{ path: pathOf(issue.path), got: issue.input, allowed: issue.message, fix }];
  });
}
