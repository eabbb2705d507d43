/** Two VirtualServices for one host: at a gateway Istio merges them, in the mesh it takes one of them alone. */
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { drop, fix, type Remedy, remove, together } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";
import { covers, type Matches, matchesOf } from "./route-matches";
import { folderOf, fullHost, type NamedObject, sharing } from "./shared-destinations";

/** A name that a VirtualService is bound to, and where it stands; nowhere where it is a default. */
interface Bound {
  readonly name: string;
  readonly field: Field;
}

/** What Istio puts together by. */
interface Service extends NamedObject {
  readonly folder: string;
  readonly visible: string;
  readonly hosts: readonly Bound[];
  readonly gateways: readonly Bound[];
  readonly rules: readonly { readonly field: Field; readonly matches: Matches }[];
}

/** Every sidecar, where no gateway is named. */
const mesh = "mesh";

/** Nothing for rules that another VirtualService delegates to: they have no host. */
function serviceOf(route: Resource): readonly Service[] {
  const folder = folderOf(route);
  if (folder === undefined) return [];
  const namespace = namespaceOf(route);
  const bound = (key: string, full: (text: string) => string): readonly Bound[] =>
    route
      .at("spec", key)
      .list()
      .map((field) => ({ name: full(field.textOrEmpty()), field }));
  const gateways = bound("gateways", (text) => (text === mesh || text.includes("/") ? text : `${namespace}/${text}`));
  const service = {
    resource: route,
    name: objectName(route),
    folder,
    visible: JSON.stringify([namespace, [...route.at("spec", "exportTo").texts()].sort()]),
    hosts: bound("hosts", (text) => fullHost(text, namespace)),
    gateways: gateways.length > 0 ? gateways : [{ name: mesh, field: route.at("spec", "gateways") }],
    rules: route
      .at("spec", "http")
      .list()
      .map((field) => ({ field, matches: matchesOf(field) })),
  };
  return service.rules.length === 0 ? [] : [service];
}

const sharedHosts = perStack((stack) =>
  sharing(
    stack.of(types.virtualService).flatMap((route) => valueOr(() => serviceOf(route), [])),
    ({ folder, hosts }) => hosts.map(({ name }) => JSON.stringify([folder, name])),
  ),
);

/** Rules of the VirtualService, or of one before it, that no request reaches: the one that was created first wins. */
export function* checkShared(stack: Stack, route: Resource): Iterable<Finding> {
  for (const own of serviceOf(route)) {
    for (const other of sharedHosts(stack)(own)) yield* checkPair(own, other);
  }
}

function* checkPair(own: Service, other: Service): Iterable<Finding> {
  const hosts = partOf(own.hosts, (one) => isIn(other.hosts, one));
  const shared = own.gateways.filter((one) => isIn(other.gateways, one));
  const [host] = hosts.items;
  if (host === undefined) return;
  const bounds = (isMesh: boolean): readonly Part[] => [
    partOf(own.gateways, (one) => shared.includes(one) && (one.name === mesh) === isMesh),
    hosts,
  ];
  if (shared.some(({ name }) => name !== mesh)) yield* checkRules(own, other, bounds(false));
  if (own.visible !== other.visible || !shared.some(({ name }) => name === mesh)) return;
  const where = nameOr(other.name, "another VirtualService");
  yield violation(own.resource, {
    at: host.path,
    got: `a host of ${where} as well: in the mesh Istio takes the VirtualService that was made first, and nothing of the other`,
    expected: "one VirtualService for the host",
    fix: fix`${without(own.resource, bounds(true))}, after its rules are a part of ${where}`,
  });
}

const isIn = (all: readonly Bound[], one: Bound): boolean => all.some(({ name }) => name === one.name);

/** What of an object another one has as well, and how much it has beside. */
export interface Part {
  readonly items: readonly Field[];
  readonly rest: number;
}

/** The part of a list whose items another object has as well. */
export function partOf<T extends { readonly field: Field }>(all: readonly T[], isShared: (one: T) => boolean): Part {
  const items = all.filter(isShared).map(({ field }) => field);
  return { items, rest: all.length - items.length };
}

/** Takes away what is there twice and nothing else: the items of a list that keeps some, or an object that has no more. */
export function without(route: Resource, parts: readonly Part[]): Remedy {
  const part = parts.find(({ rest }) => rest > 0);
  return part === undefined ? drop(route) : together([...part.items].reverse().map((item) => remove(item)));
}

/** Istio puts the rules of one gateway's host one after the other, by the age of the objects; the first that matches wins. */
function* checkRules(own: Service, other: Service, bounds: readonly Part[]): Iterable<Finding> {
  const twinOf = (matches: Matches) =>
    other.rules.find((one) => covers(one.matches, matches) && covers(matches, one.matches));
  const part = partOf(own.rules, ({ matches }) => twinOf(matches) !== undefined);
  const [first] = part.items;
  if (first === undefined) return;
  const where = nameOr(other.name, "another VirtualService");
  yield violation(own.resource, {
    at: first.path,
    got: `a rule for the same requests of one host as one of ${where}: Istio takes that of whichever was made first`,
    expected: "one rule for them",
    fix: fix`${without(own.resource, [...bounds, part])}, after what differs is a part of ${where}`,
  });
}
