/** Amounts that containers request: a limit below its request, a unit that was forgotten, and memory that volumes take. */
import { bytes, quantityOf } from "../../kit/reading/amount";
import { type Field, valueOr, MalformedRead } from "../../kit/reading/field";
import { type Finding, valueText, violation } from "../../kit/finding/finding";
import type { Pods } from "../../kit/kubernetes/pods";
import { example, copy, type Remedy, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { workloadLimits } from "../../limits/workloads";

/** Whether something is stated: zero means what saying nothing means. A text that is no quantity, or one below zero, was meant as one.
 * @throws UnknownRead */
export function isStated(field: Field): boolean {
  try {
    return (quantityOf(field) ?? 0) !== 0;
  } catch (error) {
    if (error instanceof MalformedRead) return true;
    throw error;
  }
}

/** Amounts below zero, for which nothing that is compared with them says anything. */
export function* checkNegative(workload: Resource, container: Field): Iterable<Finding> {
  const resources = container.at("resources");
  for (const [resource, field] of [...resources.at("requests").members(), ...resources.at("limits").members()])
    if (isNegative(field))
      yield violation(workload, {
        at: field.path,
        got: field.textOrEmpty().trim(),
        expected: "an amount above 0: the API refuses less",
        fix: example(set(field, instead(resource)), "what the container needs"),
      });
}

/** Whether the amount is below zero; one that cannot be read is reported where amounts are compared. */
export function isNegative(field: Field): boolean {
  return valueOr(() => quantityOf(field) ?? 0, 0) < 0;
}

/** Resources that are counted in bytes. */
const inBytes = /^(memory|ephemeral-storage|hugepages-.*)$/;

function instead(resource: string): string {
  if (resource === "cpu") return `${usual.cores}m`;
  return inBytes.test(resource) ? `${usual.mebibytes}Mi` : "1";
}

/** Amounts of one container. */
export function* checkAmounts(workload: Resource, container: Field, memoryBurst: number): Iterable<Finding> {
  const resources = container.at("resources");
  const slips = [...slipsOf(resources.at("requests")), ...slipsOf(resources.at("limits"))];
  for (const { field, got, expected, meant } of slips)
    yield violation(workload, { at: field.path, got, expected, fix: meant });
  // What is compared with a slip says nothing.
  if (slips.length === 0) yield* checkLimits(workload, resources, memoryBurst);
}

function* checkLimits(workload: Resource, resources: Field, memoryBurst: number): Iterable<Finding> {
  const requests = resources.at("requests");
  for (const [resource, limit] of resources.at("limits").members()) {
    const request = requests.at(resource);
    const [most, least] = [quantityOf(limit), quantityOf(request)];
    if (most === undefined || least === undefined || Math.min(most, least) < 0) continue;
    const got = `${valueText(limit.text())} with a request of ${valueText(request.text())}`;
    if (most < least) {
      yield violation(workload, {
        at: limit.path,
        got,
        expected: "a limit not below the request: the API refuses it",
        fix: copy(request, limit),
      });
    } else if (resource === "memory" && least > 0 && most > least * memoryBurst) {
      const expected = `at most ${memoryBurst} times the request`;
      const peak = example(
        copy(limit, request),
        "what the container uses at peak: memory that is not requested is given away",
      );
      yield violation(workload, { at: limit.path, got, expected, fix: peak, advisory: true });
    }
  }
}

/** An amount that is probably a mistake. */
interface Slip {
  readonly field: Field;
  readonly got: string;
  readonly expected: string;
  readonly meant: Remedy;
}

/** Example of an amount that cannot be derived. */
const usual = { cores: 250, mebibytes: 256 } as const;
const unitless = /^(\d+)(\.0+)?m?$/;

function* slipsOf(owner: Field): Iterable<Slip> {
  const { cpuAtMost, memoryAtLeast, memoryAtMost } = workloadLimits;
  for (const [resource, field] of owner.members()) {
    const amount = quantityOf(field) ?? 0;
    const text = field.textOrEmpty().trim();
    const number = unitless.exec(text)?.[1];
    const measure = resource === "memory" || resource === "ephemeral-storage";
    if (resource === "cpu" && amount > cpuAtMost.value)
      yield {
        field,
        got: `${amount} cores`,
        expected: `at most ${cpuAtMost.value}: no node has room for more`,
        meant: example(set(field, `${number ?? usual.cores}m`), "the cores that are meant"),
      };
    else if (measure && amount > 0 && amount < memoryAtLeast.value)
      yield {
        field,
        got: amount < 1 ? `${valueText(text)}, which is less than a byte` : `${amount} bytes`,
        expected: `at least ${bytes(memoryAtLeast.value)}: no process starts in less`,
        meant: example(set(field, `${number ?? usual.mebibytes}Mi`), "the unit that is meant"),
      };
    else if (resource === "memory" && amount > memoryAtMost.value)
      yield {
        field,
        got: valueText(text),
        expected: `at most ${bytes(memoryAtMost.value)}: no node has room for more`,
        meant: example(set(field, `${Number.parseInt(text, 10)}Mi`), "the unit that is meant"),
      };
  }
}

/** Volumes in memory: what they hold counts as the containers' own, up to the limit at which one of them is killed. */
export function* checkVolumes(workload: Resource, pods: Pods): Iterable<Finding> {
  for (const volume of pods.levels.flatMap((level) => level.at("volumes").list())) {
    const folder = volume.at("emptyDir");
    if (folder.at("medium").text() !== "Memory") continue;
    const [field, limit] = [folder.at("sizeLimit"), largest(pods)];
    const size = quantityOf(field);
    if (size !== undefined && (limit === undefined || size < limit)) continue;
    yield violation(workload, {
      at: field.path,
      got:
        size === undefined
          ? "nothing, in memory"
          : `${valueText(field.text())} of memory, which is all that a container may use`,
      expected: "a size below the memory limit of the containers",
      fix: example(set(field, bytes(Math.floor((limit ?? quarter * shares) / shares))), "what is kept there at most"),
    });
  }
}

const shares = 4;
/** 64 MiB. */
const quarter = 67_108_864;

/** The largest memory limit of the pod's containers. */
function largest({ containers }: Pods): number | undefined {
  const all = containers.flatMap(({ field }) => quantityOf(field.at("resources", "limits", "memory")) ?? []);
  return all.length === 0 ? undefined : Math.max(...all);
}
