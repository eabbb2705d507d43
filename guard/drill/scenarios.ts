/** What a drill rehearses: each row is an incident that happened to somebody, and what must hold because of it. */

/** How a drill must end. */
export type Outcome =
  /** The replica serves, the primary is fenced when it comes back, and the way back is rehearsed. */
  | "failed over"
  /** Not one byte of state or account is different. */
  | "nothing changed"
  /** A sentence says why before anything is made. */
  | "refused";

/** What is lost; `{primary}`, `{replica}` and `{zone}` stand for the pair's own. */
export interface Loses {
  readonly denyRegion?: readonly string[];
  readonly denyZone?: readonly string[];
  readonly denyService?: readonly string[];
}

/** One incident, rehearsed. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Who had it, when, and what broke. */
  readonly incident: string;
  /** What must hold because of it. */
  readonly requirement: string;
  readonly loses: Loses;
  /** Seconds for which it is lost. */
  readonly lasts: number;
  /** Seconds until somebody decides, where they are not those of the limits. */
  readonly decides?: number;
  /** Whether the replica does not stand before the day. @default false */
  readonly cold?: boolean;
  readonly expects: Outcome;
}

const MINUTE = 60;
const HOUR = 3600;

/** In the order in which they are listed. */
export const scenarios: readonly Scenario[] = [
  {
    name: "region-lost",
    title: "the primary's region is lost at once",
    incident:
      "Cloudflare, 2023-11-02: a data centre was lost, and services that were thought highly available hung on it",
    requirement: "everything of the region is lost at once, and no step calls it",
    loses: { denyRegion: ["{primary}"] },
    lasts: 6 * HOUR,
    expects: "failed over",
  },
  {
    name: "region-hangs",
    title: "the primary's region does not respond",
    incident: "AWS us-east-1, 2025-10-20: calls hung or failed for hours while others came through",
    requirement: "no step waits for the region, and every call has a time-out",
    loses: { denyRegion: ["{primary}:hang"] },
    lasts: 8 * HOUR,
    expects: "failed over",
  },
  {
    name: "blip",
    title: "the primary's region is gone for a minute",
    incident: "GitHub, 2018-10-21: 43 seconds of partition, an automatic promotion, 24 hours of repair",
    requirement: "a blip changes nothing",
    loses: { denyRegion: ["{primary}"] },
    lasts: MINUTE,
    expects: "nothing changed",
  },
  {
    name: "flap",
    title: "nine in ten calls of the primary's region fail for a minute",
    incident: "AWS us-east-1, 2025-10-20: calls failed for hours while others came through",
    requirement: "what comes through changes nothing by halves",
    loses: { denyRegion: ["{primary}:flap"] },
    lasts: MINUTE,
    expects: "nothing changed",
  },
  {
    name: "zone",
    title: "one zone of the primary is lost",
    incident: "GCP europe-west9, 2023-04: water and fire in one zone took regional services along",
    requirement: "the primary goes on as it is, and nobody fails over",
    loses: { denyZone: ["{zone}"] },
    lasts: 6 * HOUR,
    expects: "nothing changed",
  },
  {
    name: "sign-in",
    title: "nobody gets credentials in the primary's region",
    incident: "Meta, 2021-10-04: the way in depended on what was down",
    requirement: "the failover signs in through the replica's region alone",
    loses: { denyService: ["sts:{primary}"] },
    lasts: 6 * HOUR,
    expects: "failed over",
  },
  {
    name: "late-decision",
    title: "the primary's region is lost, and nobody decides for an hour",
    incident: "a rebuild made public: 51 minutes of work in an incident of two hours",
    requirement: "the report shows what the decision cost, apart from the work",
    loses: { denyRegion: ["{primary}"] },
    lasts: 6 * HOUR,
    decides: HOUR,
    expects: "failed over",
  },
  {
    name: "cold",
    title: "the primary's region is lost, and nothing of the replica stands",
    incident: "AWS us-east-1, 2021-12-07: IAM and Route 53 could not be written for seven hours",
    requirement: "the bring-up reports why it cannot be, before anything is made",
    loses: { denyRegion: ["{primary}"] },
    lasts: 7 * HOUR,
    cold: true,
    expects: "refused",
  },
  {
    name: "replica-zone",
    title: "the primary's region is lost, and instances cannot be launched in a zone of the replica's",
    incident: "AWS us-east-1, 2025-10-20: instances could not be launched for hours while the calls were answered",
    requirement: "the bring-up names what it lacks, and changes nothing of what stands",
    loses: { denyRegion: ["{primary}"], denyZone: ["{replicaZone}"] },
    lasts: 8 * HOUR,
    expects: "refused",
  },
  {
    name: "both-regions",
    title: "both regions are lost",
    incident: "UniSuper on GCP, 2024-05: both places were in one subscription and deleted together",
    requirement: "the same account has the same fate: the drill reports it, and changes nothing",
    loses: { denyRegion: ["{primary}", "{replica}"] },
    lasts: 7 * HOUR,
    expects: "refused",
  },
];

/** The pair's own names. */
export interface PairNames {
  readonly primary: string;
  readonly replica: string;
  readonly zone: string;
  readonly replicaZone: string;
}

/** What is lost of this pair. */
export function losesOf({ loses }: Pick<Scenario, "loses">, names: PairNames): Loses {
  const filled = (texts: readonly string[] | undefined): readonly string[] | undefined =>
    texts?.map((text) => text.replace(/\{(\w+)\}/g, (_whole, name: keyof PairNames) => names[name]));
  const { denyRegion, denyZone, denyService } = loses;
  return { denyRegion: filled(denyRegion), denyZone: filled(denyZone), denyService: filled(denyService) };
}
