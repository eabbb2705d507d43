/** Cases of the rule about trust and reach: policies of AWS that are handed to somebody. */
import type { Given } from "../../support/rule";
import { given, under, type Spec } from "../../support/spec";

const attach = (type: string, policyArn: string, more: Readonly<Record<string, unknown>> = {}): Given => ({
  type,
  name: "admins-everything",
  props: { policyArn, ...more },
});
const roleAttachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const association = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const clusterAdmin = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/** Cases of attachments. */
export const administratorCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a policy with what is needed": given(attach(roleAttachment, "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy")),
    "the administrator who is named": under({ administrators: ["admins-*"] }, attach(roleAttachment, administrator)),
    "an administrator of one namespace": given(
      attach(association, clusterAdmin, { accessScope: { type: "namespace", namespaces: ["shop"] } }),
    ),
  },
  bad: {
    "an administrator": given(attach(roleAttachment, administrator)),
    "an administrator among a role's policies": given({
      type: "aws:iam/role:Role",
      name: "r",
      props: { managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy", administrator] },
    }),
    "a whole service": given(
      attach("aws:iam/userPolicyAttachment:UserPolicyAttachment", "arn:aws:iam::aws:policy/AmazonS3FullAccess"),
    ),
    "an administrator of the cluster": given(attach(association, clusterAdmin, { accessScope: { type: "cluster" } })),
    "administrators of other partitions": given(
      attach(roleAttachment, "arn:aws-us-gov:iam::aws:policy/AdministratorAccess"),
      attach(association, "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"),
    ),
    "an administrator of another name": under({ administrators: ["admins"] }, attach(roleAttachment, administrator)),
  },
};
