/** Whether a resource may be on the serving path: a type is off it only where that is known. */

/** AWS services for monitoring, audit, builds and billing, which serve no requests. */
const ASIDE =
  /^aws:(athena|auditmanager|backup|billing|budgets|cfg|cloud9|cloudtrail|codeartifact|codebuild|codecommit|codepipeline|computeoptimizer|controltower|costexplorer|cur|detective|devopsguru|dlm|ecr|ecrpublic|fis|glue|guardduty|identitystore|imagebuilder|inspector|inspector2|macie|macie2|quicksight|resourceexplorer|resourcegroups|rum|savingsplans|securityhub|securitylake|servicecatalog|servicequotas|ssoadmin|synthetics|xray)\//;

/** Types of other services that serve no requests. */
const ASIDE_TYPES =
  /^aws:(cloudwatch\/(logGroup|logStream|dashboard|metricAlarm|compositeAlarm|logMetricFilter|logSubscriptionFilter|logResourcePolicy|queryDefinition)|ec2\/(flowLog|keyPair)|iam\/(user|group|accessKey|userPolicy|groupPolicy|groupMembership|userGroupMembership|userLoginProfile|accountPasswordPolicy|accountAlias|sshKey)\w*|s3\/(inventory|analyticsConfiguration|bucketMetric|bucketIntelligentTieringConfiguration)|ebs\/snapshot\w*|rds\/(snapshot|clusterSnapshot)|ssm\/(document|maintenanceWindow\w*|patchBaseline|association)):/;

/** Providers and kinds that exist only in the state, or that monitor a cluster. */
const ASIDE_OTHERS =
  /^(random_|tls_|local_|time_|archive_|template_|random:|tls:|time:|local:|archive:|kubernetes:monitoring\.coreos\.com\/|pulumi:providers:|github_|datadog_|pagerduty_|newrelic_|grafana_|opsgenie_|aws:apigateway\/usagePlan|google_monitoring_|google_logging_|azurerm_monitor_|azurerm_log_analytics_)/;

/** Whether a resource of the type may be needed to serve a request. */
export function isOnServingPath(type: string): boolean {
  return !(ASIDE.test(type) || ASIDE_TYPES.test(type) || ASIDE_OTHERS.test(type));
}

/** Types that hold data. */
const STATEFUL =
  /(db|database|cluster|bucket|volume|queue|table|file_?system|disk|storage_?account|cache|redis|elasticsearch|opensearch|domain|keyspace|vault|stream|topic|user_?pool)/i;

/** Whether deleting a resource of a type without a row would lose data. */
export function isStateful(type: string): boolean {
  const name = type.includes(":") ? (type.split(":").at(-1) ?? "") : type;
  const isPart =
    /(policy|attachment|association|rule|version|alias|parameter|subnet_?group|option_?group|snapshot|role|binding|instance_?profile|member|acl|configuration|notification|ownership|encryption|logging|lifecycle|tag|access_?block|validation)/i.test(
      name,
    );
  return STATEFUL.test(name) && !isPart;
}

/** Types that run code which the plan does not show. */
const CODE =
  /^(null_resource|null:index\/resource:Resource|terraform_data|local-exec|shell_script|external|command:\w+:Command|command:.*Command|pulumi-nodejs:dynamic.*|pulumi-python:dynamic.*|kubernetes:batch\/v1(beta1)?:Job|aws:(cloudformation\/(stack|stackSet)|lambda\/invocation|ssm\/association):.*|ansible_\w+)$/;

/** Whether creating or changing the resource runs code that is not in the plan. */
export function runsCode(type: string): boolean {
  return CODE.test(type);
}

/** Types of helpers that exist only in the state. */
const HELPER =
  /^(random_|random:|tls_|tls:|time_|time:|local_(file|sensitive_file)|local:index|archive_|archive:|template_)/;

/** Whether the resource exists only in the state. */
export function isHelper(type: string): boolean {
  return HELPER.test(type);
}
