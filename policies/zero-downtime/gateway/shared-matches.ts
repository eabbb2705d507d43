/** Two routes of the Gateway API for the same requests: the older one takes them. */
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { fix } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { type ResourceType, types } from "../../kit/reading/types";
import { type Part, partOf, without } from "./shared-hosts";
import { folderOf, type NamedObject, sharing } from "./shared-destinations";

/** Kinds whose rules match requests. */
export const matching: readonly ResourceType[] = [types.httpRoute, types.grpcRoute];

/** One text for whatever means the same. */
interface Said {
  readonly text: string;
  readonly field: Field;
}

interface Route extends NamedObject {
  readonly group: string;
  readonly parents: readonly Said[];
  readonly hosts: readonly Said[];
  readonly rules: readonly { readonly field: Field; readonly matches: readonly Said[] }[];
}

/** The parent with what stands where nothing is said. Source: Gateway API, ParentReference. */
function parentOf(field: Field, namespace: string): Said {
  const text = (key: string, usual = ""): string => field.at(key).text() ?? usual;
  const parts = [
    text("kind", "Gateway"),
    text("namespace", namespace),
    text("name"),
    text("sectionName"),
    text("port"),
  ];
  return { text: JSON.stringify(parts), field };
}

/** The match with its members in one order. Source: Gateway API, HTTPRouteMatch: a path is `/` where nothing is said. */
function matchOf(field: Field): Said {
  const path = [field.at("path", "type").text() ?? "PathPrefix", field.at("path", "value").text() ?? "/"];
  const rest = field
    .members()
    .filter(([key]) => key !== "path")
    .map(([key, member]) => [key, member.shape() === "list" ? listOf(member) : plain(member)]);
  return { text: JSON.stringify([path, rest.sort()]), field };
}

/** What a rule without a match takes. */
const everything = JSON.stringify([["PathPrefix", "/"], []]);

const listOf = (member: Field): readonly string[] => member.list().map(plain).sort();

/** A member whose own members are texts. */
function plain(member: Field): string {
  if (member.shape() !== "object") return member.text() ?? "";
  return JSON.stringify(
    member
      .members()
      .map(([key, one]) => [key, one.text()])
      .sort(),
  );
}

function routeOf(route: Resource): readonly Route[] {
  const folder = folderOf(route);
  if (folder === undefined) return [];
  const namespace = namespaceOf(route);
  const hosts = route.at("spec", "hostnames");
  const named = hosts.list().map((field) => ({ text: field.textOrEmpty(), field }));
  return [
    {
      resource: route,
      name: objectName(route),
      group: JSON.stringify([folder, route.type]),
      parents: route
        .at("spec", "parentRefs")
        .list()
        .map((parent) => parentOf(parent, namespace)),
      hosts: named.length > 0 ? named : [{ text: "*", field: hosts }],
      rules: route
        .at("spec", "rules")
        .list()
        .map((field) => {
          const matches = field.at("matches").list().map(matchOf);
          return { field, matches: matches.length > 0 ? matches : [{ text: everything, field }] };
        }),
    },
  ];
}

const sharedHosts = perStack((stack) =>
  sharing(
    stack.of(...matching).flatMap((route) => valueOr(() => routeOf(route), [])),
    ({ group, hosts }) => hosts.map(({ text }) => JSON.stringify([group, text])),
  ),
);

/** Rules of the route, or of one before it, that no request reaches. Source: Gateway API, HTTPRouteRule, matches. */
export function* checkMatches(stack: Stack, route: Resource): Iterable<Finding> {
  for (const own of routeOf(route)) {
    for (const other of sharedHosts(stack)(own)) yield* checkPair(own, other);
  }
}

function* checkPair(own: Route, other: Route): Iterable<Finding> {
  const isIn = (all: readonly Said[], one: Said): boolean => all.some(({ text }) => text === one.text);
  const hosts = partOf(own.hosts, (one) => isIn(other.hosts, one));
  const parents = partOf(own.parents, (one) => isIn(other.parents, one));
  if (hosts.items.length === 0 || parents.items.length === 0) return;
  const taken = other.rules.flatMap(({ matches }) => matches);
  const parts = own.rules.map(({ field, matches }) => ({ field, part: partOf(matches, (one) => isIn(taken, one)) }));
  const items = parts.flatMap(({ field, part }) => (part.rest === 0 ? [field] : part.items));
  const [first] = items;
  if (first === undefined) return;
  const rules: Part = { items, rest: parts.filter(({ part }) => part.rest > 0).length };
  const where = nameOr(other.name, "another route");
  yield violation(own.resource, {
    at: first.path,
    got: `the requests of a rule of ${where}: the gateway takes the route that was made first`,
    expected: "one rule for them",
    fix: fix`${without(own.resource, [parents, hosts, rules])}, after what differs is a part of ${where}`,
  });
}
