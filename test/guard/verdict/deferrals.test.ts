/** Two things that go together: each may say that the other says what is lost, and never both. */
import { expect, test } from "vitest";
import { type Plan, type Resource, verdictOn } from "../../../guard/verdict";
import type { EffectRow } from "../../../guard/verdict/effects/row";
import { rowFiles } from "../../../guard/verdict/effects/row-files";

/** Types whose deletion is decided by what else goes, or is harmless. */
function typesOf(isOne: (row: EffectRow) => boolean): readonly string[] {
  const types = rowFiles.flatMap((file) => Object.entries(file));
  return types
    .filter(([, rows]) => rows.some((row) => row.property === "*delete*" && isOne(row)))
    .map(([type]) => type);
}

/** Those that say: who uses it lets it go first. */
const left = typesOf(({ condition = "" }) => /^(released|attachedGoes|onlyUsersGo|boundRoleGoes)$/.test(condition));
/** Those that say: what it belongs to goes too. */
const leaving = typesOf(({ condition = "" }) =>
  /^(joinGoes|partGoes|policyGoes|ownerGoes|permissionGoes)$/.test(condition),
);

const nameOf = (type: string): string => /\/(\w+):/.exec(type)?.[1] ?? type;
const serviceOf = (type: string): string => type.split("/")[0] ?? type;
const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Properties by which others name a thing: `resolverRuleId`, `dhcpOptionsId`, `policyArn`, `role`. */
function propertiesOf(type: string): readonly string[] {
  const name = nameOf(type);
  const short = lower(name.replace(/^[a-z]+(?=[A-Z])/, ""));
  const ends = ["Id", "Arn", "Identifier"];
  return [name, `${name}Name`, ...[name, short].flatMap((one) => ends.map((end) => `${one}${end}`))];
}

const gone = (type: string, address: string): Resource => ({
  ...{ address, type, namedType: type, operation: "delete", before: {}, paths: [], reasons: [], custom: true },
});

function planOf(used: string, user: string): Plan {
  return {
    ...{ tool: "pulumi", complete: true, hasUnchanged: true, notes: [] },
    resources: [gone(used, "used"), gone(user, "user")],
    uses: propertiesOf(used).map((property) => ({ user: "user", used: "used", property })),
  };
}

/** Of rights, those of a role alone name a role. */
const canUse = (used: string, user: string): boolean =>
  serviceOf(used) === serviceOf(user) && !(nameOf(used) === "role" && /^(user|group)/.test(nameOf(user)));

test("where two types defer to each other, the deletion of both is still said to be harmful", () => {
  const pairs = left.flatMap((used) =>
    leaving.filter((user) => canUse(used, user)).map((user) => [used, user] as const),
  );
  expect(pairs.length).toBeGreaterThan(100);
  expect(pairs.filter(([used, user]) => verdictOn(planOf(used, user)).verdict === "SAFE")).toEqual([]);
});
