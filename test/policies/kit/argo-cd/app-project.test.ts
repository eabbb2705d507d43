/** What a project takes: each decision of Argo CD's matching, one changed field a case. */
import { describe, expect, it } from "vitest";
import { readDestination, permitsDestination, permitsSource } from "../../../../policies/kit/argo-cd/app-project";
import { Field } from "../../../../policies/kit/reading/field";

const field = (value: unknown): Field => new Field(value, "");
const here = "https://kubernetes.default.svc";

describe("a repository", () => {
  it.each([
    [["*"], "https://github.com/acme/shop"],
    [["git@github.com:acme/shop"], "ssh://git@github.com/acme/shop.git"],
    [["https://github.com/acme/shop.git"], "https://GitHub.com/acme/shop"],
    [["!https://github.com/acme/other"], "https://github.com/acme/shop"],
  ])("is taken by %j: %s", (entries, address) => {
    expect(permitsSource(entries, address)).toBe(true);
  });

  it.each([
    [[], "https://github.com/acme/shop"],
    [["*", "!https://github.com/acme/shop.git"], "https://github.com/acme/shop"],
    [["git@github.com:a@b/c"], "git@github.com/a@b/c"],
    [["https://a.example/shop.gitops"], "https://a.example/shopops"],
    [["https://a.example/ssh://b"], "https://a.example/b"],
    [["https://a.example/*"], "https://a.example/b/c"],
  ])("is not taken by %j: %s", (entries, address) => {
    expect(permitsSource(entries, address)).toBe(false);
  });
});

describe("a destination", () => {
  it.each([
    [{ name: "in-cluster" }, { name: "in-cluster", server: here, namespace: "" }],
    [
      { server: here, namespace: "shop" },
      { name: "in-cluster", server: here, namespace: "shop" },
    ],
    [{ server: `${here}/` }, { name: "in-cluster", server: here, namespace: "" }],
    [
      { name: "prod", namespace: "shop" },
      { name: "prod", namespace: "shop" },
    ],
    [
      { server: "https://10.0.0.1/", namespace: "shop" },
      { server: "https://10.0.0.1", namespace: "shop" },
    ],
    [{ namespace: "shop" }, undefined],
    [{ name: "prod", server: "https://10.0.0.1" }, undefined],
  ])("%j is %j", (destination, expected) => {
    expect(readDestination(field(destination))).toStrictEqual(expected);
  });

  const own = { name: "in-cluster", server: here, namespace: "shop" };
  const taking = { server: here, namespace: "shop" };
  const takes = (...entries: readonly object[]): boolean =>
    permitsDestination(
      entries.map((entry) => field(entry)),
      own,
    );

  it.each([
    { name: "!prod", namespace: "web" },
    { server: `!${here}`, namespace: "web" },
    { server: "https://10.0.0.1", namespace: "shop" },
    { server: "https://10.0.0.1", namespace: "!shop" },
    { name: "prod", namespace: "!shop" },
    { server: here, namespace: "web" },
  ])("is taken beside an entry that says nothing of it: %j", (entry) => {
    expect(takes(taking, entry)).toBe(true);
    expect(takes(entry, taking)).toBe(true);
  });

  it.each([
    { name: "!in-cluster", namespace: "web" },
    { name: "!in-cluster", namespace: "shop" },
    { server: `!${here}`, namespace: "shop" },
    { server: here, namespace: "!shop" },
  ])("is not taken beside a denial: %j", (entry) => {
    expect(takes(taking, entry)).toBe(false);
    expect(takes(entry)).toBe(false);
  });

  it("of which no entry says anything is not taken", () => {
    expect(takes({ server: "https://10.0.0.1", namespace: "shop" })).toBe(false);
    expect(takes({ name: "prod", namespace: "shop" })).toBe(false);
    expect(takes({ namespace: "shop" })).toBe(false);
    expect(takes()).toBe(false);
  });

  it("of a cluster whose other name is not known may be taken by that name, and is denied by none", () => {
    const [server] = [{ server: "https://10.0.0.1", namespace: "shop" }];
    expect(permitsDestination([field({ name: "prod", namespace: "shop" })], server)).toBe(true);
    expect(permitsDestination([field({ name: "prod", namespace: "web" })], server)).toBe(false);
    expect(permitsDestination([field(server), field({ name: "!prod", namespace: "web" })], server)).toBe(true);
  });
});
