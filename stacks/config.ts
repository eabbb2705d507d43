/** The only reader of stack configuration: what differs between the people who run the same environment. */
import * as pulumi from "@pulumi/pulumi";
import { type Problem, throwProblems } from "../components/core/checks";
import { parseCidr } from "../components/core/cidr";
import { networkLimits } from "../components/core/limits/network";

/** Configuration of a stack, checked. */
export interface Settings {
  /** AWS account, twelve digits; the provider refuses any other. */
  readonly account: string;
  /** Address blocks from which deployments reach the Kubernetes API. */
  readonly deployerCidrs: readonly string[];
  /** Whether this run takes protection off, so that the next may delete everything. Never stored. */
  readonly teardown: boolean;
}

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

const TEARDOWN: Key<boolean> = {
  purpose: "whether this run takes protection off before a destroy",
  allowed: "true or false; never stored, only given as --config for one run",
  example: "false",
  parse: (text) => ({ true: true, false: false })[text],
  whenAbsent: false,
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
  const teardown = read(config, "teardown", TEARDOWN, problems);
  throwProblems(`the configuration of stack "${pulumi.getStack()}"`, problems);
  return { account: account ?? "", deployerCidrs: cidrs ?? [], teardown: teardown ?? false };
}
