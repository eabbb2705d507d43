/** Values of a state by their path: whatever is absent, unknown or of another kind is undefined. */

/** A resource of a state, as far as a status reads it. */
export interface StatusResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly external?: boolean;
  readonly id?: string;
  readonly modified?: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
}

type Members = Readonly<Record<string, unknown>>;

function memberAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Members)[key] : undefined),
    value,
  );
}

/** The text at the path. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = memberAt(value, path);
  return typeof found === "string" ? found : undefined;
}

/** The number at the path. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = memberAt(value, path);
  return typeof found === "number" ? found : undefined;
}

/** The map at the path. */
export function objectAt(value: unknown, ...path: readonly string[]): Members | undefined {
  const found = memberAt(value, path);
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Members) : undefined;
}

/** The elements at the path; none where there is no list. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = memberAt(value, path);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}
