/** IAM documents as data: what may be done to what, written once and turned into JSON at the edge. */

/** Operator to key to accepted values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of an identity policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
}

/** One statement of a policy on a resource or of a role's trust. */
export interface TrustStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: string | Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Conditions;
}

/** Where the platform lives: every ARN is made from these. */
export interface Scope {
  /** Account number of twelve digits. */
  readonly account: string;
  /** Regions in which environments may stand. */
  readonly regions: readonly string[];
}

/** The document of these statements, without white space: IAM counts characters. */
export function policyDocument(statements: readonly (Statement | TrustStatement)[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** ARNs of these resources of a regional service, in each region of the scope. */
export function regional({ account, regions }: Scope, service: string, resources: readonly string[]): string[] {
  return regions.flatMap((region) =>
    resources.map((resource) => `arn:aws:${service}:${region}:${account}:${resource}`),
  );
}
