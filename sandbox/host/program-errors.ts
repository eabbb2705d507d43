/** What a program throws or logs, turned into diagnostics as the real language host words them. */
import { createRequire } from "node:module";
import { format } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { Deployment } from "../engine/deployment";
import type { Diagnostic } from "../events/events";
import { isStackType, typeOf } from "../property/urn";
import { unsupportedFeature } from "./unsupported";

/** Every error that left the program, each reported once: one failed apply rejects dozens of promises with one error object. */
export class ProgramErrors {
  private readonly reported = new Set<unknown>();

  constructor(private readonly deployment: Deployment) {}

  /** Listens for rejections and exceptions that nothing caught; returns how to stop. */
  listen(): () => void {
    const onEvent = (error: unknown): void => this.thrown(error);
    process.on("unhandledRejection", onEvent);
    process.on("uncaughtException", onEvent);
    return () => {
      process.off("unhandledRejection", onEvent);
      process.off("uncaughtException", onEvent);
    };
  }

  /** Reports an error that ended the program or an apply of it. */
  thrown(error: unknown): void {
    if (this.reported.has(error)) return;
    this.reported.add(error);
    this.deployment.programFailed = true;
    const report = (urn: string | undefined): void => this.deployment.record.report("error", describe(error), urn);
    // A ResourceError names its resource, which may not be registered yet; anything else concerns the whole stack.
    if (pulumi.ResourceError.isInstance(error) && error.resource !== undefined)
      void promiseOf(error.resource.urn).then(report);
    else report([...this.deployment.goals.keys()].find((urn) => isStackType(typeOf(urn))));
  }
}

/** A RunError is a sentence; an error of an apply is its stack; any other ended the program. */
function describe(error: unknown): string {
  if (pulumi.RunError.isInstance(error)) return error.message;
  const unsupported = unsupportedFeature(error);
  if (unsupported !== undefined) return unsupported;
  const text = error instanceof Error ? namedStack(error) : String(error);
  if (pulumi.ResourceError.isInstance(error)) return error.hideStack === true ? error.message : text;
  if (/\bapplyHelperAsync\b/.test(text)) return text;
  return `Running program '${process.cwd()}' failed with an unhandled exception:\n${text}`;
}

/** A class that sets no name of its own would call itself a plain Error. */
function namedStack(error: Error): string {
  return (error.stack ?? error.message).replace(/^Error(?=:)/, error.constructor.name);
}

type LogFunction = (message: string, resource?: pulumi.Resource) => Promise<void>;
type LogName = "debug" | "info" | "warn" | "error";

const SEVERITIES: Readonly<Record<Exclude<LogName, "debug">, Diagnostic["severity"]>> = {
  info: "info",
  warn: "warning",
  error: "error",
};

/**
 * Takes over pulumi.log for one run: without an engine behind it the SDK would print to the console.
 * An error that is only logged is shown and changes no exit code (recording 22).
 */
export function forwardLog(deployment: Deployment): () => void {
  // The SDK's own modules call through this exports object, so replacing its members reaches them too.
  const log = createRequire(__filename)("@pulumi/pulumi/log") as Record<LogName, LogFunction>;
  const before = { ...log };
  log.debug = async () => undefined;
  for (const name of ["info", "warn", "error"] as const) {
    log[name] = async (message, resource) => {
      const urn = resource === undefined ? undefined : await promiseOf(resource.urn);
      deployment.record.report(SEVERITIES[name], message, urn);
    };
  }
  return () => Object.assign(log, before);
}

const CONSOLE: Readonly<Record<"log" | "info" | "debug" | "warn" | "error", Diagnostic["severity"]>> = {
  log: "info",
  info: "info",
  debug: "info",
  warn: "info#err",
  error: "info#err",
};

/** The real language host's output streams become messages; here they would tear the display and the plan's JSON. */
export function forwardConsole(deployment: Deployment): () => void {
  const before = { ...console };
  for (const [name, severity] of Object.entries(CONSOLE)) {
    Object.assign(console, { [name]: (...values: unknown[]) => deployment.record.report(severity, format(...values)) });
  }
  return () => Object.assign(console, before);
}

function promiseOf(urn: pulumi.Output<string>): Promise<string> {
  return new Promise((resolve) => urn.apply(resolve));
}
