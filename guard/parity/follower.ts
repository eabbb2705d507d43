/** What differs because one database follows the other: a global database has one writer, and it alone has a user and a password. */
import type { Difference } from "./difference";
import type { StandbyDifference } from "./standby";
import type { StackState, StateRow } from "./state";

const CLUSTER = "aws:rds/cluster:Cluster";

/** The global database, whose name is one for both. */
const JOIN = "inputs.globalClusterIdentifier";

/** Inputs of the writer alone: RDS gives them to whoever follows. */
const WRITERS = /^inputs\.(?:databaseName|masterUsername|masterPassword)$/;

/** Edges to the password. */
const EDGES = /^options\.(?:dependencies\[\d+\]|propertyDependencies\.masterPassword)$/;

/** What the password is made of and kept in, by the ends of their names. */
const PASSWORD = /-master(?:-secret|-version)?$/;
const PASSWORD_TYPE = "random:index/randomPassword:RandomPassword";
const PASSWORD_TYPES: ReadonlySet<string> = new Set([
  PASSWORD_TYPE,
  "aws:secretsmanager/secret:Secret",
  "aws:secretsmanager/secretVersion:SecretVersion",
]);

const REASON = "its database follows the other's, which has the user, the password and the data";

const clusterIn = ({ resources }: Pick<StackState, "resources">): StateRow | undefined =>
  resources.find(({ type }) => type === CLUSTER);

const memberOf = (row: StateRow | undefined): unknown => row?.inputs?.["globalClusterIdentifier"];

/** Which of the two follows the other's database: the one without a user; undefined where neither or both have one. */
function followerOf(states: readonly [StackState, StackState]): 0 | 1 | undefined {
  const [first, second] = [clusterIn(states[0]), clusterIn(states[1])];
  const joined = memberOf(first);
  if (typeof joined !== "string" || joined !== memberOf(second)) return undefined;
  const [one, other] = [first, second].map((row) => row?.inputs?.["masterUsername"] !== undefined);
  if (one === other) return undefined;
  return one === true ? 1 : 0;
}

/** Why a difference is what a follower has; undefined for every other. */
function followerReasons(states: readonly [StackState, StackState]): (difference: Difference) => string | undefined {
  const follower = followerOf(states);
  if (follower === undefined) return () => undefined;
  const lacked = follower === 1 ? "only the first has it" : "only the second has it";
  return ({ kind, type, name, path, values, reason }) => {
    const isLacked = kind === "missing" ? values[follower] === undefined : reason === lacked;
    const isOfCluster =
      type === CLUSTER &&
      (WRITERS.test(path) || (EDGES.test(path) && JSON.stringify(values).includes(`${PASSWORD_TYPE}::`)));
    const isPassword = kind === "missing" && PASSWORD_TYPES.has(type) && PASSWORD.test(name);
    const isJoin = type === CLUSTER && path === JOIN && values[0] === values[1];
    return isJoin || (isLacked && (isOfCluster || isPassword)) ? REASON : undefined;
  };
}

/** Sets aside what differs because the database of one of the two follows the other's, as it does in whatever state the legs are. */
export function setFollowerAside(
  differences: readonly Difference[],
  states: readonly [StackState, StackState],
): { readonly differences: readonly Difference[]; readonly following: readonly StandbyDifference[] } {
  const reasonOf = followerReasons(states);
  const following = differences.flatMap((difference) => {
    const reason = reasonOf(difference);
    return reason === undefined ? [] : [{ difference, reason }];
  });
  const explained = new Set(following.map(({ difference }) => difference));
  return { differences: differences.filter((each) => !explained.has(each)), following };
}
