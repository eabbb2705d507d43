/** What a rule's tests are made of: fixtures it accepts, and one case for each way to fail. */
import { unknownSentinels } from "../../../policies/kit/reading/value";
import type { Rule } from "../../../policies/kit/rule/rule";
import type { Case, Given } from "./rule";

/** Cases of one rule. The whole messages of the bad ones stand in messages.json. */
export interface Spec {
  readonly rule: Rule;
  /** The first one is the compliant fixture that the sweep mutates. */
  readonly good: Readonly<Record<string, Case>>;
  readonly bad: Readonly<Record<string, Case>>;
}

/** A case of these resources. */
export function given(...resources: readonly Given[]): Case {
  return { resources };
}

/** A value that a preview hides. */
export const [UNKNOWN] = unknownSentinels;

/** A case of these resources in a preview, which may hide some of their values. */
export function previewed(...resources: readonly Given[]): Case {
  return { resources, context: { preview: true } };
}

/** The case with settings. */
export function under(settings: Readonly<Record<string, unknown>>, ...resources: readonly Given[]): Case {
  return { resources, settings };
}

/** A cluster-wide or namespaced Kubernetes object. */
export function object(token: string, name: string, props: Readonly<Record<string, unknown>>): Given {
  return { type: `kubernetes:${token}`, name, props: { metadata: { name }, ...props } };
}
