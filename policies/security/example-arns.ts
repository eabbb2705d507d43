/** Example ARNs for fixes in which the user must enter the real ones. */
import type { Field } from "../kit/reading/field";
import { fix, type Remedy, remove, set, together } from "../kit/finding/remedy";

/** Example ARN of the resource type of each service's actions. */
const exampleArns: Readonly<Record<string, string>> = {
  secretsmanager: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-AbCdEf",
  ssm: "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/db",
  kms: "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000",
  s3: "arn:aws:s3:::shop-files/public/logo.svg",
  dynamodb: "arn:aws:dynamodb:eu-central-1:111122223333:table/shop",
  iam: "arn:aws:iam::111122223333:role/shop",
  sts: "arn:aws:iam::111122223333:role/shop",
};
/** Example role for a trust policy's principal. */
export const exampleRole = "arn:aws:iam::111122223333:role/deploy";

/** The statement for one example of each service that the actions belong to. */
export function forExamples(statement: Field, actions: readonly string[]): Remedy {
  const isAbout = (service: string): boolean => actions.some((action) => action.startsWith(`${service}:`));
  const arns = Object.entries(exampleArns).flatMap(([service, arn]) => (isAbout(service) ? [arn] : []));
  const other = statement.at("NotResource");
  const own = set(statement.at("Resource"), [...new Set(arns)]);
  return fix`${other.isSet() ? together([remove(other), own]) : own}, with the ARNs that are needed`;
}

/** The read-only AWS managed policy of the same service and partition. */
export function readOnly(arn: string): string {
  const service = arn.slice(0, arn.indexOf("::"));
  return arn.includes(":cluster-access-policy/")
    ? `${service}::aws:cluster-access-policy/AmazonEKSViewPolicy`
    : `${service}::aws:policy/job-function/ViewOnlyAccess`;
}
