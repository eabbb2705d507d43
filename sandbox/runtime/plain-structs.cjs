/**
 * Keeps a protobuf `Struct` as the plain value it was made from. Google's class turns every string and number into an
 * object of its own, twice on each way: with policies that is a quarter of what they cost. What goes over the wire is the
 * same, byte for byte, and the accessors return Google's own fields.
 */
"use strict";

const { bytesOf, objectIn } = require("./struct-codec.cjs");

const plain = Symbol("plain");

/** A private copy, with the keys in the order in which Google's class gives them. */
function copyOf(value) {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return Array.from(value, copyOf);
  if (typeof value !== "object") throw new Error("Unexpected struct type.");
  const keys = [];
  for (const key in value) keys.push(key);
  const copy = {};
  for (const key of keys.sort()) copy[key] = copyOf(value[key]);
  return copy;
}

/** What is changed of the class, and what the changes stand on. */
function isKnown({ Struct, Value } = {}) {
  return [
    Struct?.fromJavaScript,
    Struct?.serializeBinaryToWriter,
    Struct?.deserializeBinaryFromReader,
    Struct?.deserializeBinary,
    Struct?.prototype?.toJavaScript,
    Struct?.prototype?.getFieldsMap,
    Struct?.prototype?.serializeBinary,
    Value?.fromJavaScript,
  ].every((member) => typeof member === "function");
}

/** One value of each kind that struct.proto has, and what is hard to write: nothing, long, negative, not ASCII. */
const SAMPLE = {
  none: null,
  no: false,
  yes: true,
  zero: 0,
  number: -1.5e300,
  empty: "",
  text: "ü€😀".repeat(50),
  list: [1, "two", [], {}, [null]],
  object: { b: { c: {} }, a: "first" },
};

/** What the class makes of the sample: its bytes, what it reads from them, and the names of its fields. */
function answersOf({ Struct }) {
  const bytes = Struct.fromJavaScript(SAMPLE).serializeBinary();
  const read = Struct.deserializeBinary(bytes);
  const names = [];
  Struct.deserializeBinary(bytes)
    .getFieldsMap()
    .forEach((_value, key) => names.push(key));
  return JSON.stringify([Buffer.from(bytes).toString("hex"), read.toJavaScript(), names]);
}

/** The answers; undefined where the class is none that can be asked. */
function attempt(messages) {
  try {
    return answersOf(messages);
  } catch {
    return undefined;
  }
}

/**
 * Changes the class in place, where it is the one that is known here: with the changes it must return what it returned
 * without them. Any other is left as it is.
 * @param messages what `google-protobuf/google/protobuf/struct_pb` exports.
 */
exports.keepPlain = function keepPlain(messages) {
  if (!isKnown(messages)) return;
  const { Struct } = messages;
  const before = attempt(messages);
  const { fromJavaScript, serializeBinaryToWriter, deserializeBinaryFromReader } = Struct;
  const { getFieldsMap, toJavaScript } = Struct.prototype;
  change(messages);
  if (before !== undefined && attempt(messages) === before) return;
  Object.assign(Struct, { fromJavaScript, serializeBinaryToWriter, deserializeBinaryFromReader });
  Object.assign(Struct.prototype, { getFieldsMap, toJavaScript });
};

function change({ Struct, Value }) {
  const { serializeBinaryToWriter } = Struct;
  const { getFieldsMap, toJavaScript } = Struct.prototype;

  Struct.fromJavaScript = (value) => {
    const struct = new Struct();
    struct[plain] = copyOf(value);
    return struct;
  };
  Struct.prototype.toJavaScript = function () {
    return this[plain] === undefined ? toJavaScript.call(this) : copyOf(this[plain]);
  };
  Struct.serializeBinaryToWriter = (struct, out) => {
    if (struct[plain] === undefined) return serializeBinaryToWriter(struct, out);
    const bytes = bytesOf(struct[plain]);
    out.writeSerializedMessage(bytes, 0, bytes.length);
  };
  Struct.deserializeBinaryFromReader = (struct, reader) => {
    const start = reader.getCursor();
    while (reader.nextField()) reader.skipField();
    struct[plain] = objectIn(reader.getBuffer(), start, reader.getCursor());
    return struct;
  };
  Struct.prototype.getFieldsMap = function (noLazyCreate) {
    const value = this[plain];
    if (value === undefined) return getFieldsMap.call(this, noLazyCreate);
    this[plain] = undefined;
    const fields = getFieldsMap.call(this);
    for (const [key, member] of Object.entries(value)) fields.set(key, Value.fromJavaScript(member));
    return fields;
  };
}
