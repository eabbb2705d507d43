/** Example of DatabaseAlarms: production's database, told to a topic of its own. */
import * as aws from "@pulumi/aws";
import type { Database } from "../../../../components/data/database";
import type { Keys } from "../../../../components/encryption/keys";
import { DatabaseAlarms } from "../../../../components/observability/database-alarms";

export function databaseAlarms(provider: aws.Provider, keys: Keys, database: Database): DatabaseAlarms {
  const topic = new aws.sns.Topic("database-on-call", { kmsMasterKeyId: keys.alarmsKeyArn }, { provider });
  return new DatabaseAlarms(
    "database-alarms",
    {
      clusterIdentifier: database.clusterIdentifier,
      runbookBaseUrl: "https://github.com/example/fridayproof/blob/main",
      topicArn: topic.arn,
    },
    { providers: [provider] },
  );
}
