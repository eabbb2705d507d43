/** Values as the text of a message: one whose form proves it harmless as it is, any other by its kind. */

/** Grammars of values that are safe to print. */
const printable: readonly RegExp[] = [
  // Numbers, percentages and Kubernetes durations.
  /^-?\d+(\.\d+)?(%|ms|s|m|h|d)?$/,
  // Kubernetes quantities.
  /^\d+(\.\d+)?([KMGTPE]i?|k)$/,
  // Versions and version ranges.
  /^[\^~<>=]{0,2}\s?v?\d+(\.(\d+|x|\*)){1,3}(-[0-9a-z.-]{1,24})?$/i,
  // CIDR blocks.
  /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/,
  /^[0-9a-f:]{2,39}\/\d{1,3}$/i,
  // AWS zones by name and id, and regions.
  /^[a-z]{2}(-[a-z]+)+-\d[a-z]?$/,
  /^[a-z]{3,4}\d-az\d{1,2}$/,
  // TLS policies of load balancers, and placeholders of templates.
  /^ELBSecurityPolicy-[A-Za-z0-9-]{1,60}$/,
  /^\{\{-?\s*\.?[A-Za-z][\w.]{0,60}\s*-?\}\}$/,
];

/** Words of fixed vocabularies (modes, policies, log types) that AWS, Kubernetes and Argo define, in any case. */
const vocabulary: ReadonlySet<string> = new Set(
  (
    "true false yes no on off all accept reject mutable immutable mutable_with_exclusion immutable_with_exclusion " +
    "http https tcp tls udp recreate rollingupdate ondelete alwaysallow ifhealthybudget fail ignore required optional " +
    "api api_and_config_map config_map head main master trunk develop latest privileged baseline restricted default " +
    "forward redirect fixed-response enabled disabled none * $latest $default minimal always never auto initial " +
    "default_for_all foreground background orphan"
  ).split(" "),
);

/** The value as a message shows it: itself if its form proves it harmless, else only its kind. */
export function valueText(value: string | number | boolean | undefined): string {
  if (value === undefined) return "nothing";
  const text = String(value);
  if (text === "") return "an empty text";
  if (!vocabulary.has(text.toLowerCase()) && !printable.some((form) => form.test(text))) return "a text";
  return /^(-?\d+|true|false)$/.test(text) ? text : `"${text}"`;
}

/** A scalar of another type than expected: its kind, and its value where that may be shown. */
export function scalarText(value: unknown, kind: string): string {
  if (value === "") return valueText(value);
  const text = typeof value === "string" ? valueText(value) : "a text";
  return text === "a text" ? kind : `the text ${text}`;
}

/** The text in quotes if it has the form of an object's name, else `instead`: names are not secret, other texts in their place may be. */
export function nameOr(text: string | undefined, instead: string): string {
  return text !== undefined && /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(text) ? `"${text}"` : instead;
}

/** A port for a message: its number, which may be one that no port can have, or its name. */
export function portText(text: string): string {
  return /^-?\d{1,10}$/.test(text) ? `port ${text}` : `a port called ${nameOr(text, "by no name")}`;
}
