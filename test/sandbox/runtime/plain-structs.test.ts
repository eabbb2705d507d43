/** Structs kept as plain values are, on the wire and to whoever reads them, what Google's class makes of the same value. */
import { createRequire } from "node:module";
import fc from "fast-check";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { afterAll, describe, expect, it } from "vitest";

interface Messages {
  readonly Struct: typeof Struct;
}
type Fields = Record<string, JavaScriptValue>;

const load = createRequire(__filename);
const file = load.resolve("google-protobuf/google/protobuf/struct_pb");

/** What the tests that share this process have loaded: Google's code also finds its classes by a global name. */
const shared = load.cache[file];
afterAll(() => {
  if (shared === undefined) {
    delete load.cache[file];
    return;
  }
  load.cache[file] = shared;
  const { proto } = globalThis as unknown as { readonly proto: { readonly google: { readonly protobuf: object } } };
  Object.assign(proto.google.protobuf, shared.exports);
});

/** The module loaded anew, so that one copy can be changed and the other stays Google's. */
function fresh(): Messages {
  delete load.cache[file];
  return load(file) as Messages;
}

const { keepPlain } = load("../../../sandbox/runtime/plain-structs.cjs") as { keepPlain: (messages: unknown) => void };
const google = fresh();
const ours = fresh();
keepPlain(ours);

const fields = fc.dictionary(
  fc.string({ unit: "binary" }),
  fc.jsonValue({ stringUnit: "binary" }),
) as fc.Arbitrary<Fields>;
const bytesBy = ({ Struct: Made }: Messages, value: Fields) =>
  Buffer.from(Made.fromJavaScript(value).serializeBinary());
const readBy = ({ Struct: Made }: Messages, bytes: Uint8Array) => Made.deserializeBinary(Uint8Array.from(bytes));

describe("a struct kept plain", () => {
  it("is the same bytes on the wire", () => {
    fc.assert(fc.property(fields, (value) => bytesBy(ours, value).equals(bytesBy(google, value))));
  });

  it("is read as Google's class reads it, keys in its order", () => {
    fc.assert(
      fc.property(fields, (value) => {
        const bytes = bytesBy(google, value);
        const [read, expected] = [readBy(ours, bytes).toJavaScript(), readBy(google, bytes).toJavaScript()];
        expect(JSON.stringify(read)).toBe(JSON.stringify(expected));
      }),
    );
  });

  it("gives its fields as messages, and their changes count from then on", () => {
    const struct = ours.Struct.fromJavaScript({ a: 1, b: [true, null, { c: "d" }] });
    const { Value } = google as unknown as { Value: { fromJavaScript: (value: JavaScriptValue) => never } };
    expect(struct.getFieldsMap().get("b")?.toJavaScript()).toEqual([true, null, { c: "d" }]);
    struct.getFieldsMap().set("a", Value.fromJavaScript(2));
    expect(struct.toJavaScript()).toEqual({ a: 2, b: [true, null, { c: "d" }] });
    expect(readBy(google, struct.serializeBinary()).toJavaScript()).toEqual(struct.toJavaScript());
  });

  it("is a copy: what happens to the value later does not reach it, nor what happens to what it gives", () => {
    const value = { list: [1], deep: { key: "old" } };
    const struct = ours.Struct.fromJavaScript(value);
    value.list.push(2);
    (struct.toJavaScript().deep as Fields).key = "new";
    expect(struct.toJavaScript()).toEqual({ list: [1], deep: { key: "old" } });
  });

  it.each([undefined, () => 1, 1n])("refuses %s as Google's class does", (value) => {
    expect(() => ours.Struct.fromJavaScript({ value } as never)).toThrow("Unexpected struct type.");
    expect(() => google.Struct.fromJavaScript({ value } as never)).toThrow("Unexpected struct type.");
  });

  it("passes over fields of a newer protocol", () => {
    const unknown = Buffer.from([0x7a, 2, 1, 2, 0x78, 0x96, 1, 0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7d, 1, 2, 3, 4]);
    const bytes = Buffer.concat([unknown, bytesBy(google, { a: 1 }), unknown]);
    expect(readBy(ours, bytes).toJavaScript()).toEqual({ a: 1 });
  });

  it("grows its buffer for what is large", () => {
    const value = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key${index}`, "ü".repeat(1000)]));
    expect(bytesBy(ours, value).equals(bytesBy(google, value))).toBe(true);
  });
});

describe("another class than Google's", () => {
  const isPlain = ({ Struct: Made }: Messages): boolean => /copyOf/.test(String(Made.fromJavaScript));

  it("is told from Google's own", () => {
    expect([isPlain(ours), isPlain(google)]).toEqual([true, false]);
  });

  it.each(["fromJavaScript", "serializeBinaryToWriter", "deserializeBinaryFromReader", "deserializeBinary"])(
    "that has no %s is left as it is",
    (missing) => {
      const other = fresh();
      Object.assign(other.Struct, { [missing]: undefined });
      keepPlain(other);
      expect(isPlain(other)).toBe(false);
      expect(Object.hasOwn(other.Struct.prototype, "toJavaScript")).toBe(true);
    },
  );

  it("that is no class at all is left as it is", () => {
    for (const nothing of [undefined, {}, { Struct: {} }]) expect(() => keepPlain(nothing)).not.toThrow();
  });

  it("that writes other bytes gets back every function that was its own", () => {
    const other = fresh() as Messages & { Value: { serializeBinaryToWriter: (value: unknown, out: unknown) => void } };
    // As a later struct.proto would write another kind of value.
    other.Value.serializeBinaryToWriter = () => undefined;
    const functions = () => {
      const { fromJavaScript, serializeBinaryToWriter, deserializeBinaryFromReader } = other.Struct;
      const { toJavaScript, getFieldsMap } = other.Struct.prototype;
      return [fromJavaScript, serializeBinaryToWriter, deserializeBinaryFromReader, toJavaScript, getFieldsMap];
    };
    const before = functions();
    keepPlain(other);
    expect(functions()).toEqual(before);
    expect(isPlain(other)).toBe(false);
  });
});
