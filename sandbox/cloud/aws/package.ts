/** The aws package: provider configuration, checked as the real one checks it. */
import { CloudError, type Checked, type ProviderPackage } from "../../protocol/provider";
import { diffInputs } from "../../property/diff";
import { valuesAt } from "../../property/paths";
import { isObject, parseJson, type PropertyMap } from "../../property/values";
import type { Account } from "../account/account";
import { loadFacts, type Facts } from "./object/facts";
import { AwsProvider, isKnownType } from "./provider";
import { mismatches, schema } from "./schema";

const PROVIDER = "pulumi:provider:Provider";

/** Configuration crosses the wire as JSON text wherever it is not text itself. */
function decoded(config: PropertyMap): PropertyMap {
  const members = schema().resources[PROVIDER]?.inputs ?? {};
  const isText = (key: string): boolean => (members[key] ?? "string?") === "string?";
  const settings = Object.entries(config).filter(([, value]) => value !== null);
  return Object.fromEntries(
    settings.map(([key, value]) => [
      key,
      typeof value === "string" && !isText(key) ? (parseJson(value) ?? value) : value,
    ]),
  );
}

function checkConfig({ regions }: Facts, news: PropertyMap): Checked {
  const config = decoded(news);
  const failures = mismatches(config, { ...schema().resources[PROVIDER]?.inputs, version: "string?" });
  const known = Object.keys(regions).join(", ");
  const { region } = config;
  const isElsewhere = typeof region === "string" && /^[a-z]{2}-/.test(region) && regions[region] === undefined;
  const missing = `missing: set it on the provider or as aws:region; the sandbox has ${known}`;
  const elsewhere = `the sandbox has no ${String(region)}, only ${known}; regions are rows of sandbox/cloud/seed.yaml`;
  if (region === undefined || isElsewhere)
    failures.push({ property: "region", reason: isElsewhere ? elsewhere : missing });
  return { inputs: news, failures };
}

/** ARN of the caller: the last role of the chain, or the user whose credentials these are. */
function principalOf(account: Account, config: PropertyMap): string {
  const chain = [...valuesAt(config, "assumeRole.roleArn"), ...valuesAt(config, "assumeRoles.roleArn")].map(String);
  const roles = new Set(account.all("aws:iam/role:Role").map(({ outputs }) => outputs.arn));
  let principal = `arn:aws:iam::${account.accountId}:user/sandbox`;
  for (const role of chain) {
    if (!roles.has(role)) {
      throw new CloudError(
        "AccessDenied",
        `User: ${principal} is not authorized to perform: sts:AssumeRole on resource: ${role} (no such role in this account)`,
      );
    }
    principal = role;
  }
  return principal;
}

function rejectForeignAccount({ accountId }: Account, config: PropertyMap): void {
  const allowed = valuesAt(config, "allowedAccountIds");
  const isForbidden = valuesAt(config, "forbiddenAccountIds").map(String).includes(accountId);
  if (isForbidden || (allowed.length > 0 && !allowed.map(String).includes(accountId)))
    throw new CloudError("AccountNotAllowed", `AWS account ID not allowed: ${accountId}`);
}

/**
 * The simulated aws package on one account.
 * @param facts regions and quotas; those of `seed.yaml` and `quotas.yaml` when absent.
 */
export function awsPackage(account: Account, facts: Facts = loadFacts()) {
  return {
    name: "aws",
    knows: isKnownType,
    checkConfig: (news: PropertyMap) => checkConfig(facts, news),
    // A provider in another region owns other objects; all else can change under them.
    diffConfig: (olds: PropertyMap, news: PropertyMap) => diffInputs(olds, news, (path) => path === "region"),
    configure(raw: PropertyMap) {
      const config = decoded(raw);
      rejectForeignAccount(account, config);
      const [defaultTags] = valuesAt(config, "defaultTags.tags");
      return new AwsProvider({
        account,
        facts,
        region: String(config.region),
        principal: principalOf(account, config),
        defaultTags: isObject(defaultTags) ? defaultTags : {},
      });
    },
  } satisfies ProviderPackage;
}
