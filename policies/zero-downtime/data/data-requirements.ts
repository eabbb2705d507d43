/** What each kind of store must say, with what AWS takes where nothing is said. */
import { replicaLimits } from "../../limits/replicas";
import type { Resource } from "../../kit/reading/resource";
import { type ResourceType, types } from "../../kit/reading/types";

/** One property and the value that it must have: a switch, or a number at least. */
export interface Requirement {
  readonly path: readonly string[];
  readonly expected: boolean | number;
  /** What AWS takes when nothing is said. Source: RDS, ElastiCache and DynamoDB API references. */
  readonly fallback: boolean | number;
  /** What breaks otherwise, in words. */
  readonly because: string;
  /** Whether it is checked only where it is stated: AWS's own default is what most have. */
  readonly stated?: boolean;
  /** Whether it only protects from deletion. */
  readonly protects?: boolean;
}

const requirement = (
  path: string,
  expected: boolean | number,
  fallback: boolean | number,
  because: string,
): Requirement => ({
  path: path.split("."),
  expected,
  fallback,
  because,
});

const protection = (path: string): Requirement => ({
  ...requirement(path, true, false, "so that nothing deletes it by mistake"),
  protects: true,
});
const later = requirement("applyImmediately", false, false, "so that a change waits for the maintenance window");
const closed = requirement("publiclyAccessible", false, false, "so that the internet does not reach it");
const kept: Requirement = {
  ...requirement("skipFinalSnapshot", false, false, "so that its end leaves a snapshot"),
  protects: true,
};
/** What a snapshot or another database was made of decides where it says nothing. */
const encrypted = (path: string): Requirement => ({
  ...requirement(path, true, false, "so that a lost disk or snapshot is unreadable"),
  stated: true,
});
const backupsStay: Requirement = {
  ...requirement("deleteAutomatedBackups", false, true, "so that its backups outlive it"),
  stated: true,
  protects: true,
};
const major = requirement(
  "allowMajorVersionUpgrade",
  false,
  false,
  "so that a number in a pull request is no migration",
);
const spread = requirement("multiAz", true, false, "so that a zone may be lost");
const byDefault = 1;

const backups = (days: number, fallback: number): Requirement =>
  requirement("backupRetentionPeriod", days, fallback, "so that yesterday can be restored");

const cache = [
  requirement("automaticFailoverEnabled", true, false, "so that a replica takes over"),
  requirement("multiAzEnabled", true, false, "so that a zone may be lost"),
  later,
  encrypted("atRestEncryptionEnabled"),
  encrypted("transitEncryptionEnabled"),
  {
    ...requirement("numCacheClusters", replicaLimits.replicasAtLeast.value, 1, "so that one may be lost"),
    stated: true,
  },
  { ...requirement("replicasPerNodeGroup", 1, 0, "so that one may be lost"), stated: true },
];
const table = [
  protection("deletionProtectionEnabled"),
  requirement("pointInTimeRecovery.enabled", true, false, "so that any second of the last weeks can be restored"),
];
/** What the resource must say.
 * @throws UnknownRead where a preview hides what it is. */
export function requirementsOf(resource: Resource, backupDays: number): readonly Requirement[] {
  const always: ReadonlyMap<ResourceType, readonly Requirement[]> = new Map([
    [types.databaseMember, [closed, later]],
    [
      types.databaseCluster,
      [
        protection("deletionProtection"),
        backups(backupDays, byDefault),
        later,
        kept,
        encrypted("storageEncrypted"),
        backupsStay,
        major,
      ],
    ],
    [types.cacheGroup, cache],
    [types.table, table],
  ]);
  if (resource.is(types.databaseInstance)) return instance(resource, backupDays);
  if (resource.is(types.cacheCluster)) return cacheNode(resource);
  return always.get(resource.type) ?? [];
}

/** The same of CloudFormation's types, whose properties differ in their capitals alone. */
export function requirementsIn(type: string, copies: boolean, backupDays: number): readonly Requirement[] {
  const common = [protection("deletionProtection"), encrypted("storageEncrypted"), backupsStay];
  if (type === "aws::rds::dbcluster") return [...common, backups(backupDays, byDefault)];
  if (type !== "aws::rds::dbinstance") return [];
  return [...(copies ? [] : [spread, backups(backupDays, byDefault)]), ...common, closed];
}

/** A copy of another instance is restored from that one, and promoted where it is needed. */
function instance(resource: Resource, backupDays: number): readonly Requirement[] {
  const common = [
    protection("deletionProtection"),
    closed,
    later,
    kept,
    encrypted("storageEncrypted"),
    backupsStay,
    major,
  ];
  return resource.at("replicateSourceDb").isSet() ? common : [spread, backups(backupDays, 0), ...common];
}

/** Redis and Valkey take several nodes in a replication group alone, which is where two of them belong. */
function cacheNode(resource: Resource): readonly Requirement[] {
  if (resource.at("replicationGroupId").isSet()) return [later];
  return [requirement("numCacheNodes", replicaLimits.replicasAtLeast.value, 1, "so that one may be lost"), later];
}
