/** What the sandbox does not have, refused by name; docs/sandbox.md lists it with the reasons. */
/** gRPC's status of a method that is not there: SDKs fall back on it where they can. */
const UNIMPLEMENTED = 12;

/** An SDK's message when this engine lacks a feature: no newer CLI would help. */
const UNSUPPORTED = /The Pulumi CLI does not support (?:the )?(.+?)(?: option)?\. Please update the Pulumi CLI/;

/** The error that names the missing feature. */
export function notSupported(what: string): Error {
  return new Error(`the sandbox does not have ${what}: docs/sandbox.md lists what is not built, and why`);
}

/** The sandbox's own sentence for an SDK's error about a missing feature; undefined for any other error. */
export function unsupportedFeature(error: unknown): string | undefined {
  const [, feature] = UNSUPPORTED.exec(error instanceof Error ? error.message : "") ?? [];
  if (feature === undefined) return undefined;
  return notSupported(`${feature.charAt(0).toLowerCase()}${feature.slice(1)}`).message;
}

/**
 * Adds to the monitor every method of the SDK's service that it lacks, each refusing by name: a method of a newer SDK
 * would be a TypeError inside the program.
 * @param methods names in the service's definition, such as `registerResource`.
 */
export function rejectUnsupported<Service extends object>(monitor: Service, methods: readonly string[]): Service {
  const messages = methods
    .filter((name) => !(name in monitor))
    .map((name) => [
      name,
      (_request: unknown, callback: (error: Error) => void) =>
        callback(Object.assign(notSupported(`the method ${name}`), { code: UNIMPLEMENTED })),
    ]);
  return Object.assign(monitor, Object.fromEntries(messages));
}
