/** What a database that follows another one explains, and nothing beside it. */
import { expect, test } from "vitest";
import type { Difference } from "../../../guard/parity/difference";
import { setFollowerAside } from "../../../guard/parity/follower";
import type { StackState } from "../../../guard/parity/state";

const CLUSTER = "aws:rds/cluster:Cluster";
const SECRET = "aws:secretsmanager/secret:Secret";
const RANDOM = "random:index/randomPassword:RandomPassword";
const ONLY_FIRST = { reason: "only the first has it" };

const stateWith = (inputs?: Readonly<Record<string, unknown>>): StackState => ({
  stack: "one",
  project: "fridayproof",
  pending: 0,
  resources: inputs === undefined ? [] : [{ urn: "urn:pulumi:one::p::t::database-cluster", type: CLUSTER, inputs }],
});
const writer = stateWith({ globalClusterIdentifier: "fridayproof-prod", masterUsername: "administrator" });
const follower = stateWith({ globalClusterIdentifier: "fridayproof-prod" });

const differs = (type: string, name: string, path: string, more: Partial<Difference> = {}): Difference => ({
  ...{ kind: "input", type, name, path, values: ["a", undefined] },
  ...more,
});
const swapped = ({ values: [one, other], reason, ...rest }: Difference): Difference => ({
  ...rest,
  values: [other, one],
  ...(reason === undefined ? {} : { reason: "only the second has it" }),
});
const edge = [`fridayproof:data:Database$${RANDOM}::database-master`];

const explained: readonly Difference[] = [
  differs(CLUSTER, "database-cluster", "inputs.databaseName", ONLY_FIRST),
  differs(CLUSTER, "database-cluster", "inputs.masterUsername", ONLY_FIRST),
  differs(CLUSTER, "database-cluster", "inputs.masterPassword", {
    ...ONLY_FIRST,
    kind: "secret",
    values: [undefined, undefined],
  }),
  differs(CLUSTER, "database-cluster", "inputs.globalClusterIdentifier", {
    values: ["fridayproof-prod", "fridayproof-prod"],
  }),
  differs(CLUSTER, "database-cluster", "options.dependencies[6]", {
    ...ONLY_FIRST,
    kind: "edge",
    values: [edge, undefined],
  }),
  differs(CLUSTER, "database-cluster", "options.propertyDependencies.masterPassword", {
    ...ONLY_FIRST,
    kind: "edge",
    values: [edge, undefined],
  }),
  differs(RANDOM, "database-master", "", { kind: "missing", values: ["urn", undefined] }),
  differs(SECRET, "database-master-secret", "", { kind: "missing", values: ["urn", undefined] }),
  differs("aws:secretsmanager/secretVersion:SecretVersion", "database-master-version", "", {
    kind: "missing",
    values: ["urn", undefined],
  }),
];

test.each(explained)("$type $path $name is the writer's alone, whichever is named first", (difference) => {
  expect(setFollowerAside([difference], [writer, follower]).following).toEqual([
    { difference, reason: "its database follows the other's, which has the user, the password and the data" },
  ]);
  expect(setFollowerAside([swapped(difference)], [follower, writer]).differences).toEqual([]);
});

test.each(explained)("$type $path $name counts where both write, or neither is joined", (difference) => {
  const pairs: readonly (readonly [StackState, StackState])[] = [
    [writer, writer],
    [follower, follower],
    [writer, stateWith()],
    [writer, stateWith({ globalClusterIdentifier: "fridayproof-qa" })],
    [stateWith({ masterUsername: "administrator" }), stateWith({})],
  ];
  for (const pair of pairs) expect(setFollowerAside([difference], pair).differences).toEqual([difference]);
});

test.each<Difference>([
  differs(CLUSTER, "database-cluster", "inputs.engineVersion", { values: ["17.5", "17.4"] }),
  differs(CLUSTER, "database-cluster", "inputs.masterUsername", { reason: "only the second has it" }),
  differs(CLUSTER, "database-cluster", "inputs.globalClusterIdentifier", {
    values: ["fridayproof-prod", "fridayproof-qa"],
  }),
  differs(CLUSTER, "database-cluster", "options.dependencies[6]", { ...ONLY_FIRST, values: [["network"], undefined] }),
  differs(CLUSTER, "database-cluster", "", { kind: "missing", values: ["urn", undefined] }),
  differs(SECRET, "shop-token", "", { kind: "missing", values: ["urn", undefined] }),
  differs(SECRET, "database-master-secret", "", { kind: "missing", values: [undefined, "urn"] }),
  differs("aws:sqs/queue:Queue", "database-master", "", { kind: "missing", values: ["urn", undefined] }),
])("$type $path $name $reason is no part of it", (difference) => {
  expect(setFollowerAside([difference], [writer, follower]).differences).toEqual([difference]);
});
