/** How Pulumi's engine writes the values that JSON has no word for; part of its protocol, the same in every release. */

/** An unknown of any type. Source: Pulumi sdk/go/common/resource/plugin/rpc.go, UnknownStringValue. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key under which every special object states its kind. Source: Pulumi sdk/go/common/resource/sig/sig.go. */
export const SIG = "4dabf18193072939515e22adb298388d";
/** Kind of a secret: the value stands in `value`. */
export const SECRET_SIG = "1b47061264138c4ac30d75fd1eb44270";
/** Kind of a resource reference. */
export const RESOURCE_SIG = "5cf8f73096256a8f31e491e813e4eb8e";
/** Kind of an output value: without `value` it is unknown. Only remote components and calls receive these. */
export const OUTPUT_SIG = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
