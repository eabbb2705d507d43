/** Cases of the rule about trust and reach, in types of the native provider. */
import type { Given } from "../../support/rule";
import { given, type Spec } from "../../support/spec";

type Properties = Readonly<Record<string, unknown>>;
const native = (name: string, props: Properties): Given => ({ type: `aws-native:${name}`, name: "n", props });
const forAnother = (Action: string, more: Properties = {}): string =>
  JSON.stringify({
    Statement: { Effect: "Allow", Principal: { AWS: "arn:aws:iam::464622532012:root" }, Action, ...more },
  });
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Cases of native types. */
export const nativeCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a native key for another account": given(
      native("kms:Key", { KeyPolicy: forAnother("kms:Decrypt", { Resource: "*" }) }),
    ),
  },
  bad: {
    "all of another account, by a native role": {
      ...given(native("iam:Role", { AssumeRolePolicyDocument: forAnother("sts:AssumeRole") })),
      context: { account: "111122223333" },
    },
    "administrators among the policies of a native user and group": given(
      native("iam:User", { ManagedPolicyArns: [administrator] }),
      native("iam:Group", { ManagedPolicyArns: [administrator] }),
    ),
  },
};
