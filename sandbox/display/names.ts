/** Short names for people: what a URN, a type token or an operation is called on screen. */

/** What a URN says. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** The resource's own type token, without its parents'. */
  readonly type: string;
  readonly name: string;
}

/** Takes a URN apart; a text that is none comes back whole as the name. */
export function parseUrn(urn: string): UrnParts {
  const parts = /^urn:pulumi:(.*?)::(.*?)::(.*?)::(.*)$/s.exec(urn);
  if (parts === null) return { stack: "", project: "", type: "", name: urn };
  const [, stack = "", project = "", types = "", name = ""] = parts;
  return { stack, project, type: types.slice(types.lastIndexOf("$") + 1), name };
}

/** `aws:ec2/vpc:Vpc` as the real command line shows it: `aws:ec2:Vpc`. */
export function shortType(type: string): string {
  const [pkg, module, member] = type.split(":");
  if (pkg === undefined || module === undefined || member === undefined) return type;
  const [head = module, file] = module.split("/");
  const repeats = file !== undefined && file.toLowerCase() === member.toLowerCase();
  return `${pkg}:${repeats ? head : module}:${member}`;
}

/** `type name`, the way every message names a resource. */
export function resourceLabel(urn: string): string {
  const { type, name } = parseUrn(urn);
  return type === "" ? name : `${shortType(type)} ${name}`;
}
