/** The file of a new environment: its pattern, and what it has of its own. */
import type { EnvironmentInput } from "../../stacks/environments/schema";

/** What every environment has for itself. */
export interface Choices {
  readonly name: string;
  readonly region: string;
  readonly zones: readonly string[];
  readonly cidr: string;
  readonly domain: string;
}

/** What must not be taken over from the pattern, because it names the pattern or a change that it is in the middle of. */
function ownParts({ name, region }: Choices, like: EnvironmentInput): Partial<EnvironmentInput> {
  const { role, follows, zoneId, standby, sso, gitOps, retiringZones, shiftReason, freezeOverride, database } = like;
  const clientId = sso?.clientId.replace(new RegExp(`\\b${like.name}\\b`, "g"), name);
  return {
    ...(role === "none" ? {} : { role: "none" as const }),
    ...(follows === undefined ? {} : { follows: undefined }),
    ...(standby === undefined ? {} : { standby: undefined }),
    ...(zoneId === undefined ? {} : { zoneId: undefined }),
    ...(sso === undefined || clientId === undefined || clientId === sso.clientId ? {} : { sso: { ...sso, clientId } }),
    ...(gitOps.applications.length === 0 ? {} : { gitOps: { ...gitOps, applications: [], apex: undefined } }),
    // Copies of the pattern's database lie where this one's is written.
    ...(database?.copyRegion === region ? { database: { ...database, copyRegion: like.region } } : {}),
    ...(retiringZones === undefined ? {} : { retiringZones: [] }),
    ...(shiftReason === undefined ? {} : { shiftReason: undefined }),
    ...(freezeOverride === undefined ? {} : { freezeOverride: undefined }),
  };
}

/** The environment as data. */
export function inputOf(choices: Choices, like: EnvironmentInput): EnvironmentInput {
  const { name, region, cidr, domain } = choices;
  const zones = [...choices.zones];
  return { ...like, name, region, zones, controlPlaneZones: zones, cidr, domain, ...ownParts(choices, like) };
}

/** How a property is written: what is left of the pattern's own object follows it. */
function written(key: string, value: unknown, like: EnvironmentInput): string {
  if (key === "gitOps") return `{ ...${like.name}.gitOps, applications: [], apex: undefined }`;
  return JSON.stringify(value) ?? "undefined";
}

/** The source of its file, not yet in the house's format. @param environment as {@link inputOf} makes it. */
export function environmentText(environment: EnvironmentInput, like: EnvironmentInput): string {
  const { name, region, zones, cidr, domain } = environment;
  const own = ownParts({ name, region, zones, cidr, domain }, like);
  const rows = Object.entries(own).map(([key, value]) => `  ${key}: ${written(key, value, like)},`);
  return `/** The environment ${name}: as ${like.name}, but for what stands here. */
import { ${like.name} } from "./${like.name}";
import type { EnvironmentInput } from "./schema";

const zones = ${JSON.stringify(zones)};

/** In ${region}; everything else follows ${like.name}. */
export const ${name}: EnvironmentInput = {
  ...${like.name},
  name: "${name}",
  region: "${region}",
  zones,
  controlPlaneZones: zones,
  cidr: "${cidr}",
  domain: "${domain}",
${rows.join("\n")}
};
`;
}
