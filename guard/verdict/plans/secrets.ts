/** Finds and masks the secrets of a plan. */
import { type Mask, SECRET_SIG, SIG } from "@fridayproof/components/core";
import type { Plan } from "./change";
import { isMap, Secret, type Values } from "./values";

/** The value of a secret's envelope: the real CLI writes JSON text with --show-secrets, whoever opens them puts a value. */
export function openedOf(envelope: Values): { readonly value: unknown } | undefined {
  if ("value" in envelope) return { value: envelope["value"] };
  const { plaintext } = envelope;
  if (typeof plaintext !== "string") return undefined;
  try {
    return { value: JSON.parse(plaintext) as unknown };
  } catch {
    return { value: plaintext };
  }
}

/** Every secret anywhere in a value. */
export function secretsIn(value: unknown): readonly Secret[] {
  if (value instanceof Secret) return [value];
  if (typeof value !== "object" || value === null) return [];
  if (isMap(value) && value[SIG] === SECRET_SIG) return [new Secret(openedOf(value)?.value)];
  return Object.values(value).flatMap(secretsIn);
}

/** Hides the plan's secrets in any text, also where a text without a mark repeats one. */
export function maskOfPlan({ resources, secrets = [] }: Pick<Plan, "resources" | "secrets">): Mask {
  return Secret.mask([
    ...secrets,
    ...resources.flatMap(({ before, after }) => [...secretsIn(before), ...secretsIn(after)]),
  ]);
}
