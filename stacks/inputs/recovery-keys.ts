/** Keys of an environment's configuration that bring it back after an outage, and what a key is. */
import { deliveryLimits } from "@fridayproof/components/core/limits";

/** One key: what it is for, and how its text becomes a value; undefined means that it does not. */
export interface Key<T> {
  readonly purpose: string;
  readonly allowed: string;
  /** The value as it goes onto the command line. */
  readonly example: string;
  readonly parse: (text: string) => T | undefined;
  readonly whenAbsent?: T;
}

const leastReason = deliveryLimits.leastReason.value;

/** Names the copy of a database. */
export const DATABASE_SNAPSHOT: Key<string> = {
  purpose:
    "the copy that the database of a replica is made from; counts when the database is made, and never afterwards",
  allowed: "the ARN of a snapshot of a database cluster, or empty, for a drill without data",
  example: "arn:aws:rds:us-west-2:111122223333:cluster-snapshot:awsbackup:copyjob-0a1b2c3d",
  parse: (text) => (/^(empty|arn:aws:rds:[a-z0-9-]+:\d{12}:cluster-snapshot:[\w:-]+)$/.test(text) ? text : undefined),
  whenAbsent: "",
};

/** Reason for a first update although the account holds the resources of a lost state. */
export const MAKE_AGAIN: Key<string> = {
  purpose: "the reason for creating resources that exist in the account but are missing from the state",
  allowed: `a reason of ${leastReason} characters or more; never stored, only given as --config for one run`,
  example: "'the cluster of that name is another team's'",
  parse: (text) => (text === "" || text.trim().length >= leastReason ? text : undefined),
  whenAbsent: "",
};
