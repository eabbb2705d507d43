/** What a probe asks, and commands that answer yes whatever happened. */
import { describe, expect, it } from "vitest";
import { Field } from "../../../../policies/kit/reading/field";
import { cannotFail, handlerOf, toleranceOf } from "../../../../policies/kit/kubernetes/probe";

const fails = (...command: readonly string[]): boolean => !cannotFail(new Field({ exec: { command } }));

describe("a probe's command", () => {
  it.each([
    ["true"],
    ["/bin/true"],
    ["/usr/bin/true"],
    [":"],
    ["echo"],
    ["echo", "alive", "and well"],
    ["exit", "0"],
    ["test", "1"],
    ["sh", "-c", "true"],
    ["sh", "-c", "exit  0"],
    ["sh", "-c", "test   1"],
    ["sh", "-c", "curl -f localhost; true"],
    ["sh", "-c", "curl -f localhost || echo failed"],
    ["bash", "-c", "curl -f localhost\ntrue\n"],
    ["sh", "-ec", "curl -f localhost || true"],
    ["sh", "-c", "curl -f localhost | tee /tmp/answer"],
    ["sh", "-c", "curl -f localhost && true || :"],
    ["sh", "-c", "set -o pipefail; curl -f localhost | cat; exit 0;"],
  ])("%s %s %s cannot fail", (...command) => {
    expect(fails(...command.filter((word) => word !== undefined))).toBe(false);
  });

  it.each([
    ["curl", "-f", "localhost"],
    ["truely"],
    ["bash", "-ec", "curl -f localhost\ntrue"],
    ["sh", "-c", "set -e; curl -f localhost; exit 0"],
    ["sh", "-c", "curl -f localhost; exit $?"],
    ["sh", "-c", "curl -f localhost | grep -q ready"],
    ["bash", "-c", "set -o pipefail\ncurl -f localhost | tee /tmp/answer"],
    ["sh", "-c", "curl -f localhost && echo ready"],
    ["sh", "-c", "curl -f localhost || exit 1"],
    ["sh", "-c", "cat /ready"],
    ["untrue"],
    ["echoes"],
    ["exit", "1"],
    ["test", "-f", "/ready"],
    ["/opt/bin/true"],
    ["sh", "-c", "true; curl -f localhost"],
    ["sh", "-c", "test 10"],
    ["sh", "x-c", "true"],
    ["sh", "-cx", "true"],
    ["sh", "-c"],
    ["sh"],
    [],
  ])("%s %s %s may fail", (...command) => {
    expect(fails(...command.filter((word) => word !== undefined))).toBe(true);
  });
});

describe("a probe", () => {
  it("asks what stands in it", () => {
    const pathOf = (probe: object): string | undefined => handlerOf(new Field(probe, "probe"))?.path;
    expect(pathOf({ periodSeconds: 5, httpGet: { port: 80 } })).toBe("probe.httpGet");
    expect([pathOf({ tcpSocket: {} }), pathOf({ exec: {} }), pathOf({ grpc: {} })]).toEqual([
      "probe.tcpSocket",
      "probe.exec",
      "probe.grpc",
    ]);
    expect([pathOf({ periodSeconds: 5 }), pathOf({ httpGet: undefined })]).toEqual([undefined, undefined]);
  });

  it("tolerates what it says, and what Kubernetes takes otherwise", () => {
    expect(toleranceOf(new Field({}))).toEqual({ failures: 3, period: 10, delay: 0 });
    const own = { failureThreshold: 5, periodSeconds: 2, initialDelaySeconds: 7 };
    expect(toleranceOf(new Field(own))).toEqual({ failures: 5, period: 2, delay: 7 });
  });
});
