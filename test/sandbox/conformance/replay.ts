/** Replays one recorded scenario on our engine and the fake providers. */
import { createRequire } from "node:module";
import { transformSync } from "esbuild";
import { execute, type EngineResult } from "../../../sandbox/engine/execute";
import { messageOf } from "../../../sandbox/core/errors";
import type { PolicyRunner } from "../../../sandbox/engine/policy-runner";
import { hosted } from "../../../sandbox/host/host";
import { Snapshot } from "../../../sandbox/state/snapshot";
import { fromStruct } from "../../../sandbox/property/struct";
import type { RegisterResourceResponse, ReadResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { FakeProviders, type FakeCall } from "../../support/fake-providers";
import { engineCommand, type EngineCommand } from "./command";
import { listenToAnalyzer } from "./analyzer-calls";
import {
  rowKey,
  short,
  shortRow,
  shortText,
  type Json,
  type RecordedReply,
  type Recording,
  type RecordedStep,
} from "./recording";

/** What the recordings set with `config set --secret`. */
const SECRET_KEYS = ["rec:token"];

const require_ = createRequire(__filename);

/** What our engine did in one step. */
export interface Replayed {
  /** Absent when the run was refused before it began. */
  readonly result?: EngineResult;
  /** Why it was refused. */
  readonly refused?: string;
  /** `op urn`, in the order in which the steps began. */
  readonly ops: readonly string[];
  readonly failed: readonly string[];
  readonly calls: Readonly<Record<string, string>>;
  readonly replies: Readonly<Record<string, RecordedReply>>;
  /** What the policies were asked. */
  readonly analyzer: readonly Json[];
}

/** Makes the policies of a step; a step without a pack has none. */
export type PolicyStarter = (command: EngineCommand, step: RecordedStep) => Promise<PolicyRunner>;

/** One scenario under way: its state lives from step to step. */
export class Replay {
  snapshot = new Snapshot([]);
  private readonly fakes = new FakeProviders();

  constructor(
    private readonly recording: Recording,
    private readonly startPolicies?: PolicyStarter,
    private readonly without?: RegExp,
  ) {}

  /** Runs a step's command. @throws Error for a command that is not the engine's. */
  async run(step: RecordedStep): Promise<Replayed> {
    const command = engineCommand(step.command);
    if (command === undefined) throw new Error(`not a command of the engine: ${step.command}`);
    this.fakes.control = step.control ?? {};
    this.fakes.calls.length = 0;
    if (command.previewFirst) await this.once({ ...command, previewOnly: true, operation: previewOf(command) }, step);
    return this.once(command, step);
  }

  /**
   * Takes over which resources exist after a step that ended by chance: rows of ours where we have them, otherwise of a
   * run of the same program that nothing disturbs.
   */
  async align(keys: readonly string[], step: RecordedStep): Promise<void> {
    const known = new Map(this.snapshot.list().map((row) => [rowKey(shortRow(row)), row]));
    if (keys.some((key) => !known.has(key))) {
      await this.run({ ...step, command: "pulumi up --skip-preview", control: {} });
      for (const row of this.snapshot.list())
        if (!known.has(rowKey(shortRow(row)))) known.set(rowKey(shortRow(row)), row);
    }
    this.snapshot = new Snapshot(keys.flatMap((key) => known.get(key) ?? []));
  }

  private programOf(step: RecordedStep): string[] {
    const lines = this.recording.programs[step.program] ?? [];
    return lines.map((line) => (this.without === undefined ? line : line.replace(this.without, "")));
  }

  private async once(command: EngineCommand, step: RecordedStep): Promise<Replayed> {
    const ops: string[] = [];
    const failed: string[] = [];
    const replies: Record<string, RecordedReply> = {};
    const analyzer: Json[] = [];
    const restore = [listenToReplies(replies), listenToAnalyzer(analyzer)];
    const outcome = () => ({ ops, failed, calls: callsOf(this.fakes.calls), replies, analyzer });
    let policies: PolicyRunner | undefined;
    try {
      policies = command.policyPack === undefined ? undefined : await this.startPolicies?.(command, step);
      const result = await execute({
        ...command,
        stack: "dev",
        project: "rec",
        config: step.config ?? {},
        secretKeys: SECRET_KEYS,
        packages: this.fakes.packages(),
        program: hosted(() => runText(this.programOf(step))),
        snapshot: this.snapshot,
        policies,
        listener: (event) => {
          if (event.kind !== "step") return;
          if (event.phase === "begin") ops.push(`${event.op} ${shortText(event.urn)}`);
          if (event.phase === "failed") failed.push(`${event.op} ${shortText(event.urn)}`);
        },
      });
      return { result, ...outcome() };
    } catch (error) {
      return { refused: messageOf(error), ...outcome() };
    } finally {
      for (const stop of restore) stop();
      policies?.stop();
      this.snapshot = new Snapshot(this.snapshot.list(), this.snapshot.pending());
    }
  }
}

function previewOf({ operation }: EngineCommand): EngineCommand["operation"] {
  return operation === "update" ? "preview" : operation;
}

/** Runs a program's text as a CommonJS module; its exports are the stack's outputs, as the real language host has it. */
function runText(lines: readonly string[]): Record<string, unknown> {
  const { code } = transformSync(lines.join("\n"), { loader: "ts", format: "cjs", logLevel: "silent" });
  const module: { exports: Record<string, unknown> } = { exports: {} };
  const body = new Function("require", "module", "exports", code) as (...names: unknown[]) => void;
  body(require_, module, module.exports);
  return { ...module.exports };
}

function callsOf(calls: readonly FakeCall[]): Record<string, string> {
  const methods: Record<string, string[]> = {};
  for (const { pkg, method, urn, token, preview } of calls) {
    const about = urn === undefined ? (token ?? pkg) : shortText(urn);
    (methods[about] ??= []).push(`${method}${preview === true ? "?" : ""}`);
  }
  for (const pkg of ["aws", "random", "kubernetes", "eks"]) methods[pkg]?.sort();
  return Object.fromEntries(Object.entries(methods).map(([about, names]) => [about, names.join(" ")]));
}

type Monitor = Record<"registerResource" | "readResource", (request: unknown, answer: Answer) => void>;
type Answer = (error: Error | null, response?: unknown) => void;

/** Keeps what the monitor answers to the program; returns how to stop. */
function listenToReplies(replies: Record<string, RecordedReply>): () => void {
  // The engine's host calls through this object, so replacing its member here reaches it.
  const { runtime } = require_("@pulumi/pulumi") as {
    runtime: { setMockOptions: (monitor: Monitor, ...rest: unknown[]) => void };
  };
  const original = runtime.setMockOptions;
  runtime.setMockOptions = (monitor, ...rest) => {
    const { registerResource, readResource } = monitor;
    monitor.registerResource = (request, answer) =>
      registerResource(request, (error, response) => {
        if (response !== undefined) Object.assign(replies, registered(response as RegisterResourceResponse));
        answer(error, response);
      });
    monitor.readResource = (request, answer) =>
      readResource(request, (error, response) => {
        const read = response as ReadResourceResponse | undefined;
        if (read !== undefined)
          replies[shortText(read.getUrn())] = { object: short(fromStruct(read.getProperties()), true) };
        answer(error, response);
      });
    original(monitor, ...rest);
  };
  return () => {
    runtime.setMockOptions = original;
  };
}

function registered(response: RegisterResourceResponse): Record<string, RecordedReply> {
  const entries = response.getPropertydependenciesMap().entries() as Iterable<[string, { getUrnsList(): string[] }]>;
  const dependencies = [...entries].map(([property, urns]) => [property, urns.getUrnsList().map(shortText)] as const);
  const reply: RecordedReply = {
    id: shortText(response.getId()),
    object: short(fromStruct(response.getObject()), true),
    ...(dependencies.length > 0 ? { propertyDependencies: Object.fromEntries(dependencies) } : {}),
  };
  return { [shortText(response.getUrn())]: reply };
}
