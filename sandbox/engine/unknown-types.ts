/** Types that a program declares and no simulated package has: reported all at once, before anything is begun. */
import type { ProviderRegistry } from "./providers";

/**
 * A program constructs its resources in bursts, and each registers only when what it takes is known. What a burst
 * constructs is noted here, so that its first registration can report what all the others would be refused for.
 */
export class UnknownTypes {
  /** Names of the resources of each such type. */
  private readonly names = new Map<string, string[]>();
  private unreported = new Set<string>();

  constructor(private readonly registry: ProviderRegistry) {}

  /** Notes a resource that the program has constructed and that a provider must make. */
  note(type: string, name: string): void {
    if (this.registry.knows(type)) return;
    this.names.set(type, [...(this.names.get(type) ?? []), name]);
    this.unreported.add(type);
  }

  /** Whether the type is among those that were noted. */
  has(type: string): boolean {
    return this.names.has(type);
  }

  /** The report of the types that were noted since the last call; undefined where there are none. */
  takeMessage(): string | undefined {
    const types = [...this.unreported].sort();
    if (types.length === 0) return undefined;
    this.unreported = new Set();
    const lines = types.map((type) => `  ${type}: ${(this.names.get(type) ?? []).join(", ")}`);
    const what = types.length === 1 ? "a type" : `${types.length} types`;
    const known = this.registry.packageNames.filter((name) => name !== "pulumi").join(", ");
    return [
      `the sandbox does not support ${what} that this program declares. It has packages ${known}, and these not:`,
      ...lines,
      "docs/sandbox-cloud.md shows how to add a type of aws.",
    ].join("\n");
  }
}
