/** Every difference that can be put into a replica's state is found at its path: each input, each key, each edge, each resource. */
import { beforeAll, describe, expect, it } from "vitest";
import { named, spots } from "./spots";
import { compared, copyOf, type Exported, primary, replicaFrom, type Row } from "./support";

let first: Exported;
let second: Exported;

beforeAll(async () => {
  first = await primary();
  second = replicaFrom(first);
});

/** Changes one place of a row; returns its path, or nothing where an earlier change has taken the place away. */
type Seed = (row: Row) => string | undefined;

function other(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return value === null ? "seeded" : `${String(value)}seeded`;
}

function seedAt(row: Row, at: number, value: unknown): string | undefined {
  const spot = spots(row).leaves[at];
  spot?.set(value);
  return spot?.path;
}

const leafSeed =
  (at: number): Seed =>
  (row) =>
    seedAt(row, at, other(spots(row).leaves[at]?.value));

const WORD = /(?<![A-Za-z0-9_])replica(?![A-Za-z0-9_])/g;

/** What both stacks call the resource. */
function addressOf({ urn, type }: Row, path: string): string {
  const zones = ["usw2-az1", "usw2-az2", "usw2-az3"];
  const name = zones
    .reduce((text, zone, index) => text.replaceAll(zone, `<zone ${index + 1}>`), urn.split("::").slice(3).join("::"))
    .replace(WORD, "<environment>");
  return [type, name, path.replace(WORD, "<environment>")].filter((part) => part !== "").join(" ");
}

/** How many comparisons the seeds of one sort are spread over: each holds a part of every row's. */
const ROUNDS = 16;

/** Places that a comparison misses when it finds them all changed, a part at a time. */
function missed(seedsOf: (row: Row) => readonly Seed[]): {
  readonly seeded: number;
  readonly missed: readonly string[];
} {
  const gone: string[] = [];
  let seeded = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const changed = copyOf(second);
    const expected = changed.deployment.resources.flatMap((row) =>
      seedsOf(row)
        .filter((_, index) => index % ROUNDS === round)
        .flatMap((seed) => seed(row) ?? [])
        .map((path) => addressOf(row, path)),
    );
    const found = new Set(compared(first, changed).differences.map(({ address }) => address));
    seeded += expected.length;
    gone.push(...expected.filter((address) => !found.has(address)));
  }
  return { seeded, missed: gone };
}

it("finds nothing where nothing differs but what may", () => {
  const { verdict, exitCode, differences, notCompared, stacks } = compared(first, second);
  expect({ verdict, exitCode, differences, notCompared }).toEqual({
    verdict: "IDENTICAL",
    exitCode: 0,
    differences: [],
    notCompared: [],
  });
  expect(stacks[0].hash).toBe(stacks[1].hash);
});

describe("a sweep over every resource finds", () => {
  it("each value that is another", () => {
    const { seeded, missed: gone } = missed((row) => spots(row).leaves.map((_, at) => leafSeed(at)));
    expect(gone).toEqual([]);
    expect(seeded).toBeGreaterThan(3000);
  });

  it("each value that is still the primary's, where each stack has its own", () => {
    const own = new Map(second.deployment.resources.map(({ urn }, index) => [urn, first.deployment.resources[index]]));
    const { seeded, missed: gone } = missed((row) => {
      const theirs = spots(own.get(row.urn) ?? row).leaves;
      return spots(row).leaves.flatMap(({ value }, at): readonly Seed[] => {
        const primarys = theirs[at]?.value;
        return primarys === value ? [] : [(changed) => seedAt(changed, at, primarys)];
      });
    });
    expect(gone).toEqual([]);
    expect(seeded).toBeGreaterThan(400);
  });

  it("each value that is another resource's of the type", () => {
    const { seeded, missed: gone } = missed((row) => {
      const types = second.deployment.resources.filter(({ type }) => type === row.type);
      const neighbour = types[(types.findIndex(({ urn }) => urn === row.urn) + 1) % types.length] ?? row;
      const theirs = new Map(spots(neighbour).leaves.map(({ path, value }) => [path, value]));
      return spots(row).leaves.flatMap(({ path, value }, at): readonly Seed[] => {
        const others = theirs.get(path);
        return others === undefined || others === value ? [] : [(changed) => seedAt(changed, at, others)];
      });
    });
    expect(gone).toEqual([]);
    expect(seeded).toBeGreaterThan(300);
  });

  it("each member of a map that is missing or one too many", () => {
    const added = missed((row) =>
      spots(row).maps.map((_, at) => (changed: Row) => {
        const map = spots(changed).maps[at];
        if (map === undefined) return undefined;
        map.set(Object.assign(map.value as object, { seeded: "one too many" }));
        return named(map.path, "seeded");
      }),
    );
    expect(added.missed).toEqual([]);
    const removed = missed((row) =>
      spots(row).maps.flatMap(({ path, value }) =>
        Object.keys(value as object).map((key) => (changed: Row) => {
          const map = spots(changed).maps.find((each) => each.path === path);
          if (map === undefined) return undefined;
          Reflect.deleteProperty(map.value as object, key);
          map.set(map.value);
          return named(path, key);
        }),
      ),
    );
    expect(removed.missed).toEqual([]);
  });

  it("each edge and option that is gone", () => {
    const options = ["parent", "provider", "protect", "dependencies", "propertyDependencies", "customTimeouts"];
    for (const option of options) {
      const changed = copyOf(second);
      const expected = changed.deployment.resources.filter((row) => {
        const value = row[option];
        const isEmpty = value === undefined || value === false || ["[]", "{}"].includes(JSON.stringify(value));
        delete row[option];
        return !isEmpty;
      });
      const found = compared(first, changed).differences.map(({ address }) => address);
      const isFound = (row: Row): boolean =>
        found.some((address) => address.startsWith(addressOf(row, `options.${option}`)));
      // Properties that come of no resource are no edges.
      const real = expected.filter(
        (row) => option !== "propertyDependencies" || addressOf(row, "") === "" || hasEdges(first, row),
      );
      expect(real.filter((row) => !isFound(row)).map(({ urn }) => `${option} ${urn}`)).toEqual([]);
    }
  });

  it("each resource that is missing, one too many or of another type", () => {
    for (let round = 0; round < ROUNDS; round++) {
      const isSeeded = (_: Row, index: number): boolean => index % ROUNDS === round;
      const less = copyOf(second);
      const gone = less.deployment.resources.filter(isSeeded);
      less.deployment.resources = less.deployment.resources.filter((row, index) => !isSeeded(row, index));
      const found = compared(first, less).differences.filter(({ kind }) => kind === "missing");
      expect(found.map(({ address }) => address).sort()).toEqual(gone.map((row) => addressOf(row, "")).sort());
    }
  });
});

function hasEdges({ deployment }: Exported, { urn }: Row): boolean {
  const [, , type = "", name = ""] = urn.split("::");
  const own = deployment.resources.find((row) => {
    const parts = row.urn.split("::");
    return parts[2] === type && sameName(parts.slice(3).join("::"), name);
  });
  return Object.values((own?.["propertyDependencies"] ?? {}) as Record<string, unknown[]>).some(
    ({ length }) => length > 0,
  );
}

const sameName = (one: string, replica: string): boolean =>
  one
    .replace("use1-az4", "usw2-az3")
    .replace("use1", "usw2")
    .replace(/\bprod\b/, "replica") === replica;
