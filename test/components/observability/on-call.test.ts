/** Who hears of what, and that no credential is ever written down. */
import { describe, expect, test } from "vitest";
import { alertmanagerConfig } from "../../../components/observability/on-call";
import { alertmanagerFaults, haveAmtool, routeFaults } from "../../support/promtool";

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
          { receiver: "nobody", matchers: ['alertname=~"Watchdog|InfoInhibitor|LegStandsBy"'] },
          { receiver: "nobody", matchers: ['severity="info"'] },
          { receiver: "on-call", matchers: ['severity="critical"'], group_wait: "5s", group_interval: "10s" },
        ],
      },
      inhibit_rules: [
        { source_matchers: ['alertname="LegStandsBy"'], target_matchers: ['alertname!="LegStandsBy"'] },
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

  test("notifies a dead man's switch of the Watchdog every minute, before the Watchdog is silenced", () => {
    const pager = { tool: "webhook", secretName: "pager", secretKey: "url" } as const;
    const silent = alertmanagerConfig(pager);
    const alive = alertmanagerConfig(pager, { secretName: "dead-mans-switch", secretKey: "url" });
    expect(alive.route.routes).toEqual([
      {
        receiver: "dead-mans-switch",
        matchers: ['alertname="Watchdog"'],
        group_wait: "0s",
        group_interval: "60s",
        repeat_interval: "60s",
      },
      ...silent.route.routes,
    ]);
    const file = "/etc/alertmanager/secrets/dead-mans-switch/url";
    expect(alive.receivers[1]).toEqual({
      name: "dead-mans-switch",
      webhook_configs: [{ url_file: file, send_resolved: false }],
    });
    expect(silent.receivers.map(({ name }) => name)).toEqual(["on-call", "nobody"]);
  });

  test("speaks to any other tool by a webhook, whose URL is the credential", () => {
    expect(alertmanagerConfig({ tool: "webhook", secretName: "pager", secretKey: "url" }).receivers).toEqual([
      { name: "on-call", webhook_configs: [{ url_file: "/etc/alertmanager/secrets/pager/url", send_resolved: true }] },
      { name: "nobody" },
    ]);
  });
});

describe.skipIf(!haveAmtool)("Alertmanager's own tool (skipped where it is not built: make go-tools)", () => {
  const deadMansSwitch = { secretName: "dead-mans-switch", secretKey: "url" };
  const tools = ["pagerduty", "webhook"] as const;
  const configs = tools.map((tool) =>
    alertmanagerConfig({ tool, secretName: "on-call", secretKey: "key" }, deadMansSwitch),
  );

  test("accepts the configuration for either tool", async () => {
    for (const config of configs) expect(await alertmanagerFaults(config)).toBe("");
  });

  test("refuses a key that does not exist", async () => {
    expect(await alertmanagerFaults({ ...configs[0], rout: {} })).toContain("rout");
  });

  test.each([
    [{ alertname: "ReleaseErrorRatio", severity: "critical" }, "on-call"],
    [{ alertname: "DrainBlocked", severity: "warning" }, "on-call"],
    [{ alertname: "Watchdog", severity: "none" }, "dead-mans-switch"],
    [{ alertname: "InfoInhibitor", severity: "none" }, "nobody"],
    [{ alertname: "CPUThrottlingHigh", severity: "info" }, "nobody"],
  ])("sends %j to %s", async (labels, receiver) => {
    for (const config of configs) expect(await routeFaults(config, labels, receiver)).toBe("");
  });

  test("a wrong receiver would be found", async () => {
    expect(await routeFaults(configs[0], { severity: "critical" }, "nobody")).toContain("did not match");
  });
});
