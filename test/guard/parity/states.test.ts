/** What is allowed to differ, and what is said of a state that cannot be compared. */
import { beforeAll, describe, expect, it } from "vitest";
import { ParityError, readAllowances, readDocument, stateOf } from "../../../guard/parity";
import { compared, copyOf, type Exported, primary, put, replicaFrom, rowOf } from "./support";

let first: Exported;
let second: Exported;

beforeAll(async () => {
  first = await primary();
  second = replicaFrom(first);
});

describe("allowances", () => {
  const row = {
    path: "aws:eks/nodeGroup:NodeGroup blue-apps-* inputs.scalingConfig.*",
    reason: "a pilot has no nodes of applications",
    owner: "platform",
    expires: "2026-12-31",
  };
  const pilot = (): Exported => {
    const other = copyOf(second);
    for (const zone of [1, 2, 3]) {
      const { scalingConfig } = rowOf(other, `blue-apps-usw2-az${zone}-nodes`).inputs as { scalingConfig: object };
      put(scalingConfig, "minSize", 0);
    }
    return other;
  };

  it("set aside what they name", () => {
    const { verdict, exitCode, allowed, remarks } = compared(first, pilot(), [row]);
    expect({ verdict, exitCode, allowed: allowed.length, remarks }).toEqual({
      verdict: "IDENTICAL",
      exitCode: 0,
      allowed: 3,
      remarks: [],
    });
  });

  it("that are about nothing fail", () => {
    const { verdict, exitCode, remarks } = compared(first, second, [row]);
    expect({ verdict, exitCode, remarks }).toEqual({
      verdict: "DIFFERENT",
      exitCode: 3,
      remarks: [`"${row.path}" of platform is about nothing that differs: take it out.`],
    });
  });

  it("that have expired allow nothing", () => {
    const { differences, remarks } = compared(first, pilot(), [{ ...row, expires: "2026-11-29" }]);
    expect([differences.length, remarks]).toEqual([
      3,
      [`"${row.path}" of platform expired on 2026-11-29: it allows nothing.`],
    ]);
  });

  it.each([
    [{}, "the allowances are no list: write [{ path, reason, owner, expires }]."],
    [[3], "[0] is no object. Correct the file of allowances."],
    [[{ ...row, because: "" }], "[0].because: allowed: path, reason, owner, expires. Correct the file of allowances."],
    [[{ ...row, owner: " " }], "[0].owner: allowed: a text that is not empty. Correct the file of allowances."],
    [
      [{ ...row, path: "* inputs.x" }],
      "[0].path: allowed: <type> <name> <path>, the type without *: a row for every type would hide anything. Correct the file of allowances.",
    ],
    [[{ ...row, expires: "soon" }], "[0].expires: allowed: a day as YYYY-MM-DD. Correct the file of allowances."],
    [[row, row], `two allowances have the path "${row.path}": one is enough.`],
  ])("are refused in another form: %#", (document, message) => {
    expect(() => readAllowances(document)).toThrow(new ParityError(message));
  });
});

describe("a state", () => {
  it("that was written while operations were under way is not compared as a whole", () => {
    const other = copyOf(second);
    other.deployment.pending_operations = [{}, {}];
    const { verdict, notCompared } = compared(first, other);
    expect([verdict, notCompared]).toEqual([
      "NOT COMPARED",
      [{ address: "", why: "2 operations were under way when the state of replica was written" }],
    ]);
  });

  it("with a deletion that is left to do is not compared as a whole", () => {
    const other = copyOf(second);
    other.deployment.resources.push({ ...copyOf(rowOf(other, "front-door-https")), delete: true });
    const { verdict, notCompared } = compared(first, other);
    expect([verdict, notCompared]).toEqual([
      "NOT COMPARED",
      [{ address: "aws:lb/listener:Listener front-door-https", why: "its deletion is left to do (replica)" }],
    ]);
  });

  it("is not compared with itself", () => {
    expect(() => compared(first, first)).toThrow(
      new ParityError(
        "both states are of the stack prod: a comparison with itself proves nothing. Name the replica's state second.",
      ),
    );
  });

  const EXPORT = "Write it with `pulumi stack export --show-secrets > state.json`.";
  const stack = { urn: "urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod", type: "pulumi:pulumi:Stack" };
  it.each([
    ["", `the file is empty. ${EXPORT}`],
    ["hello", `this is not JSON, so no state. ${EXPORT}`],
    [
      '{"version": 3, "deployment": {"resources": [{"urn": "urn:pu',
      `the JSON ends too early: the file is incomplete, as after a full disk or a broken pipe. ${EXPORT}`,
    ],
    ["[]", `this JSON is no object, so no state. ${EXPORT}`],
    ["{}", `the object has no deployment, so it is no state. ${EXPORT}`],
    ['{"steps": []}', `this is a preview, not a state. ${EXPORT}`],
    ['{"version": 3, "checkpoint": {}}', `this is a checkpoint of a backend's own, not an exported state. ${EXPORT}`],
    ['{"lineage": "x"}', "this is a file of Terraform; states of Pulumi are compared."],
    [
      '{"version": 4, "deployment": {}}',
      "the state has version 4; allowed: 3. What another version means by its members is not known here.",
    ],
    ['{"version": 3, "deployment": {}}', "the state has no resources: the stack does not stand. Bring it up first."],
    ['{"version": 3, "deployment": {"resources": {}}}', `deployment.resources is no list. ${EXPORT}`],
    [
      '{"version": 3, "deployment": {"resources": [{}]}}',
      `deployment.resources[0].urn is no URN: the state is damaged. ${EXPORT}`,
    ],
    [
      JSON.stringify({ version: 3, deployment: { resources: [stack, { ...stack, inputs: [] }] } }),
      `deployment.resources[1].inputs is no map: the state is damaged. ${EXPORT}`,
    ],
    [
      JSON.stringify({
        version: 3,
        deployment: { resources: [stack, { ...stack, urn: stack.urn.replace("prod", "dev") }] },
      }),
      "the state names more than one stack (dev, prod): it was put together by hand.",
    ],
  ])("that is none is refused with a sentence: %#", (text, message) => {
    expect(() => stateOf(readDocument(Buffer.from(text)))).toThrow(new ParityError(message));
  });

  it.each([
    ["in UTF-16 of Windows", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"a": "ä"}', "utf16le")])],
    ["with a mark of UTF-8", Buffer.from('\ufeff{"a": "ä"}')],
  ])("%s is read as it is", (_about, bytes) => {
    expect(readDocument(bytes)).toEqual({ a: "ä" });
  });

  it("larger than a machine bears is refused before it is parsed", () => {
    expect(() => readDocument(Buffer.alloc(256_000_001, "{"))).toThrow(
      new ParityError("the file has 257 MB; allowed: 256 MB. It is more than one stack's state."),
    );
  });
});
