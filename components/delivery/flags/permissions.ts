/** Who may do what with flags: AppConfig reads one alarm, an application's pods read their own flags. */
import type { Statement, TrustStatement } from "../../aws/iam";

/** Source: https://docs.aws.amazon.com/appconfig/latest/userguide/getting-started-with-appconfig-cloudwatch-alarms-permissions.html */
export const alarmReaderTrust: readonly TrustStatement[] = [
  { Effect: "Allow", Principal: { Service: "appconfig.amazonaws.com" }, Action: ["sts:AssumeRole"] },
];

/** What AppConfig does with the alarm that it watches a deployment by. */
export function alarmReading(alarmArn: string): readonly Statement[] {
  return [{ Effect: "Allow", Action: ["cloudwatch:DescribeAlarms"], Resource: alarmArn }];
}

/** What the agent beside an application calls: only this profile, in this environment. */
export function flagReading(environmentArn: string, profileId: string): readonly Statement[] {
  return [
    {
      Effect: "Allow",
      Action: ["appconfig:GetLatestConfiguration", "appconfig:StartConfigurationSession"],
      Resource: `${environmentArn}/configuration/${profileId}`,
    },
  ];
}
