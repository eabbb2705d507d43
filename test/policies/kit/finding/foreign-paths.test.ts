/** What a rule says of a neighbour's value is said once, on the neighbour. */
import { expect, it } from "vitest";
import type { Finding } from "../../../../policies/kit/finding/finding";
import { violation } from "../../../../policies/kit/finding/finding";
import { hasOwnPath, withoutForeignPaths } from "../../../../policies/kit/finding/foreign-paths";
import { Resource } from "../../../../policies/kit/reading/resource";

const resource = (name: string, spec: object): Resource =>
  new Resource({ type: "kubernetes:apps/v1:Deployment", name, props: { spec } });
const owner = resource("owner", { ports: [{ port: "x" }], replicas: "three" });
const other = resource("other", { replicas: 3 });
const found = (of: Resource, at?: string): Finding => ({
  ...violation(of, {
    ...(at === undefined ? {} : { at }),
    got: "a text",
    expected: "a finite number",
    fix: "write one",
  }),
  malformed: true,
});
const port = "spec.ports[0].port";

it("drops a neighbour's place on the wrong object where it is said of the right one", () => {
  const [right, wrong] = [found(owner, port), found(other, port)];
  expect(withoutForeignPaths([wrong, right])).toEqual([right]);
  expect(withoutForeignPaths([right, wrong])).toEqual([right]);
});

it("keeps what is said of the wrong object alone, of another place, or of a value that is well formed", () => {
  const alone = [found(other, port), found(owner, "spec.replicas")];
  expect(withoutForeignPaths(alone)).toEqual(alone);
  const same = [found(owner, "spec.replicas"), found(other, "spec.replicas")];
  expect(withoutForeignPaths(same)).toEqual(same);
  const absent = { ...violation(other, { at: port, got: "nothing", expected: "one", fix: "set it" }) };
  expect(withoutForeignPaths([found(owner, port), absent])).toEqual([found(owner, port), absent]);
  expect(withoutForeignPaths([found(other, port)])).toHaveLength(1);
});

it("finds places in lists and below another path, and takes what cannot be followed for one of the object", () => {
  expect(hasOwnPath(found(owner, port))).toBe(true);
  expect(hasOwnPath(found(owner, "spec.ports[1].port"))).toBe(false);
  expect(hasOwnPath(found(owner, "spec.replicas.percent"))).toBe(true);
  expect(hasOwnPath(found(owner))).toBe(true);
  const item = new Resource(
    { type: "kubernetes:core/v1:Pod", name: "p", props: { spec: { a: 1 } } },
    undefined,
    "items[0]",
  );
  expect(hasOwnPath(found(item, "items[0].spec.a"))).toBe(true);
  expect(hasOwnPath(found(item, "items[0].spec.b"))).toBe(false);
});
