/** What the API server has against a pod as a whole. Source: pkg/apis/core/validation, ValidatePodSpec and what it calls. */
import { workloadLimits } from "../../limits/workloads";
import type { Field } from "../../kit/reading/field";
import { type Violation, nameOr, valueText } from "../../kit/finding/finding";
import { type Pods, podSetting } from "../../kit/kubernetes/pods";
import { either, example, fix, named, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";
import { running } from "../../kit/kubernetes/workloads";
import { duplicatesIn } from "./duplicates";

type Check = (pods: Pods, owner: Resource) => Iterable<Violation>;

/** The volumes of the pod, as they stand in its spec. */
export function volumesOf({ levels }: Pods): readonly Field[] {
  return levels.flatMap((level) => level.at("volumes").list());
}

const oneName: Check = function* (pods) {
  const containers = pods.containers.map(({ field }) => field);
  for (const { again, key } of duplicatesIn(containers, (one) => one.at("name").text())) {
    yield {
      at: again.at("name").path,
      got: `a second container ${nameOr(key, "of one name")}`,
      expected: "a name for each container: the API refuses it otherwise",
      fix: example(set(again.at("name"), `${named(key)}-2`), "remove one of the two"),
    };
  }
  for (const { again, key } of duplicatesIn(volumesOf(pods), (one) => one.at("name").text())) {
    yield {
      at: again.at("name").path,
      got: `a second volume ${nameOr(key, "of one name")}`,
      expected: "a name for each volume: the API refuses it otherwise",
      fix: example(remove(again), "give it a name of its own"),
    };
  }
};

const oneSource: Check = function* (pods) {
  for (const volume of volumesOf(pods)) {
    const sources = volume.members().filter(([key, source]) => key !== "name" && source.isSet());
    const [, other] = sources;
    if (other === undefined) continue;
    yield {
      at: volume.path,
      got: `a volume from ${sources.length} sources`,
      expected: "one source: the API refuses more",
      fix: example(remove(other[1]), "make it a volume of its own"),
    };
  }
};

const resolves: Check = function* (pods) {
  const policy = podSetting(pods, "dnsPolicy");
  const servers = podSetting(pods, "dnsConfig", "nameservers");
  if (policy.text() !== "None" || servers.list().length > 0) return;
  yield {
    at: policy.path,
    got: "None without a name server",
    expected: "a name server in dnsConfig: the API refuses it otherwise",
    fix: fix`${remove(policy)}, which means the cluster's own DNS`,
  };
};

/** Kinds whose pods come back after they have ended, whatever ended them; those of jobs never do. */
const lasting: readonly string[] = running;
const ending: readonly string[] = [types.job, types.cronJob, types.scaledJob];

/** Source: apps/validation, ValidatePodTemplateSpecForReplicaSet and its like; batch/validation, validateJobSpec. */
const restarts: Check = function* (pods, owner) {
  const field = podSetting(pods, "restartPolicy");
  const policy = field.text() ?? "Always";
  const endless = ending.includes(owner.type);
  if (endless ? policy !== "Always" : !lasting.includes(owner.type) || policy === "Always") return;
  yield {
    at: field.path,
    got: field.isSet() ? valueText(policy) : "nothing, which means Always",
    expected: endless ? "Never or OnFailure: the API refuses a job without" : "Always: the API refuses others here",
    fix: endless ? example(set(field, "Never"), "OnFailure") : remove(field),
  };
};

/** A container that ended stays so, and its pod is never ready again. Source: Kubernetes, container restart rules. */
const comesBack: Check = function* (pods, owner) {
  if (!lasting.includes(owner.type)) return;
  for (const { part, field } of pods.containers) {
    const own = field.at("restartPolicy");
    if (part !== "main" || !own.isSet() || own.text() === "Always") continue;
    yield {
      at: own.path,
      got: "a container that is never restarted",
      expected: "nothing: the API refuses it, or leaves a pod that never serves again",
      fix: remove(own),
    };
  }
};

const endsNever: Check = function* (pods, owner) {
  const field = podSetting(pods, "activeDeadlineSeconds");
  if (!lasting.includes(owner.type) || field.number() === undefined) return;
  yield {
    at: field.path,
    got: "a deadline for pods that last",
    expected: "none: the API refuses it outside of jobs",
    fix: remove(field),
  };
};

/** Source: ValidateTolerations. */
const tolerates: Check = function* (pods) {
  for (const one of podSetting(pods, "tolerations").list()) {
    const [operator, value, seconds] = [one.at("operator"), one.at("value"), one.at("tolerationSeconds")];
    const exists = operator.text() === "Exists";
    if (exists && value.textOrEmpty() !== "")
      yield {
        at: value.path,
        got: "a value beside Exists",
        expected: "none: the API refuses it",
        fix: either(remove(value), set(operator, "Equal")),
      };
    if (!exists && one.at("key").textOrEmpty() === "")
      yield {
        at: one.path,
        got: "no key",
        expected: "the key of a taint: the API refuses it otherwise",
        fix: example(remove(one), "name the taint"),
      };
    if (seconds.isSet() && one.at("effect").text() !== "NoExecute")
      yield {
        at: seconds.path,
        got: "seconds for a taint that ends no pod",
        expected: "the effect NoExecute beside it: the API refuses it otherwise",
        fix: example(set(one.at("effect"), "NoExecute"), "remove the seconds"),
      };
  }
};

/** Source: validateTopologySpreadConstraints. */
const spreads: Check = function* (pods) {
  const list = podSetting(pods, "topologySpreadConstraints").list();
  const keyOf = (one: Field): string =>
    `${one.at("topologyKey").textOrEmpty()} ${one.at("whenUnsatisfiable").textOrEmpty()}`;
  for (const { again } of duplicatesIn(list, keyOf))
    yield {
      at: again.path,
      got: "a second constraint of one topologyKey and one whenUnsatisfiable",
      expected: "one of each: the API refuses it otherwise",
      fix: example(remove(again), "make it ScheduleAnyway"),
    };
  for (const one of list) {
    const least = one.at("minDomains");
    if (least.isSet() && one.at("whenUnsatisfiable").text() === "ScheduleAnyway")
      yield {
        at: least.path,
        got: "a number of zones or nodes beside ScheduleAnyway",
        expected: "it beside DoNotSchedule: the API refuses it otherwise",
        fix: example(remove(least), "make it DoNotSchedule"),
      };
    for (const field of [one.at("nodeAffinityPolicy"), one.at("nodeTaintsPolicy")])
      if (field.isSet() && !["Honor", "Ignore"].includes(field.textOrEmpty()))
        yield {
          at: field.path,
          got: "a word that is neither",
          expected: "Honor or Ignore: the API refuses others",
          fix: example(set(field, "Honor"), "Ignore"),
        };
  }
};

/** Source: ValidateProjectedVolumeSource, ten minutes at least. */
const tokens: Check = function* (pods) {
  const sources = volumesOf(pods).flatMap((volume) => volume.at("projected", "sources").list());
  for (const seconds of sources.map((source) => source.at("serviceAccountToken", "expirationSeconds"))) {
    const { value: least } = workloadLimits.tokenSecondsAtLeast;
    if ((seconds.number() ?? least) >= least) continue;
    yield {
      at: seconds.path,
      got: `a token for ${seconds.textOrEmpty()} s`,
      expected: `at least ${least} s: the API refuses less`,
      fix: fix`${remove(seconds)}, which means an hour; the kubelet renews the token long before`,
    };
  }
};

/** Every check of a pod as a whole. */
export const podChecks: readonly Check[] = [
  oneName,
  oneSource,
  resolves,
  restarts,
  comesBack,
  endsNever,
  tolerates,
  spreads,
  tokens,
];
