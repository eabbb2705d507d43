/** The release gates on a laptop: numbers from nginx's log, checked against the conditions of the ClusterAnalysisTemplates. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { analysisLimits } from "../../../components/core/limits/analysis";
import { analysisTemplates, gates } from "../../../components/delivery/analysis";
import { type Outcome, outcomeOf } from "../../../policies/kit/argo-rollouts/expressions/outcome";
import { parseCondition } from "../../../policies/kit/argo-rollouts/expressions/parse";

/** Answers of one colour. */
export interface Answers {
  readonly all: number;
  /** 5xx of the instance itself: a second attempt would hide them. */
  readonly failed: number;
  /** 401, 403 and redirects: a session bug is no 5xx. */
  readonly rejected: number;
  /** How long each took the instance, in milliseconds. */
  readonly milliseconds: readonly number[];
}

/** What the gates read, of both colours since the step began. */
export interface Traffic {
  readonly canary: Answers;
  readonly stable: Answers;
  /** Of the serving version since the delivery began: once all traffic is shifted it gets none. */
  readonly past: Answers;
}

/** One line of nginx's log, as far as gates read it. */
interface Line {
  readonly at: number;
  readonly path: string;
  readonly colour: string;
  readonly upstreamStatus: string;
  readonly upstreamSeconds: string;
}

/** Fewest requests by which a laptop's step is evaluated: at 5 % of a hundred a second they take two seconds. */
const MINIMUM_REQUESTS = 10;

/** Fewest answers that have a 95th percentile here: of fewer it is the slowest one, or nearly. */
const MINIMUM_ANSWERS = 20;

/**
 * Below this a p95 counts as equal: what two versions differ by on a laptop is who of them had the processor. The cluster's
 * is `latencyFloor`. Milliseconds.
 */
const LATENCY_FLOOR_MS = 50;

/** By how many standard deviations a p95 must be sure, either way: one look in a thousand is wrong by chance. */
const DEVIATIONS = 3;

/** Nothing about users, and not a user's doing: probes, and logins of users who were sent away. */
const IGNORED = new Set(["/live", "/ready", "/metrics", "/login"]);

const P95 = 0.95;
const MILLISECONDS = 1_000;

const ratio = (part: number, of: Answers): number | undefined => (of.all === 0 ? undefined : part / of.all);

/**
 * The least, or with a positive sign the most, that the 95th percentile may be in milliseconds, given so few answers: the
 * rank of that percentile is binomial. A cluster has five hundred for each step and takes the percentile itself.
 */
function p95({ milliseconds }: Answers, sign: 1 | -1): number | undefined {
  const { length } = milliseconds;
  if (length < MINIMUM_ANSWERS) return undefined;
  const rank = length * P95 + sign * DEVIATIONS * Math.sqrt(length * P95 * (1 - P95));
  const value = [...milliseconds].sort((a, b) => a - b)[Math.min(Math.ceil(rank), length) - 1] ?? 0;
  return Math.max(value, LATENCY_FLOOR_MS);
}

function p95Ratio(canary: Answers, stable: Answers): number | undefined {
  const [own, usual] = [p95(canary, -1), p95(stable, 1)];
  return own === undefined || usual === undefined ? undefined : own / usual;
}

/** The same numbers as the queries of components/delivery/release-queries.ts; none where those have no data. */
const numbers: Readonly<Record<string, (traffic: Traffic) => number | undefined>> = {
  [gates.volume]: ({ canary }) => canary.all,
  [gates.serverErrors]: ({ canary }) => ratio(canary.failed, canary),
  [gates.rejections]: ({ canary, stable }) => {
    const [own, usual] = [ratio(canary.rejected, canary), ratio(stable.rejected, stable) ?? 0];
    const { rejectionFactor, rejectionFloor } = analysisLimits;
    const allowed = Math.max(rejectionFactor.value * usual, usual + rejectionFloor.value);
    return own === undefined ? undefined : own - allowed;
  },
  [gates.latencyP95]: ({ canary, stable }) => p95Ratio(canary, stable),
  [gates.latencyP95History]: ({ canary, past }) => p95Ratio(canary, past),
};

/** The result of a gate, by its template's own conditions. @throws Error for a gate without a number here. */
export function gateOutcome(gate: string, traffic: Traffic): Outcome {
  const template = analysisTemplates({ prometheusAddress: "", gatewayAddress: "" }).find(
    (one) => one.metadata.name === gate,
  );
  const metric = template?.spec.metrics[0];
  const number = numbers[gate];
  if (metric === undefined || !("successCondition" in metric) || number === undefined)
    throw new Error(`the gate ${gate} has no number on a laptop`);
  const node = (text: string) => parseCondition(text.replaceAll("{{args.minimum-requests}}", String(MINIMUM_REQUESTS)));
  const value = number(traffic);
  const result = value === undefined ? [] : [value];
  return outcomeOf({ success: node(metric.successCondition), failure: node(metric.failureCondition) }, result);
}

/**
 * The first gate that fails; undefined while there is too little data, or where every gate passes.
 * @param shifted whether all traffic is at the new version: its latency is compared with the old one's past then.
 */
export function failedGate(traffic: Traffic, shifted: boolean): string | undefined {
  if (gateOutcome(gates.volume, traffic) !== "success") return undefined;
  const latency = shifted ? gates.latencyP95History : gates.latencyP95;
  return [gates.serverErrors, gates.rejections, latency].find((gate) => gateOutcome(gate, traffic) === "failure");
}

/** The gate that a step ends with: without enough answers by then it fails closed, as the cluster's does. */
export function closedGate(traffic: Traffic): string | undefined {
  return gateOutcome(gates.volume, traffic) === "success" ? undefined : gates.volume;
}

/** "502, 200" where nginx asked a second instance: the first is the version's. */
const first = (text: string): string => text.split(",")[0] ?? "";

function answersOf(lines: readonly Line[], colour: string): Answers {
  const own = lines.filter((line) => line.colour === colour);
  const statuses = own.map(({ upstreamStatus }) => first(upstreamStatus));
  const seconds = own.map(({ upstreamSeconds }) => Number.parseFloat(first(upstreamSeconds)));
  return {
    all: own.length,
    failed: statuses.filter((status) => status.startsWith("5")).length,
    rejected: statuses.filter((status) => status === "401" || status === "403" || status.startsWith("3")).length,
    // "-" where no instance was asked.
    milliseconds: seconds.filter((one) => !Number.isNaN(one)).map((one) => one * MILLISECONDS),
  };
}

/** nginx's log from one moment on. */
export class GateLog {
  private readonly lines: Line[] = [];
  private stepBegan = 0;
  private offset: number;
  private rest = "";

  constructor(private readonly file: string) {
    this.offset = statSync(file).size;
  }

  /** What is read from now on is the next step's. */
  nextStep(): void {
    this.follow();
    this.stepBegan = this.lines.length;
  }

  /** What both colours have answered since the step began, and the serving one since this was made. */
  read(): Traffic {
    this.follow();
    const step = this.lines.slice(this.stepBegan);
    return {
      canary: answersOf(step, "green"),
      stable: answersOf(step, "blue"),
      past: answersOf(this.lines, "blue"),
    };
  }

  private follow(): void {
    const buffer = Buffer.alloc(statSync(this.file).size - this.offset);
    const descriptor = openSync(this.file, "r");
    this.offset += readSync(descriptor, buffer, 0, buffer.length, this.offset);
    closeSync(descriptor);
    const texts = (this.rest + buffer.toString()).split("\n");
    this.rest = texts.pop() ?? "";
    for (const text of texts) {
      const line = JSON.parse(text) as Line;
      if (!IGNORED.has(line.path)) this.lines.push(line);
    }
  }
}
