/** The aws package: provider configuration, checked as the real one checks it. */
import { isObject, type PropertyMap, type Value } from "../../values/values";
import { diffInputs } from "../../values/diff";
import type { Account } from "../account";
import { CloudError, type CheckFailure, type ProviderPackage } from "../provider";
import { loadFacts, type Facts } from "./facts";
import { valuesAt, type Caller } from "./making";
import { AwsProvider } from "./provider";
import { misfits, schema } from "./schema";

const PROVIDER = "pulumi:provider:Provider";

/** Configuration crosses the wire as JSON text wherever it is not text itself. */
function decoded(config: PropertyMap): PropertyMap {
  const members = schema().resources[PROVIDER]?.inputs ?? {};
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      if (value === null) return [];
      const isText = (members[key] ?? "string?") === "string?";
      return [[key, typeof value === "string" && !isText ? parsed(value) : value]];
    }),
  );
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

function checkConfig(facts: Facts, news: PropertyMap): { inputs: PropertyMap; failures: readonly CheckFailure[] } {
  const config = decoded(news);
  const failures = misfits(config, { ...schema().resources[PROVIDER]?.inputs, version: "string?" });
  const regions = Object.keys(facts.regions).join(", ");
  const { region } = config;
  if (region === undefined) {
    failures.push({
      property: "region",
      reason: `missing: set it on the provider or as aws:region; the sandbox has ${regions}`,
    });
  } else if (typeof region === "string" && /^[a-z]{2}-/.test(region) && facts.regions[region] === undefined) {
    failures.push({
      property: "region",
      reason: `the sandbox has no ${region}, only ${regions}; regions are rows of sandbox/cloud/seed.yaml`,
    });
  }
  return { inputs: news, failures };
}

/** ARN of the caller: the last role of the chain, or the user whose credentials these are. */
function principalOf(account: Account, config: PropertyMap): string {
  const chain = [...valuesAt(config, "assumeRole.roleArn"), ...valuesAt(config, "assumeRoles.roleArn")].map(String);
  let principal = `arn:aws:iam::${account.accountId}:user/sandbox`;
  for (const role of chain) {
    if (account.all("aws:iam/role:Role").every((object) => object.outputs.arn !== role)) {
      throw new CloudError(
        "AccessDenied",
        `User: ${principal} is not authorized to perform: sts:AssumeRole on resource: ${role} (no such role in this account)`,
      );
    }
    principal = role;
  }
  return principal;
}

function refuseForeignAccount(account: Account, config: PropertyMap): void {
  const allowed = valuesAt(config, "allowedAccountIds").map(String);
  const forbidden = valuesAt(config, "forbiddenAccountIds").map(String);
  if (forbidden.includes(account.accountId) || (allowed.length > 0 && !allowed.includes(account.accountId))) {
    throw new CloudError("AccountNotAllowed", `AWS account ID not allowed: ${account.accountId}`);
  }
}

/**
 * The simulated aws package on one account.
 * @param facts regions and quotas; those of `seed.yaml` and `quotas.yaml` when absent.
 */
export function awsPackage(account: Account, facts: Facts = loadFacts()): ProviderPackage {
  return {
    name: "aws",
    checkConfig: (news) => checkConfig(facts, news),
    // A provider in another region owns other objects; all else can change under them.
    diffConfig: (olds, news) => diffInputs(olds, news, (path) => path === "region"),
    configure(raw) {
      const config = decoded(raw);
      refuseForeignAccount(account, config);
      const tags = isObject(config.defaultTags) && isObject(config.defaultTags.tags) ? config.defaultTags.tags : {};
      const caller: Caller = {
        account,
        facts,
        region: String(config.region),
        principal: principalOf(account, config),
        defaultTags: tags,
      };
      return new AwsProvider(caller);
    },
  };
}
