/**
 * What an AppProject takes of its applications, as Argo CD matches it: a denial (`!x`) fits whatever it does not name.
 * Source: argo-cd 3.6, pkg/apis/application/v1alpha1/app_project_types.go, IsSourcePermitted, isDestinationMatched and
 * IsGroupKindNamePermitted; util/git/git.go, NormalizeGitURL.
 */
import type { Field } from "../reading/field";
import { globMatches } from "../reading/glob";

const isDenial = (pattern: string): boolean => pattern.startsWith("!");

function fits(pattern: string, text: string, separator?: "/"): boolean {
  if (isDenial(pattern)) return !globMatches(pattern.slice(1), text, separator);
  return pattern === "*" || globMatches(pattern, text, separator);
}

/** The address as Argo CD compares it: without case, scheme of SSH and ending. */
function repository(address: string): string {
  const text = address.trim().toLowerCase();
  const short = /^[^/:]*@[^@]+$/.test(text);
  return (short ? text.replace(":", "/") : text).replace(/\.git$/, "").replace(/^ssh:\/\//, "");
}

function repositoryPattern(pattern: string): string {
  return isDenial(pattern) ? `!${repository(pattern.slice(1))}` : repository(pattern);
}

/** Whether the project's `sourceRepos` take the repository: one entry fits, and no denial names it. */
export function permitsSource(entries: readonly string[], address: string): boolean {
  const patterns = entries.map(repositoryPattern);
  const text = repository(address);
  const fitting = patterns.filter((pattern) => fits(pattern, text, "/"));
  return fitting.length > 0 && patterns.filter(isDenial).every((pattern) => fitting.includes(pattern));
}

/** Where an application deploys. Of a cluster either the name or the address may stand in no manifest. */
export interface Destination {
  readonly namespace: string;
  readonly name?: string;
  readonly server?: string;
}

/** The cluster in which Argo CD runs, by both of its names. */
const ownCluster = { name: "in-cluster", server: "https://kubernetes.default.svc" } as const;

/** The destination of an application; undefined where it names no cluster, or one twice.
 * @throws UnknownRead @throws MalformedRead */
export function readDestination(destination: Field): Destination | undefined {
  const name = destination.at("name").textOrEmpty();
  const server = destination.at("server").textOrEmpty().replace(/\/$/, "");
  const namespace = destination.at("namespace").textOrEmpty();
  if ((name === "") === (server === "")) return undefined;
  if (name === ownCluster.name || server === ownCluster.server) return { namespace, ...ownCluster };
  return name === "" ? { namespace, server } : { namespace, name };
}

/** Whether the pattern fits the name of the cluster; undefined where the name is not known. */
function fitsKnown(pattern: string, text: string | undefined): boolean | undefined {
  if (text !== undefined) return fits(pattern, text);
  return pattern === "" ? false : undefined;
}

function verdictOf(entry: Field, destination: Destination): "takes" | "denies" | undefined {
  const [name, server, space] = [
    entry.at("name").textOrEmpty(),
    entry.at("server").textOrEmpty(),
    entry.at("namespace").textOrEmpty(),
  ] as const;
  const byName = fitsKnown(name, destination.name);
  const byServer = fitsKnown(server, destination.server);
  const namespace = fits(space, destination.namespace);
  if ((byName !== false || byServer !== false) && namespace) return "takes";
  // Here the cluster or the namespace does not fit: a denial of an address counts for its namespace, one of a name for all.
  const denied =
    (byName === false && isDenial(name)) || (isDenial(server) && namespace) || (byServer === true && isDenial(space));
  return denied ? "denies" : undefined;
}

/** Whether the project's `destinations` permit the destination. An unknown name or address of a cluster counts as a match.
 * @throws UnknownRead @throws MalformedRead */
export function permitsDestination(entries: readonly Field[], destination: Destination): boolean {
  const verdicts = entries.map((entry) => verdictOf(entry, destination));
  return verdicts.includes("takes") && !verdicts.includes("denies");
}

/** An object as the lists of kinds see it. */
export interface Kind {
  readonly group: string;
  readonly kind: string;
}

function listing(entries: Field, { group, kind }: Kind): readonly Field[] {
  return entries
    .list()
    .filter(
      (entry) =>
        globMatches(entry.at("kind").textOrEmpty(), kind) && globMatches(entry.at("group").textOrEmpty(), group),
    );
}

/** Why a project does not take a kind. */
export interface KindRefusal {
  /** Entries that deny it. */
  readonly denials: readonly Field[];
  /** The list that would have to name it; undefined where it does, or where every kind is taken. */
  readonly missingIn?: Field;
}

/**
 * Why the project takes no objects of the kind, which belong to a namespace or to the cluster; undefined where it does.
 * An entry for some names counts as one for all.
 * @throws UnknownRead @throws MalformedRead
 */
export function kindRefusal(spec: Field, kind: Kind, scope: "namespace" | "cluster"): KindRefusal | undefined {
  const allowed = spec.at(`${scope}ResourceWhitelist`);
  const denials = listing(spec.at(`${scope}ResourceBlacklist`), kind);
  const isOpen = scope === "namespace" && !allowed.isSet();
  if (isOpen || listing(allowed, kind).length > 0) return denials.length === 0 ? undefined : { denials };
  return { denials, missingIn: allowed };
}
