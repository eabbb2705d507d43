/** How a database comes back when its region is lost: the choices, with what each promises and costs, as data. */

/** Where a claim comes from: AWS's guide, arithmetic over our own settings, or nothing that was run. */
type Mark = "AWS guide" | "computed" | "NOT RUN";

/** A promise with its source. */
export interface Claim {
  /** Such as "about 1 s". */
  readonly value: string;
  readonly mark: Mark;
  /** Page, or the settings that it is computed from. */
  readonly source: string;
}

/** One way to come back. */
export interface Recovery {
  /** What stands in the other region. */
  readonly stands: string;
  /** What is lost of the newest writes when the region is lost. */
  readonly rpo: Claim;
  /** Until writes are taken in the other region, from the decision on. */
  readonly rto: Claim;
  /** What it costs beside the database itself. */
  readonly cost: string;
  /** Who owns the master password. */
  readonly password: string;
}

const GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide";

/** The choices of an environment's `database.recovery`. */
export const recoveries = {
  none: {
    stands: "nothing",
    rpo: { value: "everything", mark: "computed", source: "backups lie in the region that is lost" },
    rto: { value: "none: the region must come back", mark: "computed", source: "nothing stands elsewhere" },
    cost: "nothing",
    password: "RDS, in Secrets Manager; it rotates it and no state holds it",
  },
  backups: {
    stands: "a copy of each day's snapshot, in a vault with a key of that region",
    rpo: {
      value: "up to 24 hours, and the time that a copy takes",
      mark: "computed",
      source: "components/data/backup-plan.ts: once a day",
    },
    rto: {
      value: "an hour or more, by the size of the database",
      mark: "NOT RUN",
      source: `${GUIDE}/aurora-restore-snapshot.html`,
    },
    cost: "storage of the copies, and traffic between regions for each: Aurora copies a snapshot whole",
    password: "RDS, in Secrets Manager; a restored cluster gets a new one",
  },
  global: {
    stands: "a cluster that follows by storage, with instances of its own or, headless, without",
    rpo: { value: "about 1 s", mark: "AWS guide", source: `${GUIDE}/aurora-global-database-disaster-recovery.html` },
    rto: { value: "minutes", mark: "AWS guide", source: `${GUIDE}/aurora-global-database-disaster-recovery.html` },
    cost: "storage and replicated writes a second time, and each instance that stands there",
    password: "the environment, encrypted in its state: RDS manages no password of a global database",
  },
} as const satisfies Readonly<Record<string, Recovery>>;

/** Name of a choice. */
export type RecoveryName = keyof typeof recoveries;
