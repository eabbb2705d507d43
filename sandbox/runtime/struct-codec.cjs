/** Writes and reads `google.protobuf.Struct` straight from and to plain values: struct.proto, and protobuf's encoding. */
"use strict";

/** Tags of struct.proto: the number of the field, shifted by three, and how its value is written. */
const tag = { entry: 0x0a, key: 0x0a, value: 0x12, item: 0x0a };
const kind = { null: 0x08, number: 0x11, string: 0x1a, boolean: 0x20, struct: 0x2a, list: 0x32 };
/** How a field is written: the lower three bits of its tag. */
const wireType = { varint: 0, eight: 1, delimited: 2 };

/** Writes from the end to the beginning: every length is then known when its turn comes. */
class Writer {
  buffer = Buffer.allocUnsafe(65536);
  at = this.buffer.length;

  get written() {
    return this.buffer.length - this.at;
  }

  room(bytes) {
    if (this.at < bytes) {
      const larger = Buffer.allocUnsafe(2 * this.buffer.length + bytes);
      const at = larger.length - this.written;
      this.buffer.copy(larger, at, this.at);
      [this.buffer, this.at] = [larger, at];
    }
    this.at -= bytes;
  }

  byte(value) {
    this.room(1);
    this.buffer[this.at] = value;
  }

  varint(value) {
    if (value < 0x80) return this.byte(value);
    let bytes = 1;
    for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1;
    this.room(bytes);
    for (let index = 0, rest = value; index < bytes; index += 1, rest = Math.floor(rest / 0x80))
      this.buffer[this.at + index] = (rest % 0x80) + (index < bytes - 1 ? 0x80 : 0);
  }

  delimit(fieldTag, before) {
    this.varint(this.written - before);
    this.byte(fieldTag);
  }

  string(fieldTag, text) {
    const bytes = Buffer.byteLength(text);
    this.room(bytes);
    this.buffer.write(text, this.at);
    this.varint(bytes);
    this.byte(fieldTag);
  }

  number(value) {
    this.room(8);
    this.buffer.writeDoubleLE(value, this.at);
    this.byte(kind.number);
  }

  struct(value) {
    for (const key of Object.keys(value).sort().reverse()) {
      const entry = this.written;
      this.value(value[key]);
      this.delimit(tag.value, entry);
      this.string(tag.key, key);
      this.delimit(tag.entry, entry);
    }
  }

  list(values) {
    for (let index = values.length - 1; index >= 0; index -= 1) {
      const item = this.written;
      this.value(values[index]);
      this.delimit(tag.item, item);
    }
  }

  value(value) {
    if (typeof value === "string") return this.string(kind.string, value);
    if (typeof value === "number") return this.number(value);
    const before = this.written;
    if (value === null || typeof value === "boolean") {
      this.byte(value === true ? 1 : 0);
      return this.byte(value === null ? kind.null : kind.boolean);
    }
    if (Array.isArray(value)) {
      this.list(value);
      return this.delimit(kind.list, before);
    }
    this.struct(value);
    this.delimit(kind.struct, before);
  }
}

/** One writer for all: its buffer is what is dear. */
const writer = new Writer();

/** The bytes of a plain object as a `Struct`. */
exports.bytesOf = function bytesOf(value) {
  writer.at = writer.buffer.length;
  writer.struct(value);
  return Uint8Array.prototype.slice.call(writer.buffer, writer.at);
};

/** Reads what a writer of any language wrote; what struct.proto does not name is skipped, as protobuf requires. */
class Reader {
  constructor(bytes, at) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = at;
  }

  varint() {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.bytes[this.at++];
      value += (byte % 0x80) * factor;
      // Past the end `byte` is undefined, and the comparison false.
      if (!(byte >= 0x80)) return value;
    }
  }

  string() {
    const end = this.varint() + this.at;
    const text = this.bytes.toString("utf8", this.at, end);
    this.at = end;
    return text;
  }

  /** Calls `field` with each tag until the message ends. */
  message(end, field) {
    while (this.at < end) field(this.varint());
    this.at = end;
  }

  nested(field) {
    this.message(this.varint() + this.at, field);
  }

  skip(fieldTag) {
    const how = fieldTag % 8;
    if (how === wireType.varint) this.varint();
    else if (how === wireType.delimited) this.at = this.varint() + this.at;
    else this.at += how === wireType.eight ? 8 : 4;
  }

  struct(end) {
    const entries = new Map();
    this.message(end, (fieldTag) => {
      if (fieldTag !== tag.entry) return this.skip(fieldTag);
      let [key, value] = ["", undefined];
      this.nested((part) => {
        if (part === tag.key) key = this.string();
        else if (part === tag.value) value = this.value();
        else this.skip(part);
      });
      entries.set(key, value);
    });
    const struct = {};
    for (const key of [...entries.keys()].sort()) struct[key] = entries.get(key);
    return struct;
  }

  list(end) {
    const list = [];
    this.message(end, (fieldTag) => {
      if (fieldTag === tag.item) list.push(this.value());
      else this.skip(fieldTag);
    });
    return list;
  }

  /** Undefined where a writer set none: reading it throws, as with Google's class. */
  value() {
    let value;
    this.nested((fieldTag) => {
      if (fieldTag === kind.string) value = this.string();
      else if (fieldTag === kind.struct) value = this.struct(this.varint() + this.at);
      else if (fieldTag === kind.list) value = this.list(this.varint() + this.at);
      else if (fieldTag === kind.boolean) value = this.varint() !== 0;
      else if (fieldTag === kind.number) value = this.bytes.readDoubleLE((this.at += 8) - 8);
      else {
        this.skip(fieldTag);
        if (fieldTag === kind.null) value = null;
      }
    });
    return value;
  }
}

/** The plain object in the bytes from `start` to `end` of a buffer. */
exports.objectIn = (buffer, start, end) => new Reader(buffer, start).struct(end);
