/** Reads the plans and acceptances that arguments name: files, or standard input. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { type Acceptance, type Plan, PlanError, readAcceptances, readPlan } from "@fridayproof/guard/verdict";

/** Standard input in place of a file. */
const STDIN = "-";

/** Content of a file or of standard input. @throws PlanError where there is nothing to read. */
export function bytesOf(file: string): Buffer {
  if (file === STDIN) {
    if (process.stdin.isTTY) throw new PlanError("- reads standard input, and nothing is piped into it.");
    return readFileSync(process.stdin.fd);
  }
  if (!existsSync(file)) throw new PlanError(`${file}: there is no such file.`);
  if (!statSync(file).isFile())
    throw new PlanError(`${file} is a folder, a pipe or a device, not a file. Standard input is read with -.`);
  return readFileSync(file);
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(bytesOf(file).toString("utf8"));
  } catch (error) {
    if (error instanceof PlanError) throw error;
    throw new PlanError(`${file} is not JSON: acceptances are a list of objects.`);
  }
}

/** The acceptances in a file; none where no file is named. @throws PlanError for what is no list of them. */
export function acceptancesIn(file: string | undefined): readonly Acceptance[] {
  return file === undefined ? [] : readAcceptances(jsonOf(file));
}

/**
 * The plan in a file, with the state before it where that is named.
 * @throws PlanError with the plan's file in front.
 */
export function planIn(file: string, before?: string): Plan {
  return planFrom(file, bytesOf(file), before);
}

/** The same for bytes that were read already: standard input can be read once. */
export function planFrom(file: string, bytes: Buffer, before?: string): Plan {
  try {
    return readPlan(bytes, before === undefined ? undefined : bytesOf(before));
  } catch (error) {
    if (error instanceof PlanError) throw new PlanError(`${file}: ${error.message}`);
    throw error;
  }
}
