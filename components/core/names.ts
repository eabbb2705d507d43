/** Physical names that AWS accepts: parts joined by dashes, cut with a hash where the whole would be too long. */
import type { Problem } from "./checks";
import { throwProblems } from "./checks";
import type { Limit } from "./limits/limit";
import { nameLimits } from "./limits/names";

/** What a kind of name may look like. */
export interface NameRule {
  readonly max: Limit;
  readonly pattern: RegExp;
  /** The pattern in words, for the error. */
  readonly characters: string;
}

const LOWER_DASH = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const LOWER_DASH_WORDS = "lower-case letters, digits and dashes, with no dash at either end";
const ALNUM_DASH = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;
const ALNUM_DASH_WORDS = "letters, digits and dashes, with no dash at either end";
const EKS_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
const EKS_WORDS = "letters, digits, dashes and underscores, with a letter or digit first";
const ALIAS_WORDS = "alias/ and then letters, digits, slashes, underscores and dashes";
const LOG_GROUP_WORDS = "letters, digits and _ - / . #";

/** One row per kind of object that the platform names itself; lengths and their sources stand in limits/names.ts. */
export const NAME_RULES = {
  iamRole: { max: nameLimits.iamRole, pattern: /^[\w+=,.@-]+$/, characters: "letters, digits and + = , . @ _ -" },
  eksCluster: { max: nameLimits.eksCluster, pattern: EKS_NAME, characters: EKS_WORDS },
  eksNodegroup: { max: nameLimits.eksNodegroup, pattern: EKS_NAME, characters: EKS_WORDS },
  loadBalancer: { max: nameLimits.loadBalancer, pattern: ALNUM_DASH, characters: ALNUM_DASH_WORDS },
  targetGroup: { max: nameLimits.targetGroup, pattern: ALNUM_DASH, characters: ALNUM_DASH_WORDS },
  s3Bucket: { max: nameLimits.s3Bucket, pattern: LOWER_DASH, characters: LOWER_DASH_WORDS },
  logGroup: { max: nameLimits.logGroup, pattern: /^[A-Za-z0-9_\-/.#]+$/, characters: LOG_GROUP_WORDS },
  launchTemplate: {
    max: nameLimits.launchTemplate,
    pattern: /^[A-Za-z0-9().\-/_]+$/,
    characters: "letters, digits and ( ) . - / _",
  },
  kmsAlias: { max: nameLimits.kmsAlias, pattern: /^alias\/[A-Za-z0-9/_-]+$/, characters: ALIAS_WORDS },
  application: {
    max: nameLimits.application,
    pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
    characters: "lower-case letters, digits and dashes, with a letter first and no dash at the end",
  },
  kubernetesLabel: { max: nameLimits.kubernetesLabel, pattern: LOWER_DASH, characters: LOWER_DASH_WORDS },
} satisfies Record<string, NameRule>;

/** A kind of object that has a row in {@link NAME_RULES}. */
export type NameKind = keyof typeof NAME_RULES;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const HEX = 16;

/** Eight hexadecimal digits that depend on every character (FNV-1a, 32 bits): distinguishes names, keeps no secret. */
export function shortHash(text: string): string {
  let hash = FNV_OFFSET;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), FNV_PRIME);
  }
  return (hash >>> 0).toString(HEX).padStart(nameLimits.hash.value, "0");
}

/** The text itself when it fits, else its beginning and a hash of all of it: the same text always gives the same name. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const prefix = text.slice(0, max - nameLimits.hash.value - 1).replace(/[^A-Za-z0-9]+$/, "");
  return `${prefix}-${shortHash(text)}`;
}

/** What is wrong with a physical name of this kind; empty when nothing is. */
export function nameProblems(kind: NameKind, path: string, name: string): Problem[] {
  const rule: NameRule = NAME_RULES[kind];
  const problems: Problem[] = [];
  if (name.length === 0 || name.length > rule.max.value) {
    problems.push({
      path,
      got: name,
      allowed: `1 to ${rule.max.value} characters (${rule.max.source})`,
      fix: `Use a shorter name; this one has ${name.length}.`,
    });
  }
  if (name.length > 0 && !rule.pattern.test(name)) {
    problems.push({ path, got: name, allowed: rule.characters, fix: "Leave the other characters out." });
  }
  return problems;
}

/**
 * The name of an object that must be known before the object exists.
 * @param kind which row of {@link NAME_RULES} holds.
 * @param parts from general to particular: project, environment, slot, role, region for account-global kinds.
 * @throws ProblemsError when a part is empty or a character is refused.
 */
export function physicalName(kind: NameKind, parts: readonly string[]): string {
  const empty = parts.flatMap((part, index) => (part === "" ? [index] : []));
  const name = shorten(parts.join("-"), NAME_RULES[kind].max.value);
  throwProblems(`a name of kind ${kind}`, [
    ...empty.map((index) => ({ path: `parts[${index}]`, got: "", allowed: "some text", fix: "Leave no part empty." })),
    ...nameProblems(kind, "parts", name),
  ]);
  return name;
}

/** A logical name short enough that Pulumi's random suffix still fits behind it. */
export function autoNamed(kind: NameKind, name: string): string {
  return shorten(name, NAME_RULES[kind].max.value - nameLimits.pulumiSuffix.value);
}
