/** The only reader of stack configuration: what differs between the people who run the same environment. */
import { didYouMean, parseCidr, type Problem, throwProblems } from "@fridayproof/components/core";
import { networkLimits } from "@fridayproof/components/core/limits";
import * as pulumi from "@pulumi/pulumi";
import { callerProblems } from "./caller";
import { DATABASE_SNAPSHOT, type Key, MAKE_AGAIN } from "./recovery-keys";
import type { AccountRole } from "./roles";

/** Configuration of a stack, checked. */
export interface Settings {
  /** AWS account, twelve digits; the provider refuses any other. */
  readonly account: string;
  /** Address blocks from which deployments reach the Kubernetes API. */
  readonly deployerCidrs: readonly string[];
  /** The role that calls to AWS are made with. */
  readonly role: DeploymentRole;
  /** Whether this run takes protection off, so that the next may delete everything. Never stored. */
  readonly teardown: boolean;
  /** Snapshot that the environment's database is made from; `empty` for a drill without data. @default none is named */
  readonly databaseSnapshot?: string;
  /** Reason for creating resources that exist in the account but are missing from the state. Never stored. */
  readonly makeAgain?: string | undefined;
}

/** Who looks at an environment or changes it: `preview` may only read, `caller` is the user of Pulumi. */
export type DeploymentRole = Extract<AccountRole, "deploy" | "preview"> | "caller";

const DEPLOYMENT_ROLES: readonly DeploymentRole[] = ["deploy", "preview", "caller"];

const minPrefixLength = networkLimits.deployerPrefix.value;

function deployerCidrs(text: string): readonly string[] | undefined {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return undefined;
  }
  const narrow = (block: unknown): block is string =>
    typeof block === "string" && (parseCidr(block)?.prefix ?? 0) >= minPrefixLength;
  return Array.isArray(list) && list.length > 0 && list.every(narrow) ? list : undefined;
}

const ACCOUNT: Key<string> = {
  purpose: "the AWS account that this stack may touch",
  allowed: "twelve digits",
  example: "111122223333",
  parse: (text) => (/^\d{12}$/.test(text) ? text : undefined),
};

const DEPLOYER_CIDRS: Key<readonly string[]> = {
  purpose: "the addresses from which deployments reach the Kubernetes API",
  allowed: `a JSON list of one or more blocks from /${minPrefixLength} to /32`,
  example: `'["203.0.113.7/32"]'`,
  parse: deployerCidrs,
};

const ROLE: Key<DeploymentRole> = {
  purpose:
    "the role that calls to AWS are made with: preview, for a preview that may only look; caller, for no role but your own on the first day",
  allowed: "deploy, preview or caller; never stored, only given as --config for one run",
  example: "deploy",
  parse: (text) => DEPLOYMENT_ROLES.find((role) => role === text),
  whenAbsent: "deploy",
};

const TEARDOWN: Key<boolean> = {
  purpose: "whether this run takes protection off before a destroy",
  allowed: "true or false; never stored, only given as --config for one run",
  example: "false",
  parse: (text) => ({ true: true, false: false })[text],
  whenAbsent: false,
};

/** Configuration of `foundation`, checked. */
export interface FoundationSettings {
  /** AWS account, twelve digits; the providers refuse any other. */
  readonly account: string;
  /** `owner/name` of the repository whose workflows deploy. */
  readonly githubRepository: string;
  /** What the `sub` of that repository's tokens begins with. */
  readonly githubSubject: string;
  /** ARN of the account's identity provider for GitHub, when something else has made it. */
  readonly githubProviderArn: string | undefined;
  /** ARN of the connection to GitHub that the runner uses, when there is a runner. */
  readonly githubConnectionArn: string | undefined;
  /** Whether a quota that is too small for the environments ends the run, or is only a warning. */
  readonly quotas: "check" | "warn";
  /** Whether this run takes protection off, so that the next may delete everything. Never stored. */
  readonly teardown: boolean;
}

const REPOSITORY: Key<string> = {
  purpose: "the repository whose workflows deploy",
  allowed: "owner/name",
  example: "my-org/my-platform",
  parse: (text) => (/^[A-Za-z0-9][A-Za-z0-9-]*\/[\w.-]+$/.test(text) ? text : undefined),
};

const SUBJECT: Key<string> = {
  purpose:
    "what the subject of the repository's tokens begins with; GitHub shows it in the repository's OIDC settings, and repositories made since 2026-06-18 carry numeric ids in it",
  allowed: "repo:, owner and name as GitHub shows them; no wildcard",
  example: "repo:my-org/my-platform",
  parse: (text) => (/^repo:[\w.@-]+\/[\w.@-]+$/.test(text) ? text : undefined),
  whenAbsent: "",
};

const PROVIDER_ARN: Key<string> = {
  purpose: "the account's identity provider for GitHub, if there is one already: an account can have only one",
  allowed: "arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com",
  example: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
  parse: (text) =>
    /^arn:aws:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/.test(text) ? text : undefined,
  whenAbsent: "",
};

const CONNECTION_ARN: Key<string> = {
  purpose: "the connection to GitHub that the runner uses, if there is a runner",
  allowed: "the ARN of a connection",
  example: "arn:aws:codeconnections:us-east-1:111122223333:connection/0a1b2c3d",
  parse: (text) =>
    /^arn:aws:code(connections|star-connections):[a-z0-9-]+:\d{12}:connection\/[\w-]+$/.test(text) ? text : undefined,
  whenAbsent: "",
};

const QUOTAS: Key<"check" | "warn"> = {
  purpose: "effect of a quota that is too small for the environments: check ends the run, warn only warns",
  allowed: "check or warn",
  example: "warn",
  parse: (text) => (text === "check" || text === "warn" ? text : undefined),
  whenAbsent: "check",
};

/** Exported by the SDK, but left out of its types (`@internal`). */
const { isConfigSecret } = pulumi.runtime as unknown as { readonly isConfigSecret: (key: string) => boolean };

function read<T>(config: pulumi.Config, name: string, key: Key<T>, problems: Problem[]): T | undefined {
  const id = `${config.name}:${name}`;
  if (isConfigSecret(id)) {
    const fix = `It stands in the clear in resources and states: pulumi config set ${id} ${key.example}`;
    problems.push({ path: id, got: "[secret]", allowed: `${key.allowed}; in the clear`, fix });
    return undefined;
  }
  const text = config.get(name);
  const value = text === undefined ? key.whenAbsent : key.parse(text);
  if (value === undefined) {
    const fix = `It is ${key.purpose}: pulumi config set ${id} ${key.example}`;
    problems.push({ path: id, got: text, allowed: key.allowed, fix });
  }
  return value;
}

/** Unknown keys of the program's namespace: a typo would otherwise be a setting without effect. */
function unknownKeys(config: pulumi.Config, known: readonly string[]): Problem[] {
  const prefix = `${config.name}:`;
  const keys = Object.keys(pulumi.runtime.allConfig()).filter((id) => id.startsWith(prefix));
  const names = keys.map((id) => id.slice(prefix.length)).filter((name) => !known.includes(name));
  return names.map((name) => ({
    path: `${prefix}${name}`,
    got: "an unknown key",
    allowed: known.map((one) => `${prefix}${one}`).join(", "),
    fix: `${didYouMean(name, known).trimStart() || "Leave it out."} Remove it where it was set: stacks/sandbox/ or --config on the sandbox, pulumi config rm ${prefix}${name} elsewhere.`,
  }));
}

/** Keys of an environment's stack. */
const ENVIRONMENT_KEYS = ["account", "databaseSnapshot", "deployerCidrs", "role", "teardown", "makeAgain"];

/** Keys of `foundation`. */
const FOUNDATION_KEYS = [
  "account",
  "githubRepository",
  "githubSubject",
  "githubProviderArn",
  "githubConnectionArn",
  "quotas",
  "teardown",
];

/**
 * The stack's configuration.
 * @param variables of the process: they show whether a workflow runs it.
 * @throws ProblemsError naming every key that is missing or malformed, what it is for, and the command that sets it.
 */
export function readSettings(variables: NodeJS.ProcessEnv = process.env): Settings {
  const config = new pulumi.Config("fridayproof");
  const problems = unknownKeys(config, ENVIRONMENT_KEYS);
  const account = read(config, "account", ACCOUNT, problems);
  const cidrs = read(config, "deployerCidrs", DEPLOYER_CIDRS, problems);
  const role = read(config, "role", ROLE, problems);
  const teardown = read(config, "teardown", TEARDOWN, problems);
  const databaseSnapshot = read(config, "databaseSnapshot", DATABASE_SNAPSHOT, problems);
  const makeAgain = read(config, "makeAgain", MAKE_AGAIN, problems);
  problems.push(...callerProblems(role, variables));
  throwProblems(`the configuration of stack "${pulumi.getStack()}"`, problems);
  return {
    account: account ?? "",
    deployerCidrs: cidrs ?? [],
    role: role ?? "deploy",
    teardown: teardown ?? false,
    databaseSnapshot,
    ...(makeAgain ? { makeAgain } : {}),
  };
}

/**
 * The configuration of `foundation`.
 * @throws ProblemsError naming every key that is missing or malformed, what it is for, and the command that sets it.
 */
export function readFoundationSettings(): FoundationSettings {
  const config = new pulumi.Config("fridayproof");
  const problems = unknownKeys(config, FOUNDATION_KEYS);
  const account = read(config, "account", ACCOUNT, problems);
  const repository = read(config, "githubRepository", REPOSITORY, problems) ?? "";
  const subject = read(config, "githubSubject", SUBJECT, problems);
  const providerArn = read(config, "githubProviderArn", PROVIDER_ARN, problems);
  const connectionArn = read(config, "githubConnectionArn", CONNECTION_ARN, problems);
  const quotas = read(config, "quotas", QUOTAS, problems) ?? "check";
  const teardown = read(config, "teardown", TEARDOWN, problems);
  throwProblems(`the configuration of stack "${pulumi.getStack()}"`, problems);
  return {
    account: account ?? "",
    githubRepository: repository,
    githubSubject: subject || `repo:${repository}`,
    githubProviderArn: providerArn || undefined,
    githubConnectionArn: connectionArn || undefined,
    quotas,
    teardown: teardown ?? false,
  };
}
