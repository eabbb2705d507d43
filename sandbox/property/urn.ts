/** What engine and clouds do with URNs and type tokens, beside taking them apart. */
import { didYouMean, globToRegExp, nameOf, typeOf, wildcards } from "@fridayproof/components/core";

export { isStackType, makeUrn, nameOf, qualifiedTypeOf, splitReference, typeOf } from "@fridayproof/components/core";

const PROVIDER_PREFIX = "pulumi:providers:";

/** Which resource a provider is called for. */
export function identityOf(urn: string): { readonly urn: string; readonly type: string; readonly name: string } {
  return { urn, type: typeOf(urn), name: nameOf(urn) };
}

/** The package of a type token: `aws` of `aws:ec2/vpc:Vpc`, and of `pulumi:providers:aws`. */
export function packageOf(type: string): string {
  return isProviderType(type) ? type.slice(PROVIDER_PREFIX.length) : (type.split(":")[0] ?? "");
}

/** The service of a type token or of a function's: `ec2` of `aws:ec2/vpc:Vpc`. */
export function serviceOf(token: string): string {
  return token.split(":")[1]?.split("/")[0] ?? "";
}

/** The last part of a type token or of a function's: `Vpc` of `aws:ec2/vpc:Vpc`. */
export function classOf(token: string): string {
  return token.split(":").pop() ?? "";
}

/** Whether the type is a provider's. */
export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX);
}

/** The type token of a package's provider. */
export function providerType(pkg: string): string {
  return `${PROVIDER_PREFIX}${pkg}`;
}

/** `default_7_48_0` for version 7.48.0; `default` where no version is known. */
export function defaultProviderName(version: string): string {
  return version === "" ? "default" : `default_${version.replaceAll(".", "_")}`;
}

/** Whether a provider URN is that of a default provider: those have no parent and are never shown. */
export function isDefaultProvider(urn: string): boolean {
  return isProviderType(typeOf(urn)) && /^default(_\d+)*(_.*)?$/.test(nameOf(urn));
}

/** Whether what `--target` names is a logical name, or a pattern of one: a URN has colons. */
export function isShortName(pattern: string): boolean {
  return !pattern.includes(":") && !pattern.startsWith("**");
}

/** The pattern of URNs that a `--target` means: a URN, one with `*` and `**`, or a logical name of any type. */
export function urnPattern(pattern: string): string {
  return isShortName(pattern) ? `**::${pattern}` : pattern;
}

/** Whether a `--target` names the URN. */
export function matchesTarget(pattern: string, urn: string): boolean {
  return globToRegExp(urnPattern(pattern), wildcards.urn).test(urn);
}

/** The hint for a `--target` that matches nothing: the nearest logical name, or that a shell may have taken its `$`. */
export function targetHint(pattern: string, urns: readonly string[]): string {
  if (pattern.includes("*") || pattern.includes("$")) return "";
  if (isShortName(pattern)) return didYouMean(pattern, [...new Set(urns.map(nameOf))]);
  return " Did you forget to escape $ in your shell?";
}
