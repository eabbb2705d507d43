/** Who hears of what, and that no credential is ever written down. */
import { describe, expect, test } from "vitest";
import { alertmanagerConfig } from "../../../components/observability/on-call";

describe("Alertmanager's configuration", () => {
  test("pages at once, gives notice within a minute, and is silent about what is no news", () => {
    expect(alertmanagerConfig({ tool: "pagerduty", secretName: "on-call", secretKey: "integration-key" })).toEqual({
      route: {
        receiver: "on-call",
        group_by: ["alertname", "namespace", "destination_service_namespace", "exported_namespace"],
        group_wait: "60s",
        group_interval: "300s",
        repeat_interval: "14400s",
        routes: [
          { receiver: "nobody", matchers: ['alertname=~"Watchdog|InfoInhibitor"'] },
          { receiver: "nobody", matchers: ['severity="info"'] },
          { receiver: "on-call", matchers: ['severity="critical"'], group_wait: "5s" },
        ],
      },
      inhibit_rules: [
        {
          source_matchers: ['alertname="GatewayDown"'],
          target_matchers: ['alertname=~"Release.+|GatewayReplicasLow"'],
        },
        {
          source_matchers: ['severity="critical"'],
          target_matchers: ['severity="warning"'],
          equal: ["namespace", "alertname"],
        },
      ],
      receivers: [
        {
          name: "on-call",
          pagerduty_configs: [
            {
              routing_key_file: "/etc/alertmanager/secrets/on-call/integration-key",
              send_resolved: true,
              severity: "{{ .CommonLabels.severity }}",
              description: "{{ .CommonLabels.alertname }}: {{ .CommonAnnotations.summary }}",
              links: [{ href: "{{ .CommonAnnotations.runbook_url }}", text: "Runbook" }],
            },
          ],
        },
        { name: "nobody" },
      ],
    });
  });

  test("speaks to any other tool by a webhook, whose URL is the credential", () => {
    expect(alertmanagerConfig({ tool: "webhook", secretName: "pager", secretKey: "url" }).receivers).toEqual([
      { name: "on-call", webhook_configs: [{ url_file: "/etc/alertmanager/secrets/pager/url", send_resolved: true }] },
      { name: "nobody" },
    ]);
  });
});
