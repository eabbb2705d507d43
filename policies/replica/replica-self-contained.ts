/** Rule replica-self-contained. */
import { escapeRegExp } from "@fridayproof/components/core";
import type { Field } from "../kit/reading/field";
import { type Finding, violation } from "../kit/finding/finding";
import type { Resource } from "../kit/reading/resource";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { text, texts } from "../kit/rule/settings";

/** The replica refers to nothing in the primary's region, which it must outlive. */
export const replicaSelfContained = resourceRule({
  id: "replica-self-contained",
  group: "replica",
  level: "mandatory",
  forbids: "A resource of the replica whose inputs name the primary's region.",
  prevents: "A replica that fails together with the region it was built to replace.",
  source: "AWS Fault Isolation Boundaries, static stability; our design, replica section 1",
  settings: {
    role: text("none", "What this environment is.", ["primary", "replica", "none"]),
    primaryRegion: text("", "Region of the primary, such as us-east-1; empty switches the rule off."),
    primaryNames: texts([], "Further texts that only the primary's region has: backend and bucket names."),
    copyVaults: texts([], "Vaults that backup plans copy to, as region/name, such as us-east-1/fridayproof-replica."),
  },
  resourceTypes: "any",
  limits:
    "Texts are searched, also inside JSON and base64; an id such as vpc-0abc does not show its region. Zone ids and spellings with _ follow from the region's name. Where a backup plan copies to is left out if it is one of copyVaults: copies belong into another region.",
  // Ids, ARNs and names that are not known yet belong to resources that the replica itself creates.
  quietAt: /(Ids?|Arns?|ARNs?|Names?|^id|^arn|\.id|\.arn|[nN]ame|namespace)(\[\d+\])?$/,
  examples: {
    bad: "data: { 'app.json': '{\"queue\":\"arn:aws:sqs:us-east-1:…\"}' }",
    good: "data: { 'app.json': '{\"queue\":\"arn:aws:sqs:us-west-2:…\"}' }",
  },
  *check(resource, { role, primaryRegion, primaryNames, copyVaults }) {
    if (role !== "replica" || primaryRegion === "") return;
    const forms = [...regionForms(primaryRegion), ...primaryNames.map(asWord)];
    const vaults = resource.type === "aws:backup/plan:Plan" ? copyVaults.map(vaultArn) : [];
    yield* walk(resource, resource.props, { forms, vaults });
  },
});

/** ARN of a vault that is written as region/name, in whatever account. */
function vaultArn(vault: string): RegExp {
  const [region = "", name = ""] = vault.split("/").map(escapeRegExp);
  return new RegExp(`^arn:aws[a-z-]*:backup:${region}:\\d{12}:backup-vault:${name}$`);
}

/** The text as a word: us-east-1 is in us-east-1a, in ARNs and at the end of names, but not in us-east-10. */
function asWord(text: string): RegExp {
  const end = /\d$/.test(text) ? "(?!\\d)" : "";
  return new RegExp(`(?<![A-Za-z0-9])${escapeRegExp(text)}${end}`, "i");
}

const directions: Readonly<Record<string, string>> = {
  north: "n",
  northeast: "ne",
  east: "e",
  southeast: "se",
  south: "s",
  southwest: "sw",
  west: "w",
  northwest: "nw",
  central: "c",
};

/** How the region is written: its name in every spelling, its zone ids, and hosts that it serves for the whole world. */
function regionForms(region: string): readonly RegExp[] {
  const parts = region.split("-");
  const spelled = new RegExp(`(?<![A-Za-z0-9])${parts.join("[-_ ]?")}(?!\\d)`, "i");
  // use1-az1 is a zone of us-east-1. Source: RAM user guide, availability zone ids.
  const short = parts.map((part) => directions[part] ?? part).join("");
  const zone = new RegExp(`(?<![A-Za-z0-9])${short}-az\\d`, "i");
  return region === worldwide ? [spelled, zone, legacyHost] : [spelled, zone];
}

/** The region of addresses that name none. Source: S3 user guide, legacy global endpoint. */
const worldwide = "us-east-1";
const legacyHost = /(:\/\/|(?<![\w-])[a-z0-9][a-z0-9.-]{1,62}\.)s3\.amazonaws\.com/i;

const encoded = /^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/;
/** Characters of the longest text that is decoded: Kubernetes stores no more than a mebibyte. */
const encodedAtMost = 1_400_000;

/** The text decoded from base64, as in user data and Secrets; empty where it is not base64. */
function behindBase64(text: string): string {
  if (text.length > encodedAtMost || !encoded.test(text)) return "";
  return Buffer.from(text, "base64").toString("latin1");
}

/** Spellings of the primary's region, and the vaults that a plan may copy to. */
interface Searched {
  readonly forms: readonly RegExp[];
  readonly vaults: readonly RegExp[];
}

function* walk(resource: Resource, field: Field, searched: Searched): Iterable<Finding> {
  const { forms, vaults } = searched;
  const value = field.value();
  if (Array.isArray(value)) {
    yield* eachPart(resource, field.list(), (item) => walk(resource, item, searched));
  } else if (typeof value === "object") {
    for (const [key, member] of field.members()) {
      if (key === "destinationVaultArn" && names(String(member.value()), vaults)) continue;
      if (names(key, forms)) yield problem(resource, member.path);
      yield* eachPart(resource, [member], (inner) => walk(resource, inner, searched));
    }
  } else if (typeof value === "string" && (names(value, forms) || names(behindBase64(value), forms))) {
    yield problem(resource, field.path);
  }
}

function names(text: string, forms: readonly RegExp[]): boolean {
  return forms.some((form) => form.test(text));
}

function problem(resource: Resource, at: string): Finding {
  return violation(resource, {
    at,
    got: "a text that names the primary's region",
    expected: "only what lives in the replica's own region",
    fix: "take it from the replica's environment, or replicate what it points to",
  });
}
