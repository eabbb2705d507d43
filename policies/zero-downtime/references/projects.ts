/** Whether an application's project, where it is in sight, takes what the application states: Argo CD synchronizes nothing otherwise. */
import { groupBy } from "@fridayproof/components/core";
import { kindRefusal, readDestination, permitsDestination, permitsSource } from "../../kit/argo-cd/app-project";
import { application, applications, layers, sourcesOf } from "../../kit/argo-cd/applications";
import { argoConfig } from "../../kit/argo-cd/argo-config";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { globMatches } from "../../kit/reading/glob";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { add, fix, named, remove, together } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { inventoryOf } from "../../kit/kubernetes/inventory";
import { optionsIn, withoutOptions } from "../../kit/argo-cd/sync-options";
import { manifestKind, types } from "../../kit/reading/types";
import { running } from "../../kit/kubernetes/workloads";

const KINDS = ["Whitelist", "Blacklist"].flatMap((list) => [`namespaceResource${list}`, `clusterResource${list}`]);

/** Reads whatever decides what a project takes. @throws UnknownRead @throws MalformedRead */
export function readProject(project: Resource): unknown {
  const spec = project.at("spec");
  const members = [
    ...spec
      .at("destinations")
      .list()
      .map((one) => ["name", "server", "namespace"].map((key) => one.at(key).text())),
    ...KINDS.flatMap((list) => spec.at(list).list()).map((one) => [one.at("group").text(), one.at("kind").text()]),
  ];
  return [objectName(project), spec.at("sourceRepos").texts(), spec.at("sourceNamespaces").texts(), members];
}

/**
 * The project of the name. Two of one name are for two installations, between which nothing decides; one that
 * cannot be read may be of any name.
 */
function projectOf(stack: Stack, name: string): Resource | undefined {
  const [project, another] = valueOr(() => projects(stack).get(name), undefined) ?? [];
  return another === undefined ? project : undefined;
}

const projects = perStack((stack) =>
  groupBy(stack.of(types.appProject), (project) => {
    readProject(project);
    return objectName(project);
  }),
);

/** Reads whether Argo CD adds the permissions of global projects. @throws UnknownRead @throws MalformedRead */
export function readWidening(map: Resource): boolean {
  const added = argoConfig(map, "argocd-cm")?.at("globalProjects").text() ?? "";
  return added !== "";
}

const areWidened = perStack((stack) =>
  stack.of(types.configMap).some((map) => valueOr(() => readWidening(map), false)),
);

/** How many applications deploy to each namespace. @throws UnknownRead @throws MalformedRead */
const numbers = perStack((stack) => {
  const found = new Map<string, number>();
  for (const one of stack.of(...applications)) {
    const namespace = destinationOf(one).at("namespace").textOrEmpty();
    found.set(namespace, (found.get(namespace) ?? 0) + 1);
  }
  return found;
});

const destinationOf = (one: Resource): Field => application(one).at("spec", "destination");
/** Whether a template decides the value. */
const isOpen = (text: string): boolean => text.includes("{{");

/** A project that is in sight takes the source, the destination, the namespace and the kinds of the application. */
export function* checkProject(stack: Stack, one: Resource): Iterable<Finding> {
  const project = projectOf(stack, application(one).at("spec", "project").textOrEmpty());
  // What generators and a patch put over the template is theirs.
  if (project === undefined || layers(one).length > 1 || areWidened(stack)) return;
  yield* checkSources(one, project);
  yield* checkPlace(one, project);
  yield* checkHome(one, project);
  yield* checkNamespace(stack, one, project);
  yield* checkKinds(stack, one, project);
}

const whose = (project: Resource): string => `its project ${nameOr(objectName(project), "of that name")}`;

function* checkSources(one: Resource, project: Resource): Iterable<Finding> {
  const taken = project.at("spec", "sourceRepos").texts();
  for (const field of sourcesOf(one).map((source) => source.at("repoURL"))) {
    const address = field.textOrEmpty();
    if (address === "" || isOpen(address) || permitsSource(taken, address)) continue;
    yield violation(one, {
      at: field.path,
      got: `a repository that ${whose(project)} does not take`,
      expected: "one of the project's sourceRepos: Argo CD synchronizes nothing otherwise",
      fix: "name a repository that the project takes, or let its sourceRepos take this one",
    });
  }
}

function* checkPlace(one: Resource, project: Resource): Iterable<Finding> {
  const destination = destinationOf(one);
  const target = readDestination(destination);
  if (target === undefined || Object.values(target).some(isOpen)) return;
  const entries = project.at("spec", "destinations").list();
  if (permitsDestination(entries, target)) return;
  yield violation(one, {
    at: destination.path,
    got: `a cluster and a namespace that ${whose(project)} does not take`,
    expected: "one of the project's destinations: Argo CD synchronizes nothing otherwise",
    fix: "name a destination that the project takes, or let its destinations take this one",
  });
}

/** An application beside its project is always taken; elsewhere the project names the namespace. */
function* checkHome(one: Resource, project: Resource): Iterable<Finding> {
  const field = one.at("metadata", "namespace");
  const [own, home] = [field.text(), project.at("metadata", "namespace").text()];
  if (own === undefined || home === undefined || own === home) return;
  const taken = project.at("spec", "sourceNamespaces");
  // Between slashes stands a regular expression (util/glob/list.go).
  const fits = (pattern: string): boolean => /^\/.*\/$/.test(pattern) || globMatches(pattern, own);
  if (taken.texts().some(fits)) return;
  yield violation(one, {
    at: field.path,
    got: `a namespace from which ${whose(project)} takes no application`,
    expected: "the namespace of the project, or one of its sourceNamespaces",
    fix: add(taken, named(own), project),
  });
}

/** A namespace that the sync makes is an object of the cluster, which the project has to take. */
function* checkNamespace(stack: Stack, one: Resource, project: Resource): Iterable<Finding> {
  const namespace = destinationOf(one).at("namespace").textOrEmpty();
  const kind = { group: "", kind: manifestKind(types.namespace) };
  const isDeclared = inventoryOf(stack).namesOf(types.namespace, "default").includes(namespace);
  const policy = application(one).at("spec", "syncPolicy");
  if (isDeclared || kindRefusal(project.at("spec"), kind, "cluster") === undefined) return;
  for (const option of policy.at("syncOptions").list()) {
    if (!optionsIn(option).includes("CreateNamespace=true")) continue;
    yield violation(one, {
      at: option.path,
      got: `a namespace to be made, which ${whose(project)} does not take`,
      expected: "a Namespace that the platform declares, or one among the project's clusterResourceWhitelist",
      fix: fix`${withoutOptions(option, ["CreateNamespace=true"])}, and let the platform declare the namespace`,
      // A namespace that stands already is written for its labels alone (controller/sync_namespace.go).
      advisory: !policy.at("managedNamespaceMetadata").isSet(),
    });
  }
}

/** Workloads of a namespace to which one application deploys are its own, as far as anybody sees. */
function* checkKinds(stack: Stack, one: Resource, project: Resource): Iterable<Finding> {
  const namespace = destinationOf(one).at("namespace").textOrEmpty();
  // An application whose destination cannot be read may deploy to it as well.
  if (valueOr(() => numbers(stack).get(namespace), undefined) !== 1) return;
  const seen = new Set<string>();
  for (const workload of stack.of(...running)) {
    if (seen.has(workload.type) || valueOr(() => namespaceOf(workload), undefined) !== namespace) continue;
    seen.add(workload.type);
    const kind = manifestKind(workload.type);
    const group = workload.type.slice("kubernetes:".length, -`:${kind}`.length).replace(/^core$/, "");
    const refusal = kindRefusal(project.at("spec"), { group, kind }, "namespace");
    if (refusal === undefined) continue;
    const { denials, missingIn } = refusal;
    yield violation(one, {
      at: application(one).at("spec", "project").path,
      got: `a project that takes no ${kind}, while one stands in the application's namespace`,
      expected: "a project that takes what the application brings",
      fix: together([
        ...denials.map((denial) => remove(denial, project)),
        ...(missingIn === undefined ? [] : [add(missingIn, { group, kind }, project)]),
      ]),
      advisory: true,
    });
  }
}
