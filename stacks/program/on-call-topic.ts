/** Topics that the on-call tool subscribes to: one for each part of an environment that has alarms. */
import * as aws from "@pulumi/aws";
import type { EnvironmentContext } from "./context";

/** Declares the topic of a part, encrypted with the key that CloudWatch may use. */
export function onCallTopic(part: string, { keys, tags, awsProvider }: EnvironmentContext): aws.sns.Topic {
  const name = `${part}-on-call`;
  const args = { kmsMasterKeyId: keys.alarmsKeyArn, tags: { ...tags, Name: name } };
  return new aws.sns.Topic(name, args, { provider: awsProvider });
}
