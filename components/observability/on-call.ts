/** Alertmanager's configuration: receivers, routes and delays, with the credential read from a file and never written. */
import { observabilityLimits } from "../core/limits/observability";
import { deadMansSwitchLimits } from "../core/limits/dead-mans-switch";
import { duration } from "../core/units";
import { legStandsBy } from "./standby-alert";

/** The on-call tool: PagerDuty's events API, or any other by a webhook whose URL is the secret. */
export type OnCallTool = "pagerduty" | "webhook";

/** Where the credential is: a Secret in Alertmanager's namespace. */
export interface OnCallCredential {
  /** Who takes the pages. */
  readonly tool: OnCallTool;
  /** Name of the Secret. */
  readonly secretName: string;
  /** Its key, which holds PagerDuty's integration key or the webhook's URL. */
  readonly secretKey: string;
}

/** Where the dead man's switch's URL is: a Secret in Alertmanager's namespace. */
export type DeadMansSwitch = Pick<OnCallCredential, "secretName" | "secretKey">;

/** Where the operator mounts a Secret that the Alertmanager lists. */
const mounted = "/etc/alertmanager/secrets";

function fileOf({ secretName, secretKey }: DeadMansSwitch): string {
  return `${mounted}/${secretName}/${secretKey}`;
}

function onCall({ tool, ...where }: OnCallCredential) {
  const file = fileOf(where);
  if (tool === "webhook") return { name: "on-call", webhook_configs: [{ url_file: file, send_resolved: true }] };
  const page = {
    routing_key_file: file,
    send_resolved: true,
    severity: "{{ .CommonLabels.severity }}",
    description: "{{ .CommonLabels.alertname }}: {{ .CommonAnnotations.summary }}",
    links: [{ href: "{{ .CommonAnnotations.runbook_url }}", text: "Runbook" }],
  };
  return { name: "on-call", pagerduty_configs: [page] };
}

/** Watchdog always fires; the dead man's switch outside pages when its notifications stop. */
function watchdogRoute(deadMansSwitch: DeadMansSwitch) {
  const interval = duration(deadMansSwitchLimits.interval);
  const times = { group_wait: "0s", group_interval: interval, repeat_interval: interval };
  return {
    route: { receiver: "dead-mans-switch", matchers: ['alertname="Watchdog"'], ...times },
    receiver: {
      name: "dead-mans-switch",
      webhook_configs: [{ url_file: fileOf(deadMansSwitch), send_resolved: false }],
    },
  };
}

/**
 * The whole configuration, `alertmanager.yaml` as data.
 * @param deadMansSwitch the service that pages when Watchdog stops; without it an outage of Alertmanager is not noticed.
 */
export function alertmanagerConfig(credential: OnCallCredential, deadMansSwitch?: DeadMansSwitch) {
  const watchdog = deadMansSwitch && watchdogRoute(deadMansSwitch);
  const { pageGroupWait, pageGroupInterval, noticeGroupWait, groupInterval, repeatInterval } = observabilityLimits;
  const atOnce = { group_wait: duration(pageGroupWait), group_interval: duration(pageGroupInterval) };
  return {
    route: {
      receiver: "on-call",
      group_by: ["alertname", "namespace", "destination_service_namespace", "exported_namespace"],
      group_wait: duration(noticeGroupWait),
      group_interval: duration(groupInterval),
      repeat_interval: duration(repeatInterval),
      routes: [
        ...(watchdog ? [watchdog.route] : []),
        // Watchdog always fires, InfoInhibitor and the alert of a leg that stands by only serve the rules below: none is news.
        { receiver: "nobody", matchers: [`alertname=~"Watchdog|InfoInhibitor|${legStandsBy.name}"`] },
        { receiver: "nobody", matchers: ['severity="info"'] },
        { receiver: "on-call", matchers: ['severity="critical"'], ...atOnce },
      ],
    },
    inhibit_rules: [
      // Watchdog too: the heartbeat of a leg that stands by would cover up that its partner's has stopped.
      { source_matchers: [`alertname="${legStandsBy.name}"`], target_matchers: [`alertname!="${legStandsBy.name}"`] },
      // A gateway that is gone makes every other alert about requests true.
      { source_matchers: ['alertname="GatewayDown"'], target_matchers: ['alertname=~"Release.+|GatewayReplicasLow"'] },
      {
        source_matchers: ['severity="critical"'],
        target_matchers: ['severity="warning"'],
        equal: ["namespace", "alertname"],
      },
    ],
    receivers: [onCall(credential), ...(watchdog ? [watchdog.receiver] : []), { name: "nobody" }],
  };
}
