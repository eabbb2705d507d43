/** Bad input as Pulumi prints it best: a sentence, without a stack of ours or of the SDK. */
import { ProblemsError } from "@fridayproof/components/core";
import * as pulumi from "@pulumi/pulumi";

function asRunError(error: unknown): never {
  throw error instanceof ProblemsError ? new pulumi.RunError(error.message) : error;
}

/**
 * Runs `declare`, whose components check their arguments while they are declared.
 * @throws RunError with the same text in place of a ProblemsError: bad input is its author's business, not a defect.
 */
export function withRunErrors<T>(declare: () => T): T {
  try {
    const declared = declare();
    return declared instanceof Promise ? (declared.catch(asRunError) as T) : declared;
  } catch (error) {
    return asRunError(error);
  }
}
