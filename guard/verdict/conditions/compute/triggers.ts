/** Resources that act as soon as they exist: schedules, triggers, pipes, pipelines, event source mappings. */
import type { Resource } from "../../plans/change";
import { isAbsent, isMap, isUnknown, listAt, listOf, numberAt, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, type Outcome, safe, unknown } from "../core/condition";
import { named } from "../core/related";

/** Properties that switch a resource, with the values of off. */
const SWITCHES: readonly (readonly [property: string, off: RegExp])[] = [
  ["state", /^disabled$/i],
  ["isEnabled", /^false$/],
  ["enabled", /^false$/],
  ["enable", /^false$/],
  ["desiredState", /^stopped$/i],
  ["type", /^on_demand$/i],
];

/** Properties that switch on, and are off where a plan does not state them. */
const OPT_IN: Readonly<Record<string, string>> = {
  "aws:dms/replicationTask:ReplicationTask": "startReplicationTask",
  "aws:synthetics/canary:Canary": "startCanary",
  "aws:kinesisanalyticsv2/application:Application": "startApplication",
  "aws:cfg/remediationConfiguration:RemediationConfiguration": "automatic",
};

function isOff({ type, after }: Pick<Resource, "type" | "after">): boolean {
  const own = OPT_IN[type];
  if (own !== undefined) {
    const value = valueAt(after, own);
    return !isUnknown(value) && String(value ?? false) !== "true";
  }
  return SWITCHES.some(([property, off]) => {
    const value = valueAt(after, property);
    return !isAbsent(value) && !isUnknown(value) && off.test(String(value));
  });
}

/** Properties that refer to the target. */
const CALLED = ["arn", "target", "actions", "targetArn", "targetEndpointArn", "projectName", "targetPipeline"];

/** A target of EventBridge Scheduler that is an operation of AWS itself. */
const OPERATION = /:aws-sdk:([\w:]+)/;

/** A rule, a schedule or a trigger: the targets that it calls from now on. */
function startsActing({ index, resource, row }: Context): Outcome {
  const rules = index.usedBy(resource.address, "rule");
  if (isOff(resource)) return safe("it is created disabled");
  if (rules.length > 0 && rules.every(isOff)) return safe(`${named(rules)} is disabled`);
  const [, operation] = OPERATION.exec(textAt(resource.after, "target.arn") ?? "") ?? [];
  if (operation !== undefined) return unknown(`its schedule calls the AWS operation ${operation}: ${row.when}`);
  const called = CALLED.flatMap((property) => index.usedBy(resource.address, property));
  return called.length > 0 && called.every(({ operation: of }) => of === "create")
    ? safe(`its target is new (${named(called)})`)
    : degrades(row.when);
}

/** A task that changes other resources or data once it runs. */
function changesOthers({ resource, row }: Context): Outcome {
  return isOff(resource) ? safe("it does nothing until it is started") : unknown(row.when);
}

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

/** A function that reads a queue or a stream from now on: another reader of a queue gets fewer messages. */
function mappingStarts({ index, resource, row }: Context): Outcome {
  if (isOff(resource)) return safe("it is created disabled");
  if (index.isNew(resource, "eventSourceArn")) return safe("its source is new: nothing else reads it");
  const source = valueAt(resource.after, "eventSourceArn");
  const sources = index.usedBy(resource.address, "eventSourceArn");
  const others = index
    .ofType(MAPPING)
    .filter(
      ({ address, before, operation }) =>
        address !== resource.address &&
        operation !== "create" &&
        ((!isAbsent(source) && valueAt(before, "eventSourceArn") === source) ||
          index.usedBy(address, "eventSourceArn").some((one) => sources.includes(one))),
    );
  return others.length > 0 ? unknown(`${named(others)} reads the same source today: ${row.when}`) : degrades(row.when);
}

const ACTIONS = ["actions", "action"];

/** Actions of a pipeline, stage by stage. */
function stagesOf(values: Values | undefined): readonly (readonly Values[])[] {
  const stages = [...listAt(values, "stages"), ...listAt(values, "stage")].filter(isMap);
  return stages.map((stage) => ACTIONS.flatMap((name) => listOf(stage[name])).filter(isMap));
}

const isApproval = (action: Values): boolean => valueAt(action, "category") === "Approval";

/** Actions of a stage run in this order, and those of the same number in parallel. */
const orderOf = (action: Values): number => numberAt(action, "runOrder") ?? 1;

/** A pipeline runs once when it is created: the actions before its first approval. */
function pipelineStarts({ resource, row }: Context): Outcome {
  const stages = stagesOf(resource.after);
  const at = stages.findIndex((actions) => actions.some(isApproval));
  const approved = Math.min(...(stages[at] ?? []).filter(isApproval).map(orderOf));
  const beside = (stages[at] ?? []).filter((action) => !isApproval(action) && orderOf(action) <= approved);
  const first = [...stages.slice(0, Math.max(at, 0)).flat(), ...beside];
  return at > 0 && first.every((action) => valueAt(action, "category") === "Source")
    ? safe("its first run stops at an approval")
    : unknown(row.when);
}

/** Conditions about triggers. */
export const triggers: Conditions = {
  startsActing,
  changesOthers,
  mappingStarts,
  pipelineStarts,
};
