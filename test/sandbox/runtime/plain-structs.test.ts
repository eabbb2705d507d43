/** Structs kept as plain values are, on the wire and to whoever reads them, what Google's class makes of the same value. */
import { createRequire } from "node:module";
import fc from "fast-check";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { describe, expect, it } from "vitest";

interface Messages {
  readonly Struct: typeof Struct;
}
type Fields = Record<string, JavaScriptValue>;

const load = createRequire(__filename);
const file = load.resolve("google-protobuf/google/protobuf/struct_pb");

/** The module loaded anew, so that one copy can be changed and the other stays Google's. */
function fresh(): Messages {
  delete load.cache[file];
  return load(file) as Messages;
}

const google = fresh();
const ours = fresh();
(load("../../../sandbox/runtime/plain-structs.cjs") as { keepPlain: (messages: Messages) => void }).keepPlain(ours);

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
        const [read, wanted] = [readBy(ours, bytes).toJavaScript(), readBy(google, bytes).toJavaScript()];
        expect(JSON.stringify(read)).toBe(JSON.stringify(wanted));
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
