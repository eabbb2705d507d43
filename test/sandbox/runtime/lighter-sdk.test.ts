/** What the sandbox spares Pulumi's SDK, nobody misses. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";

function runLighter(code: string, env: Record<string, string> = {}): string {
  const args = ["--require", "./sandbox/runtime/lighter-sdk.cjs", "--eval", code];
  return execFileSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, ...env } });
}

const traceOfPromise = `
  const resource = require("module").createRequire(require.resolve("@pulumi/pulumi/runtime/resource"));
  const promise = Promise.resolve();
  resource("./debuggable").debuggablePromise(promise, "test");
  console.log(promise._debugStackTrace.split("\\n").length > 1, new Error().stack.split("\\n").length > 1);`;

describe("the SDK on the sandbox", () => {
  it("keeps no stack traces of its promises, errors keep theirs", () => {
    expect(runLighter(`require("@pulumi/pulumi"); ${traceOfPromise}`)).toBe("false true\n");
  });

  it("keeps them for who hunts a leak", () => {
    const env = { PULUMI_DEBUG_PROMISE_LEAKS: "1" };
    expect(runLighter(`require("@pulumi/pulumi"); ${traceOfPromise}`, env)).toBe("true true\n");
  });

  it.each(["undefined", "(promise) => promise", "(promise, context, more) => promise"])(
    "leaves what makes those promises as it is where it is not what it was: %s",
    (other) => {
      const code = `
        const path = require.resolve("@pulumi/pulumi/runtime/debuggable");
        const debuggablePromise = ${other};
        require.cache[path] = { id: path, filename: path, loaded: true, exports: { debuggablePromise } };
        const resource = require("module").createRequire(require.resolve("@pulumi/pulumi/runtime/resource"));
        console.log(resource("./debuggable").debuggablePromise === debuggablePromise);`;
      expect(runLighter(code)).toBe("true\n");
    },
  );

  it("makes no more frames of a resource's stack than say where it was declared, and the same ones", () => {
    const places = `
      const { Resource } = require("@pulumi/pulumi");
      const places = (depth) => (depth === 0 ? Resource.callsites() : places(depth - 1));
      console.log(JSON.stringify(places(20).slice(1, 8).map(({ line, column }) => [line, column])), places(20).length > 8);`;
    const [own, isLong] = runLighter(places).trim().split(" ");
    const plain = execFileSync(process.execPath, ["--eval", places], { encoding: "utf8" });
    expect([own, isLong, plain]).toEqual([own, "false", `${own ?? ""} true\n`]);
  });

  it.each(["undefined", "class { static callsites() { return []; } }", "class { static framePositionRegExp = /x/ }"])(
    "leaves resources of another shape as they are: %s",
    (other) => {
      const code = `
        const path = require.resolve("@pulumi/pulumi/resource");
        const Resource = ${other};
        const { callsites } = Resource ?? {};
        require.cache[path] = { id: path, filename: path, loaded: true, exports: { Resource } };
        const Module = require("module");
        const asking = { filename: require.resolve("@pulumi/pulumi"), paths: [], id: "." };
        console.log(Module._load("./resource", asking).Resource === Resource, Resource?.callsites === callsites);`;
      expect(runLighter(code)).toBe("true true\n");
    },
  );

  it("changes structs whoever loads them, once", () => {
    const code = `
      const first = require("google-protobuf/google/protobuf/struct_pb").Struct.fromJavaScript;
      const again = require("google-protobuf/google/protobuf/struct_pb.js").Struct.fromJavaScript;
      console.log(first === again, first.toString().includes("copyOf"));`;
    expect(runLighter(code)).toBe("true true\n");
  });
});
