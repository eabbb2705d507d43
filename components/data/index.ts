/** Databases, their copies in another region, and what joins them. */
export { BackupPlan, type BackupPlanArgs } from "./backup-plan";
export { BackupVault, type BackupVaultArgs } from "./backup-vault";
export { Database } from "./database";
export type { DatabaseArgs, DatabaseSubnet } from "./database-args";
export { DatabaseRoles, type DatabaseRolesArgs } from "./database-roles";
export { GlobalDatabase, type GlobalDatabaseArgs } from "./global-database";
