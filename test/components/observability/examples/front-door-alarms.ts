/** Example of FrontDoorAlarms: blue takes all traffic, so blue alone is watched. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Keys } from "../../../../components/encryption/keys";
import { FrontDoorAlarms } from "../../../../components/observability/front-door-alarms";
import type { FrontDoor } from "../../../../components/traffic/front-door";

export function frontDoorAlarms(
  provider: aws.Provider,
  keys: Keys,
  door: FrontDoor,
  certificateArn: pulumi.Input<string>,
): FrontDoorAlarms {
  const topic = new aws.sns.Topic("front-door-on-call", { kmsMasterKeyId: keys.alarmsKeyArn }, { provider });
  return new FrontDoorAlarms(
    "front-door-alarms",
    {
      loadBalancerArn: door.loadBalancerArn,
      targetGroupArns: { blue: door.blueTargetGroupArn },
      certificateArn,
      runbookBaseUrl: "https://github.com/example/fridayproof/blob/main",
      topicArn: topic.arn,
    },
    { providers: [provider] },
  );
}
