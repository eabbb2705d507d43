/** CPU seconds that `lint-manifests` takes for folders of growing size: it must stay linear. */
import { lintTexts } from "@fridayproof/policies/manifests";

const SIZES = [1000, 2000, 4000];

/** One application: a Deployment with its budget, its autoscaler and its route. */
function application(index: number): readonly object[] {
  const metadata = { name: `app-${index}`, namespace: "shop" };
  const labels = { app: metadata.name };
  const template = { metadata: { labels }, spec: { containers: [{ name: "app", image: "app:1" }] } };
  const target = { apiVersion: "apps/v1", kind: "Deployment", name: metadata.name };
  const route = [{ route: [{ destination: { host: metadata.name } }] }];
  return [
    { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { selector: { matchLabels: labels }, template } },
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata,
      spec: { minAvailable: 1, selector: { matchLabels: labels } },
    },
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata,
      spec: { minReplicas: 2, maxReplicas: 9, scaleTargetRef: target },
    },
    {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata,
      spec: { hosts: [metadata.name], http: route },
    },
  ];
}

/** CPU seconds of one run over so many objects. */
function secondsOf(objects: number): number {
  const each = application(0).length;
  const all = Array.from({ length: objects / each }, (_, index) => application(index)).flat();
  const texts = all.map((object, index) => ({ file: `${index}.json`, text: JSON.stringify(object) }));
  const before = process.cpuUsage();
  lintTexts([texts]);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The report's line. */
export function manifestLine(title: string, width: number): string {
  const cells = SIZES.map((size) => `${size} objects ${secondsOf(size).toFixed(2)} s CPU`);
  return `${title.padEnd(width)}  ${cells.join(", ")}`;
}
