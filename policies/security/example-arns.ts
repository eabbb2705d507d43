/** ARNs that stand as examples where only a person knows which ones are needed. */
import type { Field } from "../kit/reading/field";
import { fix, type Remedy, remove, set, together } from "../kit/finding/remedy";

/** ARNs of the kind that each service's actions are about. */
const exampleArns: Readonly<Record<string, string>> = {
  secretsmanager: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-AbCdEf",
  ssm: "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/db",
  kms: "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000",
  s3: "arn:aws:s3:::shop-files/public/logo.svg",
  dynamodb: "arn:aws:dynamodb:eu-central-1:111122223333:table/shop",
  iam: "arn:aws:iam::111122223333:role/shop",
  sts: "arn:aws:iam::111122223333:role/shop",
};
/** A role that stands for whoever may take another one. */
export const exampleRole = "arn:aws:iam::111122223333:role/deploy";

/** The statement for one example of each service that the actions belong to. */
export function forExamples(statement: Field, actions: readonly string[]): Remedy {
  const isAbout = (service: string): boolean => actions.some((action) => action.startsWith(`${service}:`));
  const arns = Object.entries(exampleArns).flatMap(([service, arn]) => (isAbout(service) ? [arn] : []));
  const other = statement.at("NotResource");
  const own = set(statement.at("Resource"), [...new Set(arns)]);
  return fix`${other.isSet() ? together([remove(other), own]) : own}, with the ARNs that are needed`;
}

/** The policy of AWS that reads what this one administers, in the same partition. */
export function readOnly(arn: string): string {
  const service = arn.slice(0, arn.indexOf("::"));
  return arn.includes(":cluster-access-policy/")
    ? `${service}::aws:cluster-access-policy/AmazonEKSViewPolicy`
    : `${service}::aws:policy/job-function/ViewOnlyAccess`;
}
