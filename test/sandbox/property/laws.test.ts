/** Laws of what engine and clouds share: paths, diffs, secrets and URNs, on generated values. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedPaths, diffInputs, topLevel } from "../../../sandbox/property/diff";
import { joinPath, parsePath, pathsTouch, putBack } from "../../../sandbox/property/paths";
import {
  defaultProviderName,
  isDefaultProvider,
  makeUrn,
  matchesTarget,
  nameOf,
  packageOf,
  providerType,
  qualifiedTypeOf,
  splitReference,
  typeOf,
} from "../../../sandbox/property/urn";
import { equal, keepSecrets, plainMap, secret, type PropertyMap, type Value } from "../../../sandbox/property/values";

/** Keys as people and clouds write them: dots, quotes and brackets too. */
const key = fc.oneof(
  fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,6}$/),
  fc.constantFrom("a.b", 'q"t', "kubernetes.io/role", "x[0]", "back\\slash"),
);

const { tree } = fc.letrec<{ tree: Value; leaf: Value }>((tie) => ({
  leaf: fc.oneof(fc.boolean(), fc.integer({ min: -9, max: 9 }), fc.string({ maxLength: 4 })),
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(key, tie("tree"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const properties = fc.dictionary(key, tree, { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<PropertyMap>;

describe("paths", () => {
  it("are read back as they were joined", () => {
    const steps = fc
      .tuple(key, fc.array(fc.oneof(key, fc.nat(9)), { maxLength: 3 }))
      .map(([first, rest]) => [first, ...rest]);
    fc.assert(
      fc.property(steps, (parts) => {
        expect(parsePath(parts.reduce<string>((path, part) => joinPath(path, part), ""))).toEqual(parts);
      }),
    );
  });

  it("touch themselves, what is inside them, and everything under a star", () => {
    fc.assert(
      fc.property(key, key, (outer, inner) => {
        const [parent, path] = [joinPath("", outer), joinPath(joinPath("", outer), inner)];
        expect([pathsTouch(path, path), pathsTouch(parent, path), pathsTouch("*", path)]).toEqual([true, true, true]);
      }),
    );
  });
});

describe("putting old values back", () => {
  it("undoes every change when each changed path is put back", () => {
    fc.assert(
      fc.property(properties, properties, (olds, news) => {
        const back = topLevel(Object.keys(changedPaths(olds, news))).reduce(
          (inputs, path) => putBack(olds, inputs, joinPath("", path)),
          news,
        );
        expect(changedPaths(olds, back)).toEqual({});
      }),
    );
  });

  it("changes nothing where nothing matches", () => {
    fc.assert(
      fc.property(properties, properties, (olds, news) => {
        expect(putBack(olds, news, "nowhere.at[7].all")).toEqual(news);
      }),
    );
  });
});

describe("a diff", () => {
  it("is empty exactly between equals, and names only paths that were there on a side", () => {
    fc.assert(
      fc.property(properties, properties, (olds, news) => {
        const { changes, diffs, detailed } = diffInputs(olds, news, () => false);
        expect(changes).toBe(!equal(olds, news));
        expect(diffs.filter((property) => !(property in olds) && !(property in news))).toEqual([]);
        expect(Object.values(detailed).every((kind) => ["add", "delete", "update"].includes(kind))).toBe(true);
      }),
    );
  });

  it("read backwards has the same paths, additions and deletions exchanged", () => {
    const turned = { add: "delete", delete: "add", update: "update" } as const;
    fc.assert(
      fc.property(properties, properties, (olds, news) => {
        const back = Object.entries(changedPaths(news, olds)).map(([path, kind]) => [path, turned[kind as "add"]]);
        expect(Object.fromEntries(back)).toEqual(changedPaths(olds, news));
      }),
    );
  });

  it("replaces for exactly the top-level properties that force it", () => {
    fc.assert(
      fc.property(properties, properties, fc.func(fc.boolean()), (olds, news, forces) => {
        const { replaces, detailed } = diffInputs(olds, news, (path) => forces(path));
        const forced = Object.keys(detailed).filter((path) => forces(path));
        expect(replaces).toEqual(topLevel(forced));
      }),
    );
  });
});

describe("secrets", () => {
  it("hide no value and change none", () => {
    fc.assert(
      fc.property(properties, fc.func(fc.boolean()), (inputs, hidden) => {
        const sealed = Object.fromEntries(
          Object.entries(inputs).map(([name, value]) => [name, hidden(name) ? secret(value) : value]),
        );
        expect(plainMap(keepSecrets(inputs, sealed))).toEqual(inputs);
        expect(keepSecrets(inputs, sealed)).toEqual(sealed);
      }),
    );
  });
});

describe("a urn", () => {
  const token = fc
    .tuple(
      fc.stringMatching(/^[a-z]{1,8}$/),
      fc.stringMatching(/^[a-z0-9/]{1,8}$/),
      fc.stringMatching(/^[A-Z][A-Za-z]{0,8}$/),
    )
    .map((parts) => parts.join(":"));
  const name = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9-]{1,12}$/), fc.constant("with::colons"), fc.constant("a b/c"));

  it("gives back type and name, under any parents", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(token, name), { minLength: 1, maxLength: 4 }), (chain) => {
        const urns = chain.reduce<string[]>(
          (made, [type, own]) => [...made, makeUrn("dev", "p", made.at(-1), type, own)],
          [],
        );
        chain.forEach(([type, own], index) =>
          expect([typeOf(urns[index] ?? ""), nameOf(urns[index] ?? "")]).toEqual([type, own]),
        );
        expect(qualifiedTypeOf(urns.at(-1) ?? "")).toBe(chain.map(([type]) => type).join("$"));
      }),
    );
  });

  it("does not carry the root stack's type", () => {
    const stack = makeUrn("dev", "p", undefined, "pulumi:pulumi:Stack", "p-dev");
    fc.assert(
      fc.property(token, name, (type, own) => {
        expect(makeUrn("dev", "p", stack, type, own)).toBe(makeUrn("dev", "p", undefined, type, own));
      }),
    );
  });

  it("survives in a provider reference, and tells default providers apart", () => {
    const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join("."));
    fc.assert(
      fc.property(version, fc.uuid(), (text, id) => {
        const urn = makeUrn("dev", "p", undefined, providerType("aws"), defaultProviderName(text));
        expect(splitReference(`${urn}::${id}`)).toEqual({ urn, id });
        expect([isDefaultProvider(urn), packageOf(typeOf(urn))]).toEqual([true, "aws"]);
      }),
    );
  });

  it("is targeted by itself, by a double star before its name, and by no other name", () => {
    const urn = fc.tuple(token, name).map(([type, own]) => makeUrn("dev", "p", undefined, type, own));
    fc.assert(
      fc.property(urn, (one) => {
        const found = [one, `**::${nameOf(one)}`, `${one}x`].map((pattern) => matchesTarget(pattern, one));
        expect(found).toEqual([true, true, false]);
      }),
    );
  });
});
