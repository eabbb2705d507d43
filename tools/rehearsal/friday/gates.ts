/** The release gates on a laptop: numbers from nginx's log, judged by the conditions of the ClusterAnalysisTemplates. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { analysisLimits } from "../../../components/core/limits/analysis";
import { analysisTemplates, gates } from "../../../components/delivery/analysis";
import { type Outcome, outcomeOf } from "../../../policies/conditions/outcome";
import { parseCondition } from "../../../policies/conditions/parse";

/** Answers of one colour. */
export interface Answers {
  readonly all: number;
  /** 5xx of the instance itself: a second attempt would hide them. */
  readonly failed: number;
  /** 401, 403 and redirects: a session bug is no 5xx. */
  readonly rejected: number;
}

/** What the gates read, of both colours since the step began. */
export interface Traffic {
  readonly canary: Answers;
  readonly stable: Answers;
}

/** One line of nginx's log, as far as gates read it. */
interface Line {
  readonly at: number;
  readonly path: string;
  readonly colour: string;
  readonly upstreamStatus: string;
}

/** Fewest requests that a laptop's step is judged by: at 5 % of a hundred a second they take two seconds. */
const MINIMUM_REQUESTS = 10;

/** Nothing about users, and not a user's doing: probes, and logins of users who were sent away. */
const IGNORED = new Set(["/live", "/ready", "/metrics", "/login"]);

const ratio = (part: number, of: Answers): number | undefined => (of.all === 0 ? undefined : part / of.all);

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
};

/** The gates of a laptop's step, in the order of the cluster's: first whether there is enough to judge by. */
const stepGates = [gates.serverErrors, gates.rejections] as const;

/** What a gate says of the traffic, by its template's own conditions. @throws Error for a gate without a number here. */
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

/** The first gate that fails; undefined while there is too little to judge by, or every gate is content. */
export function failedGate(traffic: Traffic): string | undefined {
  if (gateOutcome(gates.volume, traffic) !== "success") return undefined;
  return stepGates.find((gate) => gateOutcome(gate, traffic) === "failure");
}

function answersOf(lines: readonly Line[], colour: string): Answers {
  // "502, 200" where nginx asked a second instance: the first answer is the version's.
  const own = lines
    .filter((line) => line.colour === colour)
    .map(({ upstreamStatus }) => upstreamStatus.split(",")[0] ?? "");
  return {
    all: own.length,
    failed: own.filter((status) => status.startsWith("5")).length,
    rejected: own.filter((status) => status === "401" || status === "403" || status.startsWith("3")).length,
  };
}

/** nginx's log from one moment on. */
export class GateLog {
  private readonly lines: Line[] = [];
  private offset: number;
  private rest = "";

  constructor(private readonly file: string) {
    this.offset = statSync(file).size;
  }

  /** What both colours have answered since this was made. */
  read(): Traffic {
    this.follow();
    return { canary: answersOf(this.lines, "green"), stable: answersOf(this.lines, "blue") };
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
