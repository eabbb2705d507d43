/** One change for each row of the table: values before and after that the row decides. */
import { type Plan, type Resource, verdictOn } from "../../../guard/verdict";
import type { EffectRow } from "../../../guard/verdict/effects/row";
import { difference } from "../../../guard/verdict/plans/difference";
import { segmentsOf, type Values } from "../../../guard/verdict/plans/values";

/** A row with the type it is about. */
export interface TypedRow {
  readonly type: string;
  readonly row: EffectRow;
}

/** What a row is asked: one resource, before and after. */
export interface RowCase {
  readonly operation: "create" | "update" | "replace" | "delete";
  readonly order?: "create-first" | "delete-first";
  readonly before?: Values;
  readonly after?: Values;
}

type Pair = readonly [before: unknown, after: unknown];

const PAIRS: readonly Pair[] = [
  [1, 2],
  [2, 1],
  [2, 0],
  [false, true],
  [true, false],
  ["one", "two"],
  [undefined, "one"],
  ["one", undefined],
  [["one", "two"], ["one"]],
  [["one"], ["one", "two"]],
  [["one"], ["two"]],
  [{ one: 1 }, { one: 2 }],
];

/** Values that predicates ask for by name. */
const NAMED: Readonly<Record<string, readonly Pair[]>> = {
  minorUp: [["1.31", "1.32"]],
  minorsUp: [["1.30", "1.32"]],
  minorDown: [["1.32", "1.31"]],
  minorsDown: [["1.32", "1.30"]],
  toLoadBalancer: [["ClusterIP", "LoadBalancer"]],
  toCluster: [["Local", "Cluster"]],
  balancerDetail: [[{ "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "1" }, {}]],
  guardingLabel: [[{}, { "istio-injection": "enabled" }]],
  ignoresNow: [["Fail", "Ignore"]],
  failsNow: [["Ignore", "Fail"]],
  machineChecks: [["ELB", "EC2"]],
  isStatic: [[[{ name: "one", value: 1 }], [{ name: "one", value: 2, applyMethod: "pending-reboot" }]]],
  toOnDemand: [["PROVISIONED", "PAY_PER_REQUEST"]],
  taintsExecute: [[[], [{ key: "one", effect: "NO_EXECUTE" }]]],
  replacesObjects: [[["Prune=true"], ["Replace=true"]]],
  strategyKind: [[{ canary: {} }, { blueGreen: { activeService: "one" } }]],
  subsetGone: [[[{ name: "one" }], [{ name: "two" }]]],
  servedVersionGone: [[[{ name: "v1" }], [{ name: "v2" }]]],
  fromStrict: [["STRICT", "PERMISSIVE"]],
  tlsOnly: [["TLS_PLAINTEXT", "TLS"]],
  indexGone: [[[{ name: "one" }], [{ name: "two" }]]],
  aliasGone: [[["one"], ["two"]]],
  blocksByDefault: [[{ allow: {} }, { block: { customResponse: { responseCode: 503 } } }]],
  roleTagLost: [[{ "kubernetes.io/role/elb": "1" }, {}]],
  fromRecreate: [["Recreate", "RollingUpdate"]],
  stickyWithTwo: [[{ enabled: false }, { enabled: true }]],
};

/** What else a resource must have for a predicate to hold. */
const BESIDE: Readonly<Record<string, readonly Values[]>> = {
  belowDesired: [{ desiredCapacity: 5 }],
  notBelowDesired: [{ desiredCapacity: 1 }],
  isKubeProxy: [{ addonName: "kube-proxy" }],
  isCoredns: [{ addonName: "coredns" }],
  isVpcCni: [{ addonName: "vpc-cni" }],
  isEbsDriver: [{ addonName: "aws-ebs-csi-driver" }],
  isPreserved: [{ preserve: true }],
  isNodeEntry: [{ type: "EC2_LINUX" }],
  groupsAppearOnNetwork: [{ loadBalancerType: "network" }],
  networkLosesZone: [{ loadBalancerType: "network" }],
  stickyWithTwo: [{ defaultActions: { forward: { targetGroups: [{ arn: "one" }, { arn: "two" }] } } }],
  hasVpc: [{ vpcs: [{ vpcId: "one" }] }],
};

function nested(path: string, value: unknown): Values {
  const built = [...segmentsOf(path)].reverse().reduce<unknown>((inner, name) => ({ [name]: inner }), value);
  return built as Values;
}

function merged(base: Values, more: Values): Values {
  const both = { ...base };
  for (const [key, value] of Object.entries(more)) {
    const old = both[key];
    const isDeep = typeof old === "object" && typeof value === "object" && !Array.isArray(value) && value !== null;
    both[key] = isDeep && old !== null ? merged(old as Values, value as Values) : value;
  }
  return both;
}

function pairsOf({ change, applies }: EffectRow): readonly Pair[] {
  const [, from, to] = /^(\S*)->(\S+)$/.exec(change) ?? [];
  const own: readonly Pair[] = to === undefined ? [] : [[from === "" ? undefined : from, to]];
  return [...(NAMED[applies ?? ""] ?? []), ...own, ...PAIRS];
}

const OPERATIONS = ["create", "update", "replace", "delete"] as const;

/** Everything that is tried for a row, the plainest first. */
export function* candidatesOf({ row }: TypedRow): Generator<RowCase> {
  const operation = OPERATIONS.find((one) => row.property === `*${one}*`);
  for (const base of BESIDE[row.applies ?? ""] ?? [{}]) {
    if (operation === "create") yield { operation, after: base };
    else if (operation === "delete") yield { operation, before: base };
    else if (operation === "replace")
      yield {
        ...{ operation, before: base, after: base },
        order: row.change === "create-first" ? "create-first" : "delete-first",
      };
    else
      for (const [old, next] of pairsOf(row))
        for (const path of row.property.split("|"))
          yield {
            operation: "update",
            before: merged(base, nested(path, old)),
            after: merged(base, nested(path, next)),
          };
  }
}

function planOf(type: string, { operation, order, before, after }: RowCase): Plan {
  const resource: Resource = {
    address: "one",
    ...{ type, namedType: type, operation, order, before, after },
    paths: operation === "update" ? difference(before ?? {}, after ?? {}) : [],
    reasons: [],
    custom: true,
  };
  return {
    tool: "pulumi",
    resources: [resource],
    uses: [],
    complete: true,
    hasUnchanged: true,
    notes: [],
  };
}

/** Every verdict that the table gives on a case, one a finding. */
export function answersOn(type: string, one: RowCase): readonly string[] {
  return verdictOn(planOf(type, one)).changes.flatMap(({ findings }) => findings.map(({ verdict }) => verdict));
}

/** The row with another effect while `look` looks at it. */
function flipped<T>({ row }: TypedRow, effect: EffectRow["effect"], look: () => T): T {
  const open = row as { effect: EffectRow["effect"]; condition?: string };
  const { effect: own, condition } = open;
  try {
    open.effect = effect;
    return look();
  } finally {
    open.effect = own;
    if (condition !== undefined) open.condition = condition;
  }
}

/** Whether the answer on a case is the row's: it changes with the row. */
export function isDecidedBy(typed: TypedRow, one: RowCase): boolean {
  const seen = (effect: EffectRow["effect"]): string =>
    flipped(typed, effect, () => answersOn(typed.type, one).join(" "));
  return seen("DOWNTIME") !== seen("DEGRADES");
}
