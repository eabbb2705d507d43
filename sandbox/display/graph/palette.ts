/** Colours of the picture: one family of resources each, soft enough that black text stays readable. */

/** A colour and what it stands for in the legend. */
export interface Family {
  readonly label: string;
  readonly fill: string;
  readonly line: string;
}

/** First match wins; the last row takes the rest. */
const families: readonly (readonly [prefix: RegExp, family: Family])[] = [
  [/^pulumi:providers:/, { label: "provider", fill: "#eeeeee", line: "#616161" }],
  [/^kubernetes:/, { label: "Kubernetes", fill: "#dbe7ff", line: "#2f5fd0" }],
  [/^aws:(ec2|vpc|ec2transitgateway)\//, { label: "AWS network", fill: "#e2f3e4", line: "#2e7d32" }],
  [/^(aws:eks|eks)[/:]/, { label: "AWS EKS", fill: "#ffe8d1", line: "#c75b00" }],
  [/^aws:(lb|alb|route53|acm|cloudfront|wafv2)\//, { label: "AWS traffic", fill: "#fde1e7", line: "#b0224b" }],
  [/^aws:(iam|kms|secretsmanager)\//, { label: "AWS identity and keys", fill: "#efe3f8", line: "#6a1b9a" }],
  [/^aws:/, { label: "AWS, other", fill: "#fff6cf", line: "#8a6d00" }],
  [/^random:/, { label: "random", fill: "#e0f4f6", line: "#00707d" }],
  [/^/, { label: "other", fill: "#f5f5f5", line: "#424242" }],
];

/** The family of a resource type. */
export function familyOf(type: string): Family {
  const row = families.find(([prefix]) => prefix.test(type));
  if (row === undefined) throw new Error(`no colour for ${type}: the table's last row takes everything`);
  return row[1];
}

/** The families that occur among `types`, in the table's order. */
export function familiesOf(types: readonly string[]): Family[] {
  const used = new Set(types.map((type) => familyOf(type).label));
  return families.map(([, family]) => family).filter(({ label }) => used.has(label));
}
