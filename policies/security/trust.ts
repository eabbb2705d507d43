/** Principals that are too wide: everyone, every subject of an identity provider, or a whole other account. */
import type { Field } from "../kit/reading/field";
import type { Violation } from "../kit/finding/finding";
import { type Condition, conditionsOf, demanding, principalsOf } from "../kit/aws/iam";
import { either, example, fix, remove, set, together } from "../kit/finding/remedy";
import { exampleRole } from "./example-arns";

/** Condition keys that limit a principal to an account, an organization, a network or a resource. */
const narrowing = [
  /^aws:(source|principal)(account|arn|orgid|orgpaths|ownerorgid)$/,
  /^aws:sourceorg(id|paths)$/,
  /^aws:source(vpc|vpce|owner)$/,
  /^kms:calleraccount$/,
  /^elasticfilesystem:accessedviamounttarget$/,
  /^aws:(vpc)?sourceip$/,
  /^sts:externalid$/,
];

/** The own account ids, for a role's trust policy. Resource policies name the account's root by design. */
export interface Accounts {
  readonly own: ReadonlySet<string>;
}

/** Reports principals of the statement that are too wide. @param accounts undefined for a resource policy. */
export function* trustViolations(statement: Field, accounts: Accounts | undefined): Iterable<Violation> {
  const conditions = conditionsOf(statement);
  const other = statement.at("NotPrincipal");
  if (other.isSet())
    yield {
      at: other.path,
      got: "everybody but a list",
      expected: "the principals that need it",
      fix: fix`${together([remove(other), set(statement.at("Principal"), { AWS: exampleRole })])}, with their ARNs`,
    };
  for (const [type, who] of principalsOf(statement)) {
    const name = who.textOrEmpty();
    if (type === "Federated") yield* federatedViolations(statement, who, name, conditions);
    else if (/^[*?]+$/.test(name) && !isNarrowed(conditions, narrowing))
      yield {
        at: who.path,
        got: "everybody",
        expected: "the principals that need it",
        fix: either(
          example(set(statement.at("Principal"), { AWS: exampleRole }), "the ARNs that are meant"),
          example(
            set(statement.at("Condition", "StringEquals", "aws:PrincipalOrgID"), "o-exampleorgid"),
            "your organisation",
          ),
        ),
      };
    else if (type === "AWS" && accounts !== undefined) yield* foreignViolations(statement, who, conditions, accounts);
  }
}

const wholeAccount = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/;
/** Condition keys that limit an account to some of its principals. */
const withinAccount = [
  /^sts:externalid$/,
  /^aws:principal(arn|orgid|orgpaths)$/,
  /^aws:principaltag\//,
  /^aws:(userid|multifactorauthpresent)$/,
  /^aws:source(vpc|vpce|ip)$/,
];

/**
 * Any principal of that account can assume the role. A service provider's account can then act for another
 * customer: the confused deputy problem.
 */
function* foreignViolations(
  statement: Field,
  who: Field,
  conditions: readonly Condition[],
  { own }: Accounts,
): Iterable<Violation> {
  const [, account] = wholeAccount.exec(who.textOrEmpty()) ?? [];
  if (account === undefined || own.has(account) || isNarrowed(conditions, withinAccount)) return;
  yield {
    at: who.path,
    got: `everybody in account ${account}, which is not known as one of yours`,
    expected: "an external id, or named roles",
    fix: fix`${either(
      example(set(statement.at("Condition", "StringEquals", "sts:ExternalId"), exampleId), "the id that you agree on"),
      example(set(who, `arn:aws:iam::${account}:role/deploy`), "the role that is meant"),
    )}; an account of yours stands in the setting \`accounts\``,
    setting: "accounts",
  };
}

const exampleId = "an-id-for-you-alone";

function isNarrowed(conditions: readonly Condition[], keys: readonly RegExp[]): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      demanding.test(operator) &&
      keys.some((form) => form.test(key)) &&
      !values.some((value) => /^[*?:]+$|\/0$/.test(value)),
  );
}

/** An OpenID Connect provider issues tokens to all of its users. A condition on the subject limits the role to one. */
function* federatedViolations(
  statement: Field,
  who: Field,
  provider: string,
  conditions: readonly Condition[],
): Iterable<Violation> {
  if (/:saml-provider\//.test(provider)) return;
  const subjects = conditions.filter(({ operator, key }) => demanding.test(operator) && subject.test(key));
  const [first] = subjects;
  const host = /:oidc-provider\/([a-z0-9.-]+(?:\/[A-Za-z0-9._/-]+)?)$/.exec(provider)?.[1];
  const meant = subjectsOf.find(([form]) => form.test(host ?? ""))?.[1] ?? "repo:owner/name:environment:production";
  const own = `demand the subject in a condition, such as ${meant}`;
  const demanded =
    host === undefined
      ? own
      : example(set(statement.at("Condition", "StringEquals", `${host}:sub`), meant), "the subject that it is for");
  if (first === undefined)
    yield {
      at: who.path,
      got: "every identity of the provider",
      expected: "a condition on the subject",
      fix: demanded,
    };
  else if (subjects.every(({ values }) => values.length === 0 || values.some(isOpenSubject)))
    yield {
      at: who.path,
      got: "a subject that any tenant of the provider has",
      expected: "a subject with its owner",
      fix: demanded,
    };
}

const subject = /:(sub|job_workflow_ref|amr|repository|repository_id|repository_owner|repository_owner_id)$/;

/** Subjects of providers, each as an example. Sources: the providers' own pages about OpenID Connect on AWS. */
const subjectsOf: readonly (readonly [RegExp, string])[] = [
  [/^oidc\.eks\./, "system:serviceaccount:shop:web"],
  [/^app\.terraform\.io$/, "organization:owner:project:shop:workspace:prod:run_phase:apply"],
  [/^gitlab\./, "project_path:owner/shop:ref_type:branch:ref:main"],
];
/** Prefixes before the owner in a subject of GitHub, GitLab, HCP Terraform, Buildkite and CircleCI. */
const owned = /^(?:repo|project_path|organization|org)[:/]([^:/]*)/;

/** Whether a subject's pattern matches any owner: `*`, `repo:*`, `organization:ac*:project:*`, `system:serviceaccount:*`. */
function isOpenSubject(value: string): boolean {
  const [, owner = ""] = owned.exec(value) ?? [];
  return (
    /[*?]/.test(owner) ||
    /^[^*?]{0,5}[*?]/.test(value) ||
    /^(repo|project_path|organization|org|system:serviceaccount):?[*?]/.test(value)
  );
}
