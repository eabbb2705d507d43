/** Jobs of the release gates: a smoke test, and requests for a service that has too few of its own. */
import { analysisLimits } from "../core/limits/analysis";
import { inSeconds } from "../core/units";
import { closedContainer, closedPod } from "./closed-pod";
import type { JobContainer, JobMetric, SmokePod } from "./analysis-template";

/** Name of the smoke test, as a template of the cluster and as a metric. */
export const smokeName = "smoke";

/** An unprivileged user; images name theirs, and Kubernetes cannot check that a name is not root. */
export const nonrootUser = 65532;

/** Which version the gateway sends a request to: what users get, or the new one without users. */
type Version = "serving" | "coming";

/** What curl requests, one URL or several that share their options. */
interface CurlRequest {
  readonly host: string;
  readonly version: Version;
  readonly options?: readonly string[];
  readonly urls: readonly string[];
}

function requestArguments({ host, version, options = [], urls }: CurlRequest): readonly string[] {
  const header = (text: string): readonly string[] => ["--header", text];
  return [
    ...["--fail", "--silent", "--show-error"],
    ...["--max-time", String(analysisLimits.smokeRequestTimeout.value)],
    ...header(`Host: ${host}`),
    ...(version === "coming" ? header("x-preview: true") : []),
    ...options,
    ...urls,
  ];
}

/** A container that only runs curl. No shell: what the arguments hold stays arguments. */
function curlContainer(name: string, image: string, requests: readonly CurlRequest[]): JobContainer {
  const curlArguments = requests
    .map(requestArguments)
    .flatMap((each, index) => (index === 0 ? each : ["--next", ...each]));
  return {
    name,
    image,
    command: ["curl", ...curlArguments],
    resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
    securityContext: closedContainer,
  };
}

/** Where the containers of a smoke test hand sessions on. */
const handedOn = { volume: "sessions", folder: "/sessions" } as const;

const withSessions = (container: JobContainer): JobContainer => ({
  ...container,
  volumeMounts: [{ name: handedOn.volume, mountPath: handedOn.folder }],
});

type Containers = Pick<SmokePod, "initContainers" | "containers" | "volumes">;

function curlJob(
  name: string,
  containers: Containers,
  activeDeadlineSeconds: number,
  labels?: Readonly<Record<string, string>>,
): JobMetric {
  const pod: SmokePod = {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    securityContext: { ...closedPod, runAsUser: nonrootUser },
    ...containers,
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
export interface SmokeTest extends Pick<CurlRequest, "host" | "urls"> {
  /** Image by digest with curl. */
  readonly image: string;
  /** Addresses that open a session and that read one; each version is given a session of the other. @default none */
  readonly sessions?: { readonly issuedBy: string; readonly readBy: string };
  /** Labels of its pod, by which a network policy may let it out. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A session of each version, read by the other. The serving version's may be refused by the coming one, and after a way
 * back the coming version's by the serving one: half of the errors of such a bug come then.
 */
function sessionParts({ host, image, sessions }: SmokeTest, smoke: JobContainer): Containers {
  if (sessions === undefined) return { containers: [smoke] };
  const issue = (version: Version): JobContainer => {
    const options = ["--output", `${handedOn.folder}/${version}`];
    return withSessions(
      curlContainer(`session-${version}`, image, [{ host, version, options, urls: [sessions.issuedBy] }]),
    );
  };
  return {
    initContainers: [issue("serving"), issue("coming")],
    containers: [withSessions(smoke)],
    volumes: [{ name: handedOn.volume, emptyDir: { sizeLimit: "1Mi" } }],
  };
}

/** The requests that read them: a redirect, as to a login page, counts as refused. */
function sessionRequests({ host, sessions }: SmokeTest): readonly CurlRequest[] {
  if (sessions === undefined) return [];
  const read = (version: Version, of: Version): CurlRequest => ({
    host,
    version,
    options: ["--header", `@${handedOn.folder}/${of}`, "--location", "--max-redirs", "0"],
    urls: [sessions.readBy],
  });
  return [read("coming", "serving"), read("serving", "coming")];
}

/** Requests each URL once, of the new version; the first bad response ends it. */
export function smokeJob(test: SmokeTest): JobMetric {
  const { host, image, labels, urls } = test;
  const more = sessionRequests(test);
  // Without it curl ends with the code of its last response, however bad the ones before were.
  const options = urls.length + more.length > 1 ? ["--fail-early"] : [];
  const smoke = curlContainer("smoke", image, [{ host, version: "coming", options, urls }, ...more]);
  return curlJob(smokeName, sessionParts(test, smoke), inSeconds(analysisLimits.smokeDeadline), labels);
}

/** What the templates of the cluster take as arguments. */
export const fromArguments = { image: "{{args.image}}", host: "{{args.host}}" } as const;

/** Requests at an even rate. */
export interface SyntheticLoad extends Pick<CurlRequest, "host"> {
  /** Image by digest with curl. */
  readonly image: string;
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
 * Sends requests to the new version before it has users, for a service whose own traffic would not fill the volume
 * gate. Bad answers are the gates' matter: curl ends with the code of its last one, so a version that answers nothing at
 * all fails here as well. Twice the time is its deadline: slow answers hold it up.
 */
export function loadJob({ name, url, seconds, labels, image, host }: SyntheticLoad): JobMetric {
  const { syntheticRate, syntheticSlack } = analysisLimits;
  const options = ["--rate", `${syntheticRate.value}/s`, "--output", "/dev/null"];
  const urls = [`${url}?synthetic=[1-${Math.ceil(seconds * syntheticRate.value)}]`];
  const container = curlContainer("load", image, [{ host, version: "coming", options, urls }]);
  return curlJob(name, { containers: [container] }, Math.ceil(seconds * syntheticSlack.value), labels);
}
