/** The only reader of stack configuration: what differs between the people who run the same environment. */
import * as pulumi from "@pulumi/pulumi";
import { type Problem, throwProblems } from "../components/core/checks";
import { parseCidr } from "../components/core/cidr";
import { networkLimits } from "../components/core/limits/network";
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
}

/** Who looks at an environment or changes it: `preview` may only look. */
export type DeploymentRole = Extract<AccountRole, "deploy" | "preview">;

/** One key: what it is for, and how its text becomes a value; undefined means that it does not. */
interface Key<T> {
  readonly purpose: string;
  readonly allowed: string;
  /** The value as it goes onto the command line. */
  readonly example: string;
  readonly parse: (text: string) => T | undefined;
  readonly whenAbsent?: T;
}

const longest = networkLimits.deployerPrefix.value;

function deployerCidrs(text: string): readonly string[] | undefined {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return undefined;
  }
  const narrow = (block: unknown): block is string =>
    typeof block === "string" && (parseCidr(block)?.prefix ?? 0) >= longest;
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
  allowed: `a JSON list of one or more blocks from /${longest} to /32`,
  example: `'["203.0.113.7/32"]'`,
  parse: deployerCidrs,
};

const ROLE: Key<DeploymentRole> = {
  purpose: "the role that calls to AWS are made with: preview, for a preview with credentials that may only look",
  allowed: "deploy or preview; never stored, only given as --config for one run",
  example: "deploy",
  parse: (text) => (text === "deploy" || text === "preview" ? text : undefined),
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

function read<T>(config: pulumi.Config, name: string, key: Key<T>, problems: Problem[]): T | undefined {
  const text = config.get(name);
  const value = text === undefined ? key.whenAbsent : key.parse(text);
  if (value === undefined) {
    const fix = `It is ${key.purpose}: pulumi config set ${config.name}:${name} ${key.example}`;
    problems.push({ path: `${config.name}:${name}`, got: text, allowed: key.allowed, fix });
  }
  return value;
}

/**
 * The stack's configuration.
 * @throws ProblemsError naming every key that is missing or malformed, what it is for, and the command that sets it.
 */
export function readSettings(): Settings {
  const config = new pulumi.Config("fridayproof");
  const problems: Problem[] = [];
  const account = read(config, "account", ACCOUNT, problems);
  const cidrs = read(config, "deployerCidrs", DEPLOYER_CIDRS, problems);
  const role = read(config, "role", ROLE, problems);
  const teardown = read(config, "teardown", TEARDOWN, problems);
  throwProblems(`the configuration of stack "${pulumi.getStack()}"`, problems);
  return { account: account ?? "", deployerCidrs: cidrs ?? [], role: role ?? "deploy", teardown: teardown ?? false };
}

/**
 * The configuration of `foundation`.
 * @throws ProblemsError naming every key that is missing or malformed, what it is for, and the command that sets it.
 */
export function readFoundationSettings(): FoundationSettings {
  const config = new pulumi.Config("fridayproof");
  const problems: Problem[] = [];
  const account = read(config, "account", ACCOUNT, problems);
  const repository = read(config, "githubRepository", REPOSITORY, problems) ?? "";
  const subject = read(config, "githubSubject", SUBJECT, problems);
  const providerArn = read(config, "githubProviderArn", PROVIDER_ARN, problems);
  const connectionArn = read(config, "githubConnectionArn", CONNECTION_ARN, problems);
  const teardown = read(config, "teardown", TEARDOWN, problems);
  throwProblems(`the configuration of stack "${pulumi.getStack()}"`, problems);
  return {
    account: account ?? "",
    githubRepository: repository,
    githubSubject: subject || `repo:${repository}`,
    githubProviderArn: providerArn || undefined,
    githubConnectionArn: connectionArn || undefined,
    teardown: teardown ?? false,
  };
}
