/** Resources that act from their creation on: schedules, triggers, pipes, pipelines. */
import type { Resource } from "../plans/change";
import { isAbsent, isMap, isUnknown, listAt, textAt, valueAt, type Values } from "../plans/values";
import { named } from "./common";
import { type Conditions, type Context, degrades, type Outcome, safe, unknown } from "./condition";

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

/** A rule, a schedule or a trigger: what it calls from now on. */
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

/** Kinds of a pipeline's actions, in the order in which they run. */
function kindsOf(values: Values | undefined): readonly string[] {
  const stages = [...listAt(values, "stages"), ...listAt(values, "stage")].filter(isMap);
  return stages.flatMap((stage) => {
    const name = ACTIONS.find((one) => !isAbsent(stage[one]));
    const actions = name === undefined ? [] : listAt(stage, name).filter(isMap);
    return actions.map((action) => String(valueAt(action, "category")));
  });
}

/** A pipeline runs once by itself when it is made: what it does before somebody approves. */
function pipelineStarts({ resource, row }: Context): Outcome {
  const kinds = kindsOf(resource.after);
  const approval = kinds.indexOf("Approval");
  const first = approval < 0 ? kinds : kinds.slice(0, approval);
  return kinds.length > 0 && first.every((kind) => kind === "Source")
    ? safe("its first run stops at an approval")
    : unknown(row.when);
}

/** Conditions about what acts at once. */
export const starts: Conditions = { startsActing, changesOthers, mappingStarts, pipelineStarts };
