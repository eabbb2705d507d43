/** Jobs of the release gates: a smoke test, and requests for a service that has too few of its own. */
import { analysisLimits } from "../core/limits/analysis";
import { inSeconds } from "../core/units";
import type { JobContainer, JobMetric, SmokePod } from "./analysis-template";

/** Name of the smoke test, as a template of the cluster and as a metric. */
export const smokeName = "smoke";

/** An unprivileged user; images name theirs, and Kubernetes cannot tell that a name is not root. */
const NONROOT_UID = 65532;

/** What curl asks. */
interface CurlRequest {
  readonly image: string;
  readonly host: string;
  readonly options: readonly string[];
  readonly urls: readonly string[];
}

/** A container that only runs curl, against the version that nobody else gets yet. */
function curlContainer(name: string, asked: CurlRequest): JobContainer {
  const header = (text: string): readonly string[] => ["--header", text];
  return {
    name,
    image: asked.image,
    // No shell: what the arguments hold stays arguments.
    command: [
      ...["curl", "--fail", "--silent", "--show-error"],
      ...["--max-time", String(analysisLimits.smokeRequestTimeout.value)],
      ...header(`Host: ${asked.host}`),
      ...header("x-preview: true"),
      ...asked.options,
      ...asked.urls,
    ],
    resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
}

function curlJob(
  name: string,
  container: JobContainer,
  activeDeadlineSeconds: number,
  labels?: Readonly<Record<string, string>>,
): JobMetric {
  const pod: SmokePod = {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: NONROOT_UID, seccompProfile: { type: "RuntimeDefault" } },
    containers: [container],
  };
  const spec = {
    backoffLimit: 0,
    activeDeadlineSeconds,
    ttlSecondsAfterFinished: analysisLimits.smokeKeep.value,
    template: { ...(labels && { metadata: { labels } }), spec: pod },
  } as const;
  return { name, count: 1, failureLimit: 0, provider: { job: { spec } } };
}

/** A smoke test. */
export interface SmokeTest extends Pick<CurlRequest, "image" | "host" | "urls"> {
  /** Labels of its pod, by which a network policy may let it out. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Asks each URL once, as the version that nobody else gets yet; the first bad answer ends it. */
export function smokeJob({ labels, ...test }: SmokeTest): JobMetric {
  // Without it curl ends with the code of its last answer, however bad the ones before were.
  const options = test.urls.length > 1 ? ["--fail-early"] : [];
  return curlJob(
    smokeName,
    curlContainer("smoke", { ...test, options }),
    inSeconds(analysisLimits.smokeDeadline),
    labels,
  );
}

/** What the templates of the cluster take as arguments. */
export const fromArguments = { image: "{{args.image}}", host: "{{args.host}}" } as const;

/** Requests at an even rate. */
export interface SyntheticLoad extends Pick<CurlRequest, "image" | "host"> {
  /** Name of the metric. */
  readonly name: string;
  /** Where they go, without a query. */
  readonly url: string;
  /**
   * For how long they come.
   * @unit seconds
   */
  readonly seconds: number;
  /** Labels of the pod that sends them. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Sends requests to the version that nobody else gets yet, for a service whose own traffic would not fill the volume
 * gate. Bad answers are the gates' matter: curl ends with the code of its last one, so a version that answers nothing at
 * all fails here as well. Twice the time is its deadline: slow answers hold it up.
 */
export function loadJob({ name, url, seconds, labels, image, host }: SyntheticLoad): JobMetric {
  const { syntheticRate, syntheticSlack } = analysisLimits;
  const options = ["--rate", `${syntheticRate.value}/s`, "--output", "/dev/null"];
  const urls = [`${url}?synthetic=[1-${Math.ceil(seconds * syntheticRate.value)}]`];
  const container = curlContainer("load", { image, host, options, urls });
  return curlJob(name, container, Math.ceil(seconds * syntheticSlack.value), labels);
}
