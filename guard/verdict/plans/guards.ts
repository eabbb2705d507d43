/** Flags that make a service refuse a deletion, in both spellings. */
export const GUARDS = [
  "deletionProtection",
  "deletion_protection",
  "enableDeletionProtection",
  "enable_deletion_protection",
  "deletionProtectionEnabled",
  "deletion_protection_enabled",
] as const;
