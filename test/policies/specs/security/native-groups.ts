/** Cases of sg-ingress-closed: groups in the words of other providers. */
import { given, type Spec } from "../../support/spec";

/** Cases of sg-ingress-closed: groups in the words of other providers. */
export const nativeGroupCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a group of the native provider for a network": given({
      type: "aws-native:ec2:SecurityGroup",
      name: "inside",
      props: { securityGroupIngress: [{ ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIp: "10.0.0.0/16" }] },
    }),
  },
  bad: {
    "a group of the native provider, and one by Cloud Control": given(
      {
        type: "aws-native:ec2:SecurityGroup",
        name: "admin",
        props: { securityGroupIngress: [{ ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIp: "0.0.0.0/0" }] },
      },
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "controlled",
        props: {
          typeName: "AWS::EC2::SecurityGroup",
          desiredState: JSON.stringify({
            SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIp: "0.0.0.0/0" }],
          }),
        },
      },
    ),
    "a rule of the native provider": given({
      type: "aws-native:ec2:SecurityGroupIngress",
      name: "admin-rule",
      props: { ipProtocol: "-1", cidrIpv6: "::/0" },
    }),
  },
};
