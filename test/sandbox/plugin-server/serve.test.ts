/** Served packages answer the calls that a real engine was recorded to make. */
import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { GetSchemaRequest, GetSchemaResponse } from "@pulumi/pulumi/proto/provider_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Account } from "../../../sandbox/cloud/account/account";
import { kubernetesPackage } from "../../../sandbox/cloud/kubernetes/package";
import { CloudError, InitError, type Provider, type ProviderPackage } from "../../../sandbox/protocol/provider";
import { randomPackage } from "../../../sandbox/cloud/random/package";
import { serve } from "../../../sandbox/plugin-server/serve";
import { fromStruct, toStruct, withSecretsFrom } from "../../../sandbox/plugin-server/codec";
import { UNKNOWN, secret, type PropertyMap } from "../../../sandbox/property/values";
import { Client, recorded, type Recorded } from "./client";

const CALLS = recorded<Recorded>("calls.jsonl");
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function connected(pkg: ProviderPackage): Promise<Client> {
  const { port, stop } = await serve(pkg, "1.2.3");
  const client = new Client(port);
  closing.push(() => client.close(), stop);
  return client;
}

function call(pkg: string, method: string, name = "", which: (call: Recorded) => boolean = () => true): Recorded {
  const found = CALLS.find((one) => one.pkg === pkg && one.m === method && one.urn.endsWith(`::${name}`) && which(one));
  if (found === undefined) throw new Error(`no recorded ${method} of ${name}`);
  return found;
}

/** The random package but for one method. */
function randomBut(changes: Partial<ReturnType<ProviderPackage["configure"]>>): ProviderPackage {
  const pkg = randomPackage();
  return { ...pkg, configure: (config) => ({ ...pkg.configure(config), ...changes }) };
}

describe("a served package", () => {
  it("introduces itself, leaves the handshake out, and supports previews and secrets", async () => {
    const client = await connected(randomPackage());
    expect((await client.send<Empty, PluginInfo>("getPluginInfo", new Empty())).getVersion()).toBe("1.2.3");
    const schema = await client.send<GetSchemaRequest, GetSchemaResponse>("getSchema", new proto.GetSchemaRequest());
    expect(JSON.parse(schema.getSchema())).toEqual({ name: "random", version: "1.2.3" });
    await expect(client.send("handshake", new proto.ProviderHandshakeRequest())).rejects.toMatchObject({
      code: grpc.status.UNIMPLEMENTED,
    });
    const config = call("random", "CheckConfig", "default_4_21_2");
    expect(await client.check(config, "checkConfig")).toEqual({ inputs: config.news, failures: [] });
    const configured = await client.configure(call("random", "Configure", "default_4_21_2").args ?? {});
    expect([configured.getSupportspreview(), configured.getAcceptsecrets(), configured.getAcceptoutputs()]).toEqual([
      true,
      true,
      false,
    ]);
    await client.send("cancel", new Empty());
  });

  it("plays the recorded life of a random string: check, preview, create, replace, read, delete", async () => {
    const client = await connected(randomPackage());
    await client.configure({ version: "4.21.2" });
    const { inputs, failures } = await client.check(call("random", "Check", "suffix"));
    expect([inputs.length, failures]).toEqual([6, []]);
    const foreseen = await client.create(call("random", "Create", "suffix", ({ preview }) => preview === true));
    expect(foreseen).toMatchObject({ id: "", outputs: { length: 6, result: UNKNOWN } });
    const result = await client.create(call("random", "Create", "suffix", ({ preview }) => preview === false));
    expect(result.outputs.result).toMatch(/^.{6}$/);
    const longer = await client.diff(call("random", "Diff", "suffix"));
    expect(longer).toMatchObject({
      changes: 2,
      diffsList: ["length"],
      replacesList: ["length"],
      hasdetaileddiff: true,
    });
    expect(longer.detaileddiffMap).toEqual([["length", { kind: PropertyDiff.Kind.UPDATE_REPLACE, inputdiff: true }]]);
    const read = call("random", "Read", "suffix");
    expect(await client.read(read)).toEqual({ id: read.id, inputs: read.inputs, outputs: read.props });
    await client.delete(call("random", "Delete", "suffix"));
  });

  it("plays the recorded life of a ConfigMap in previews, unknowns kept", async () => {
    const client = await connected(kubernetesPackage(new Account("000000000000")));
    await client.configure({ ...call("kubernetes", "Configure", "k8s").args, enableConfigMapMutable: "true" });
    const called = call("kubernetes", "Check", "cm");
    const { inputs } = await client.check(called);
    expect(inputs).toMatchObject({ ...called.news, metadata: { name: expect.stringMatching(/^cm-[0-9a-f]{8}$/) } });
    const create = call("kubernetes", "Create", "cm");
    expect(await client.create(create)).toEqual({ id: "", outputs: create.props });
    const [same, changed] = CALLS.filter(({ m, urn }) => m === "Diff" && urn.endsWith("::cm"));
    expect(await client.diff(same as Recorded)).toMatchObject({
      changes: 1,
      diffsList: [],
      replacesList: [],
      detaileddiffMap: [],
    });
    expect(await client.diff(changed as Recorded)).toMatchObject({ changes: 2, diffsList: ["data"], replacesList: [] });
    const update = call("kubernetes", "Update", "cm");
    expect(await client.update(update)).toEqual(update.news);
  });

  it("draws another random value for each object, as the real provider does", async () => {
    const client = await connected(randomPackage());
    await client.configure({});
    const called = call("random", "Create", "suffix", ({ preview }) => preview === false);
    const [first, second] = [await client.create(called), await client.create(called)];
    expect(first.outputs.result).not.toBe(second.outputs.result);
  });

  it("seals what was given as a secret wherever the provider repeats it, in what never became ready too", async () => {
    const repeating = (inputs: PropertyMap) => ({
      id: "x",
      outputs: { ...inputs, copy: [inputs.token ?? ""], __inputs: inputs },
    });
    const create: Provider["create"] = (_identity, inputs) => repeating(inputs);
    const update: Provider["update"] = (_identity, _old, news) => {
      throw new InitError(repeating(news), ["not ready"]);
    };
    const client = await connected(randomBut({ create, update }));
    await client.configure({});
    const props = toStruct({ user: "shop", token: secret("tr0ub4dor") });
    const sealed = {
      user: "shop",
      token: secret("tr0ub4dor"),
      copy: [secret("tr0ub4dor")],
      __inputs: { user: "shop", token: secret("tr0ub4dor") },
    };
    const [creation, change] = [new proto.CreateRequest(), new proto.UpdateRequest()];
    creation.setProperties(props);
    change.setNews(props);
    const result = await client.send<proto.CreateRequest, proto.CreateResponse>("create", creation);
    expect(withSecretsFrom(result.getProperties())).toEqual(sealed);
    const refused = await client.send("update", change).catch((error: grpc.ServiceError) => error);
    const [details] = (refused as grpc.ServiceError).metadata.get("grpc-status-details-bin");
    const [any] = Status.deserializeBinary(new Uint8Array(details as Buffer)).getDetailsList();
    const detail = proto.ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
    expect(withSecretsFrom(detail.getProperties())).toEqual(sealed);
  });

  it("opens secrets for the provider, and gives them back sealed", async () => {
    const client = await connected(kubernetesPackage(new Account("000000000000")));
    await client.configure({ kubeconfig: "{}" });
    const { inputs } = await client.check(call("kubernetes", "Check", "sec"));
    expect(inputs.stringData).toEqual({ password: "pw-467e6d2f" });
    const request = new proto.CheckRequest();
    request.setUrn(call("kubernetes", "Check", "sec").urn);
    request.setNews(toStruct({ ...inputs, stringData: secret({ password: "pw" }) }));
    const checked = await client.send<proto.CheckRequest, proto.CheckResponse>("check", request);
    expect(withSecretsFrom(checked.getInputs()).stringData).toEqual(secret({ password: "pw" }));
    expect(fromStruct(toStruct({ a: secret("x") }))).toEqual({ a: "x" });
  });

  it("keeps providers of one package apart by their connections", async () => {
    const { port, stop } = await serve(randomBut({}), "1.2.3");
    const [first, second] = [new Client(port), new Client(port)];
    closing.push(
      () => first.close(),
      () => second.close(),
      stop,
    );
    await first.configure({});
    expect((await first.check(call("random", "Check", "suffix"))).failures).toEqual([]);
    await expect(second.check(call("random", "Check", "suffix"))).rejects.toMatchObject({
      details: "package random: call before Configure",
    });
  });

  it("gives refusals as the engine shows them, never as cancellation", async () => {
    const refusing = (): never => {
      throw new CloudError("LimitExceeded", "no more of these");
    };
    const client = await connected(randomBut({ create: refusing, invoke: refusing }));
    await client.configure({});
    const expected = { code: grpc.status.UNKNOWN, details: "LimitExceeded: no more of these" };
    await expect(client.create(call("random", "Create", "suffix"))).rejects.toMatchObject(expected);
    const invoke = new proto.InvokeRequest();
    await expect(client.send("invoke", invoke)).rejects.toMatchObject(expected);
    await expect(client.send("construct", new proto.ConstructRequest())).rejects.toMatchObject({
      details: "Unimplemented: no component  in this package",
    });
    expect((await client.check({ ...call("random", "Check", "suffix"), news: {} })).failures).toEqual([
      "length is required and missing",
    ]);
  });

  it("tells each warning of a check once, where the CLI's user reads it", async () => {
    const log: string[] = [];
    const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => log.push(String(text)) > 0);
    closing.push(() => write.mockRestore());
    const client = await connected(randomBut({ check: () => ({ inputs: {}, failures: [], warnings: ["too short"] }) }));
    await client.configure({});
    await client.check(call("random", "Check", "suffix"));
    await client.check(call("random", "Check", "suffix"));
    expect(log).toEqual(["warning: suffix: too short\n"]);
  });

  it("sends what was made along when it did not become ready", async () => {
    const result = { id: "x", outputs: { length: 6, result: "abc" } };
    const client = await connected(
      randomBut({
        create: () => {
          throw new InitError(result, ["still Pending"]);
        },
      }),
    );
    await client.configure({});
    const error = (await client
      .create(call("random", "Create", "suffix"))
      .catch((caught: unknown) => caught)) as grpc.ServiceError;
    const [bytes] = error.metadata.get("grpc-status-details-bin");
    const [any] = Status.deserializeBinary(bytes as Buffer).getDetailsList();
    expect(any?.getTypeName()).toBe("pulumirpc.ErrorResourceInitFailed");
    const detail = ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
    expect([detail.getId(), detail.getReasonsList(), fromStruct(detail.getProperties())]).toEqual([
      "x",
      ["still Pending"],
      result.outputs,
    ]);
  });

  it("answers reads of what is gone with an empty id, and refuses a taken port", async () => {
    const client = await connected(randomBut({ read: () => undefined, invoke: () => ({ a: [1, null] }) }));
    await client.configure({});
    expect(await client.read(call("random", "Read", "suffix"))).toEqual({ id: "", inputs: {}, outputs: {} });
    const answer = await client.send<proto.InvokeRequest, proto.InvokeResponse>("invoke", new proto.InvokeRequest());
    expect(fromStruct(answer.getReturn())).toEqual({ a: [1, null] });
    const { port, stop } = await serve(randomBut({}), "1.2.3");
    closing.push(stop);
    await expect(serve(randomBut({}), "1.2.3", port)).rejects.toThrow(/EADDRINUSE|No address added/);
  });
});
