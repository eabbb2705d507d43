/** What the API server has against the content of a ConfigMap or a Secret. Source: ValidateConfigMap and ValidateSecret. */
import type { Violation } from "../../kit/finding/finding";
import type { Field } from "../../kit/reading/field";
import type { Resource } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";
import { workloadLimits } from "../../limits/workloads";

const kibi = 1024;

/** An object that is too large, and keys that files cannot have. */
export function* contentViolations(object: Resource): Iterable<Violation> {
  const [texts, coded] = object.is(types.configMap) ? ["data", "binaryData"] : ["stringData", "data"];
  const size = sum(object.at(texts), (text) => Buffer.byteLength(text)) + sum(object.at(coded), decoded);
  const most = workloadLimits.contentAtMost.value;
  if (size > most)
    yield {
      at: texts,
      got: `${Math.ceil(size / kibi)} KiB`,
      expected: `${most / kibi} KiB at most: the API refuses more`,
      fix: "put it into the image or a volume, or split it into several objects",
    };
}

function sum(owner: Field, sizeOf: (text: string) => number): number {
  return owner.members().reduce((total, [, field]) => total + sizeOf(field.textOrEmpty()), 0);
}

/** Bytes that a text in base64 stands for. */
function decoded(text: string): number {
  return Buffer.from(text, "base64").length;
}
