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

  it("changes structs whoever loads them, once", () => {
    const code = `
      const first = require("google-protobuf/google/protobuf/struct_pb").Struct.fromJavaScript;
      const again = require("google-protobuf/google/protobuf/struct_pb.js").Struct.fromJavaScript;
      console.log(first === again, first.toString().includes("copyOf"));`;
    expect(runLighter(code)).toBe("true true\n");
  });
});
