/** Uniform resource names: how the engine identifies a resource across runs. */

import { globToRegExp, wildcards } from "../../components/core/glob";

const STACK_TYPE = "pulumi:pulumi:Stack";
const PROVIDER_PREFIX = "pulumi:providers:";

/** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`; children of the root stack carry no parent type. */
export function makeUrn(
  stack: string,
  project: string,
  parent: string | undefined,
  type: string,
  name: string,
): string {
  const parentType = parent === undefined ? "" : qualifiedTypeOf(parent);
  const qualified = parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The type with all its parents' types, joined by `$`. */
export function qualifiedTypeOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The resource's own type token. */
export function typeOf(urn: string): string {
  return qualifiedTypeOf(urn).split("$").at(-1) ?? "";
}

/** The logical name; it may itself contain `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Which resource a provider is asked about. */
export function identityOf(urn: string): { readonly urn: string; readonly type: string; readonly name: string } {
  return { urn, type: typeOf(urn), name: nameOf(urn) };
}

/** The package of a type token: `aws` of `aws:ec2/vpc:Vpc`, and of `pulumi:providers:aws`. */
export function packageOf(type: string): string {
  return isProviderType(type) ? type.slice(PROVIDER_PREFIX.length) : (type.split(":")[0] ?? "");
}

/** Whether the type is a provider's. */
export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX);
}

/** The type token of a package's provider. */
export function providerType(pkg: string): string {
  return `${PROVIDER_PREFIX}${pkg}`;
}

/** Whether the type is the root stack's. */
export function isStackType(type: string): boolean {
  return type === STACK_TYPE;
}

/** `default_7_48_0` for version 7.48.0; `default` where no version is known. */
export function defaultProviderName(version: string): string {
  return version === "" ? "default" : `default_${version.replaceAll(".", "_")}`;
}

/** Whether a provider URN is that of a default provider: those have no parent and are never shown. */
export function isDefaultProvider(urn: string): boolean {
  return isProviderType(typeOf(urn)) && /^default(_\d+)*(_.*)?$/.test(nameOf(urn));
}

/** `<urn>::<id>` split at its last `::`. */
export function splitReference(reference: string): { readonly urn: string; readonly id: string } {
  const at = reference.lastIndexOf("::");
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) };
}

/** Whether a `--target` pattern (a URN, or with `*` and `**`) names the URN. */
export function matchesTarget(pattern: string, urn: string): boolean {
  return globToRegExp(pattern, wildcards.urn).test(urn);
}
