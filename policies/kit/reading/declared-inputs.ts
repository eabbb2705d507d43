/** Inputs in place of the missing outputs of a preview, for objects whose provider is not configured yet. */
import { isRecord, isUnknown, open, unknownSentinels } from "./value";

/** Lists that AWS fills from other resources where the program states none. */
const computed: ReadonlySet<string> = new Set(["ingress", "egress", "inlinePolicies", "managedPolicyArns", "routes"]);

/**
 * Stack rules see outputs, and before a cluster exists the engine gives the objects in it none at all (provider_plugin.go,
 * Create with a configuration that is not known). Their inputs went through the rules about single resources before, in
 * the same process, and stand in: a folder of manifests shows no more. Without recorded inputs the object is unknown.
 */
export class DeclaredInputs {
  private readonly inputs = new Map<string, unknown>();

  /** Keeps the inputs of an object in a cluster, or of a resource of AWS. */
  keep(type: string, urn: string, inputs: unknown): void {
    if (/^(aws|kubernetes):/.test(type) && isRecord(inputs) && Object.keys(inputs).length > 0)
      this.inputs.set(urn, inputs);
  }

  /** The properties for stack rules in a preview. */
  propsOf(type: string, urn: string, outputs: unknown): unknown {
    if (type.startsWith("aws:")) return this.withoutComputed(urn, outputs);
    const empty = isRecord(outputs) && Object.keys(outputs).every((key) => key === "id");
    if (!empty || !type.startsWith("kubernetes:")) return outputs;
    return this.inputs.get(urn) ?? unknownSentinels[0];
  }

  private withoutComputed(urn: string, outputs: unknown): unknown {
    if (!isRecord(outputs) || Object.keys(outputs).every((key) => key === "id")) return unknownSentinels[0];
    const inputs = this.inputs.get(urn);
    if (!isRecord(inputs)) return outputs;
    const stays = ([key, value]: [string, unknown]): boolean =>
      !computed.has(key) || Object.hasOwn(inputs, key) || !isUnknown(open(value));
    return Object.fromEntries(Object.entries(outputs).filter(stays));
  }
}
