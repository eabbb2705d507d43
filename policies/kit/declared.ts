/** What a preview shows of objects whose provider cannot answer yet: what the program declares of them. */
import { isRecord, unknownSentinels } from "./value";

/**
 * Stack rules see outputs, and before a cluster exists the engine gives the objects in it none at all (provider_plugin.go,
 * Create with a configuration that is not known). Their inputs went through the rules about single resources before, in
 * the same process, and stand in: a folder of manifests shows no more. Where no rule was asked, the object is hidden.
 */
export class Declared {
  private readonly inputs = new Map<string, unknown>();

  /** Keeps the inputs of an object in a cluster. */
  keep(type: string, urn: string, inputs: unknown): void {
    if (type.startsWith("kubernetes:")) this.inputs.set(urn, inputs);
  }

  /** The properties as a rule about the stack sees them in a preview. */
  propsOf(type: string, urn: string, outputs: unknown): unknown {
    const empty = isRecord(outputs) && Object.keys(outputs).every((key) => key === "id");
    if (!empty || !/^(aws|kubernetes):/.test(type)) return outputs;
    return this.inputs.get(urn) ?? unknownSentinels[0];
  }
}
