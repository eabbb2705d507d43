/** Runs a Pulumi program in this process against a monitor: fast, and the same for the program. */
import * as pulumi from "@pulumi/pulumi";
import * as emptyMessages from "google-protobuf/google/protobuf/empty_pb";
import * as structMessages from "google-protobuf/google/protobuf/struct_pb";
import * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as resourceMessages from "@pulumi/pulumi/proto/resource_pb";
import type { Deployment } from "../engine/deployment";
import type { HostedProgram, ProgramEnd } from "../engine/execute";
import { Monitor, ORGANIZATION, type Messages } from "./monitor";
import { forwardConsole, forwardLog, ProgramErrors } from "./program-errors";
import { rejectUnsupported } from "./unsupported";

const messages: Messages = {
  resource: resourceMessages,
  provider: providerMessages,
  empty: emptyMessages,
  struct: structMessages,
};

/** A program: what runs inside the stack; what it returns are the stack's outputs. */
export type Program = () => unknown;

/** How long a run with a failure must be quiet before it counts as ended: registrations that wait for the failed one never come. */
const SETTLE_MILLISECONDS = 25;
/** The same after the program itself threw. */
const PROGRAM_SETTLE_MILLISECONDS = 1000;

/** The program for the engine: it runs to its end, or until nothing is under way after a failure. */
export function hosted(program: Program): HostedProgram {
  return (deployment, interrupted) => host(deployment, program, interrupted);
}

async function host(deployment: Deployment, program: Program, interrupted: Promise<void>): Promise<ProgramEnd> {
  const { stack, project, config, secretKeys = [] } = deployment.options;
  const monitor = rejectUnsupported(new Monitor(deployment, messages), Object.keys(ResourceMonitorService));
  pulumi.runtime.setMockOptions(monitor, project, stack, deployment.preview, ORGANIZATION);
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
  const errors = new ProgramErrors(deployment);
  const stopListening = errors.listen();
  const stopForwarding = [forwardLog(deployment), forwardConsole(deployment)];
  const over = new AbortController();
  try {
    const running = toItsEnd(noting(deployment, program), errors);
    const ended = await Promise.race([
      running,
      quietAfterFailure(deployment, over.signal),
      interrupted.then(() => false),
    ]);
    while (!deployment.idle.quiet) await pause();
    return { outputs: monitor.stackOutputs, completed: ended && !deployment.failed };
  } finally {
    over.abort();
    stopListening();
    for (const stop of stopForwarding) stop();
  }
}

/** The program, with each resource that it constructs noted before the first of them registers. */
function noting({ unknownTypes }: Deployment, program: Program): Program {
  return () => {
    pulumi.runtime.registerStackTransformation(({ resource, type, name }) => {
      if (isCustom(resource)) unknownTypes.note(type, name);
      return undefined;
    });
    return program();
  };
}

/** By the name of its class: a program may have a copy of the SDK of its own, whose classes are not these. */
function isCustom(resource: object): boolean {
  const parent: unknown = Object.getPrototypeOf(resource);
  return (
    typeof parent === "object" &&
    parent !== null &&
    (parent.constructor.name === pulumi.CustomResource.name || isCustom(parent))
  );
}

/** True when the program ran through; what it registered before it threw is still carried out. */
async function toItsEnd(program: Program, errors: ProgramErrors): Promise<boolean> {
  let threw = false;
  try {
    await pulumi.runtime.runInPulumiStack(async () => program());
  } catch (error) {
    threw = true;
    errors.thrown(error);
  }
  await pulumi.runtime.disconnect(!threw);
  // A throwing apply shows up as an unhandled rejection, one turn after the queue has drained.
  await new Promise((resolve) => setImmediate(resolve));
  return !threw;
}

/**
 * A refused resource gets no response, so what waits for it never comes. A program that threw may leave such waits in
 * the SDK too (a `dependsOn` on what could not be prepared), but it may also still be reading something before it
 * registers more: it gets longer.
 */
async function quietAfterFailure(deployment: Deployment, over: AbortSignal): Promise<false> {
  for (let quiet = 0; ;) {
    const before = deployment.idle;
    await pause();
    const after = deployment.idle;
    quiet = before.quiet && after.quiet && before.mark === after.mark ? quiet + SETTLE_MILLISECONDS : 0;
    const enough = deployment.halted ? SETTLE_MILLISECONDS : PROGRAM_SETTLE_MILLISECONDS;
    const failed = deployment.halted || deployment.programFailed;
    if (over.aborted || (failed && quiet >= enough)) return false;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS));
}
