/** Cases of data-tier: passwords of a database's first user. */
import { but, from } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, type Spec } from "../../../support/spec";

const safe = { deletionProtection: true, backupRetentionPeriod: 14 };
const instance: Given = {
  type: "aws:rds/instance:Instance",
  name: "orders",
  options: { protect: true },
  props: { engine: "postgres", multiAz: true, ...safe },
};
const cluster: Given = {
  type: "aws:rds/cluster:Cluster",
  name: "orders-cluster",
  options: { protect: true },
  props: { engine: "aurora-postgresql", ...safe },
};
const random: Given = { type: "random:index/randomPassword:RandomPassword", name: "made", props: {} };

/** Cases of passwords. */
export const passwordCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "passwords of RDS's own, and of another resource": given(
      random,
      but(instance, { manageMasterUserPassword: true }),
      { ...but(instance, { password: "made" }), name: "linked", links: { password: from(random) } },
      { ...but(cluster, { masterPassword: "made" }), links: { masterPassword: from(random) } },
    ),
  },
  bad: {
    "a password that the program states": given(but(instance, { password: "hunter22" })),
    "a password that the program states, of a cluster": given(but(cluster, { masterPassword: "hunter22" })),
  },
};
