/** `make mirror`: copies the lock's charts, and the images that they run, into the account's own registry. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { foundation } from "../../stacks/account/foundation";
import { readLock } from "../../stacks/inputs/lock";
import { command } from "../command";
import { chartCopy, type Command, imageCopy, imagesIn } from "./copies";

/** A chart's objects are some MB. */
const OUTPUT_BYTES = 64 * 1024 * 1024;

const REGISTRY = /^\d{12}\.dkr\.ecr\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com$/;

const runs = ([program, ...args]: Command) =>
  spawnSync(program, args, { encoding: "utf8", maxBuffer: OUTPUT_BYTES, stdio: ["ignore", "pipe", "pipe"] });

/** @throws Error with what the program said where it fails. */
function answer(command: Command): string {
  const { status, stdout, stderr, error } = runs(command);
  if (status === 0) return stdout;
  throw new Error(`${command.join(" ")}: ${error?.message ?? stderr.trim()}`);
}

/** Repositories are immutable: what is there already is the same, and a second push would be refused. */
function copyIfMissing(name: string, inspect: Command, ...commands: readonly Command[]): void {
  const isPresent = runs(inspect).status === 0;
  process.stdout.write(`${isPresent ? "there already" : "copied"}: ${name}\n`);
  if (!isPresent) for (const command of commands) answer(command);
}

/** Both programs keep the password of ECR, which lasts twelve hours; it is in no command line and no log. */
function logIn(registry: string): void {
  const region = registry.split(".")[3] ?? "";
  const input = answer(["aws", "ecr", "get-login-password", "--region", region]);
  const who = ["login", "--username", "AWS", "--password-stdin", registry];
  for (const [program, ...args] of [
    ["docker", ...who],
    ["helm", "registry", ...who],
  ] as const) {
    const { status } = spawnSync(program, args, { input, stdio: ["pipe", "ignore", "ignore"] });
    if (status !== 0) throw new Error(`${program} does not log in to ${registry}.`);
  }
}

function main([registry = ""]: readonly string[]): void {
  if (!REGISTRY.test(registry))
    throw new Error(
      `REGISTRY: got "${registry}"; allowed: 111122223333.dkr.ecr.us-east-1.amazonaws.com of your account.`,
    );
  logIn(registry);
  const folder = mkdtempSync(path.join(tmpdir(), "fridayproof-mirror-"));
  try {
    const images = Object.values(readLock().charts).flatMap((chart) => {
      const { inspect, pull, push, render } = chartCopy(chart, registry, folder);
      answer(pull);
      copyIfMissing(`chart ${chart.chart} ${chart.version}`, inspect, push);
      return imagesIn(answer(render));
    });
    // All are known before the first is copied: one without a repository stops the run.
    const copies = [...new Set(images)].map((image) => imageCopy(image, registry, foundation.images));
    for (const { inspect, copy } of copies) copyIfMissing(`image ${inspect.at(-1)}`, inspect, copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void command("fridayproof", () => main(process.argv.slice(2)));
