/** A row of exemptions with the fields that no case is about. */
import type { Exemption } from "../../../policies/kit/rule/exemption";

/** A row for this resource. */
export function exemptionRow(resource: string, more: Partial<Exemption> = {}): Exemption {
  return { resource, reason: "a reason in words", owner: "o", expires: "2026-12-31", ...more };
}
