/**
 * Whether an issuer can prove the names of a certificate: authorities give wildcards for DNS-01 alone.
 * Source: cert-manager, pkg/util/solverpicker and pkg/controller/acmeorders/selectors; CA/Browser Forum, Baseline
 * Requirements, 3.2.2.4.19.
 */
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { add, example, named } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { manifestKind, types } from "../../kit/reading/types";
import { isForeign } from "./controller-references";

/** Kinds that issue certificates. */
export const issuing = [types.issuer, types.clusterIssuer] as const;

const keyOf = (kind: string, namespace: string, name: string): string => JSON.stringify([kind, namespace, name]);

function issuerKey(issuer: Resource): string {
  const namespace = issuer.is(types.issuer) ? namespaceOf(issuer) : "";
  return keyOf(manifestKind(issuer.type), namespace, objectName(issuer));
}

/** Reads whatever decides which names an issuer proves. @throws UnknownRead @throws MalformedRead */
export function readIssuer(issuer: Resource): unknown {
  return [issuerKey(issuer), solversOf(issuer).map(({ selector, methods }) => [selectorOf(selector), methods])];
}

const issuers = perStack((stack) => {
  const found = new Map<string, Resource>();
  for (const issuer of stack.of(...issuing)) {
    const key = valueOr(() => (readIssuer(issuer) === undefined ? undefined : issuerKey(issuer)), undefined);
    if (key !== undefined) found.set(key, issuer);
  }
  return found;
});

interface Solver {
  readonly selector: Field;
  readonly methods: readonly string[];
}

function solversOf(issuer: Resource): readonly Solver[] {
  return issuer
    .at("spec", "acme", "solvers")
    .list()
    .map((one) => ({
      selector: one.at("selector"),
      methods: ["http01", "dns01"].filter((method) => one.at(method).isSet()),
    }));
}

interface Selector {
  readonly labels: readonly (readonly [string, string])[];
  readonly names: readonly string[];
  readonly zones: readonly string[];
}

function selectorOf(field: Field): Selector {
  return {
    labels: field
      .at("matchLabels")
      .members()
      .map(([key, value]) => [key, value.textOrEmpty()]),
    names: field.at("dnsNames").texts(),
    zones: field.at("dnsZones").texts(),
  };
}

/** Whether the selector picks the name of a certificate with these labels; what it leaves out picks everything. */
function picks({ labels, names, zones }: Selector, certificate: Resource, name: string): boolean {
  const own = certificate.at("metadata", "labels");
  return (
    labels.every(([key, value]) => own.at(key).text() === value) &&
    (names.length === 0 || names.includes(name)) &&
    (zones.length === 0 || zones.some((zone) => isBelow(name, zone)))
  );
}

/** Names of DNS have no case, and may end with a dot. */
const plain = (name: string): string => name.toLowerCase().replace(/\.$/, "");
const isBelow = (name: string, zone: string): boolean => `.${plain(name)}`.endsWith(`.${plain(zone)}`);

/** Each name has a solver; an issuer without solvers needs none: its authority issues for any name. */
export function* checkSolved(stack: Stack, certificate: Resource): Iterable<Finding> {
  const reference = certificate.at("spec", "issuerRef");
  if (isForeign(reference)) return;
  const kind = reference.at("kind").text() ?? "Issuer";
  const namespace = kind === "Issuer" ? namespaceOf(certificate) : "";
  const issuer = issuers(stack).get(keyOf(kind, namespace, reference.at("name").textOrEmpty()));
  const solvers = issuer === undefined ? [] : solversOf(issuer);
  if (issuer === undefined || solvers.length === 0) return;
  for (const field of certificate.at("spec", "dnsNames").list()) {
    const name = field.textOrEmpty();
    const wild = name.startsWith("*.");
    const proves = ({ selector, methods }: Solver): boolean =>
      methods.some((method) => method === "dns01" || !wild) && picks(selectorOf(selector), certificate, name);
    if (solvers.some(proves)) continue;
    const who = `the ${kind} ${nameOr(objectName(issuer), "that it names")}`;
    yield violation(certificate, {
      at: field.path,
      got: wild ? `a wildcard, for which ${who} has no DNS-01 solver` : `a name that no solver of ${who} takes`,
      expected: "a name that a solver of its issuer proves: no certificate is issued otherwise",
      fix: example(
        add(issuer.at("spec", "acme", "solvers"), { ...selectorFor(name), dns01: { route53: {} } }, issuer),
        "a solver of the DNS provider that has the zone",
      ),
    });
  }
}

/** A selector for the name, if it is one; without a selector a solver takes every name. */
function selectorFor(name: string): object {
  const host = name.replace(/^\*\./, "");
  return named(host) === host ? { selector: { dnsNames: [name] } } : {};
}
