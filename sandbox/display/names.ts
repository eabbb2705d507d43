/** Short names for people: what a URN, a type token or an operation is called on screen. */

import { parseUrn } from "@fridayproof/components/core";

/** `aws:ec2/vpc:Vpc` as the real command line shows it: `aws:ec2:Vpc`. */
export function shortType(type: string): string {
  const [pkg, module, member] = type.split(":");
  if (pkg === undefined || module === undefined || member === undefined) return type;
  const [head = module, file] = module.split("/");
  const repeats = file !== undefined && file.toLowerCase() === member.toLowerCase();
  return `${pkg}:${repeats ? head : module}:${member}`;
}

/** `type name`, the way every message names a resource; a text that is no URN stands for itself. */
export function resourceLabel(urn: string): string {
  const parts = parseUrn(urn);
  return parts === undefined ? urn : `${shortType(parts.type)} ${parts.name}`;
}
