/** Construct under a real CLI registers what a recorded provider program registered. */
import { ConstructRequest, type ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { afterEach, describe, expect, it } from "vitest";
import { childOutput, type Construction } from "../../../sandbox/protocol/construction";
import { eksPackage } from "../../../sandbox/cloud/eks/package";
import type { ProviderPackage } from "../../../sandbox/protocol/provider";
import { serve } from "../../../sandbox/plugin-server/serve";
import { fromStruct, toStruct } from "../../../sandbox/plugin-server/codec";
import { UNKNOWN, type PropertyMap } from "../../../sandbox/property/values";
import { Client, recorded } from "./client";
import { startMonitor, type Monitor, type Registration, type Reply } from "./monitor";

interface Line {
  readonly m: string;
  readonly req: PropertyMap & { readonly name: string; readonly object: PropertyMap; readonly outputs: PropertyMap };
  readonly res: Reply & {
    readonly state: PropertyMap;
    readonly stateDependencies: Readonly<Record<string, { urns: string[] }>>;
  };
}

interface ConstructLine {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: PropertyMap;
  readonly inputDependencies: Readonly<Record<string, { urns?: string[] }>>;
  readonly dependencies: string[];
  readonly ignoreChanges: string[];
}

const LINES = recorded<Line>("construct.jsonl");
const RECORDED = LINES.find(({ m }) => m === "ResourceProvider/Construct") as Line;
const ASKED = RECORDED.req as unknown as ConstructLine;
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function lineOf(name: string): Line {
  return LINES.find(({ m, req }) => m === "ResourceMonitor/RegisterResource" && req.name === name) as Line;
}

/** The component that the recorded fake provider made, in our description. */
function recordedConstruction(inputs: PropertyMap): Construction {
  const vpcConfig = { subnetIds: inputs.privateSubnetIds ?? [] };
  const version = "7.48.0";
  return {
    children: [
      { type: "aws:iam/role:Role", name: "c-role", custom: true, inputs: { assumeRolePolicy: "{}" }, version },
      {
        type: "aws:ec2/securityGroup:SecurityGroup",
        name: "c-sg",
        custom: true,
        parent: "c-role",
        inputs: { description: "Managed by Pulumi", vpcId: inputs.vpcId ?? "" },
        takes: { vpcId: ["vpcId"] },
        version,
      },
      {
        type: "aws:eks/cluster:Cluster",
        name: "c-eksCluster",
        custom: true,
        inputs: { roleArn: childOutput("c-role", "arn"), vpcConfig },
        takes: { vpcConfig: ["privateSubnetIds"] },
        version,
      },
    ],
    outputs: {
      eksCluster: childOutput("c-eksCluster", "$ref"),
      kubeconfig: { $json: { server: childOutput("c-eksCluster", "endpoint") } },
      kubeconfigJson: { $json: { server: childOutput("c-eksCluster", "endpoint") } },
      clusterName: childOutput("c-eksCluster", "name"),
      nodeSecurityGroupId: childOutput("c-sg", "id"),
    },
  };
}

function packageOf(constructing: (inputs: PropertyMap) => Construction): ProviderPackage {
  const eks = eksPackage();
  return {
    ...eks,
    configure: (config) => ({ ...eks.configure(config), construct: (_identity, inputs) => constructing(inputs) }),
  };
}

async function constructed(
  pkg: ProviderPackage,
  monitor: Monitor,
  more: (request: ConstructRequest) => void = () => undefined,
): Promise<ConstructResponse> {
  const { port, stop } = await serve(pkg, "4.3.0");
  const client = new Client(port);
  closing.push(
    () => client.close(),
    stop,
    () => monitor.stop(),
  );
  await client.configure({});
  const request = new ConstructRequest();
  request.setType(ASKED.type);
  request.setName(ASKED.name);
  request.setParent(ASKED.parent);
  request.setInputs(toStruct(ASKED.inputs));
  for (const [input, { urns }] of Object.entries(ASKED.inputDependencies)) {
    const dependencies = new ConstructRequest.PropertyDependencies();
    dependencies.setUrnsList(urns ?? []);
    request.getInputdependenciesMap().set(input, dependencies);
  }
  request.setDependenciesList(ASKED.dependencies);
  request.setIgnorechangesList(ASKED.ignoreChanges);
  request.setMonitorendpoint(monitor.endpoint);
  more(request);
  return client.send("construct", request);
}

/** The recorded registration, with what the recording leaves out as empty. */
function expected(name: string): Registration {
  const { propertyDependencies = {}, ...req } = lineOf(name).req as unknown as Partial<
    Omit<Registration, "propertyDependencies">
  > & {
    readonly propertyDependencies?: Readonly<Record<string, { urns?: string[] }>>;
  };
  return {
    type: req.type ?? "",
    name,
    parent: req.parent ?? "",
    custom: req.custom ?? false,
    object: req.object ?? {},
    dependencies: req.dependencies ?? [],
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([key, { urns }]) => [key, urns ?? []]),
    ),
    provider: "",
    version: req.version ?? "",
    ignoreChanges: req.ignoreChanges ?? [],
  };
}

describe("construct of a served package", () => {
  it("registers component, children and outputs as recorded, and answers the recorded state", async () => {
    const monitor = await startMonitor(({ name }) => lineOf(name).res);
    const response = await constructed(packageOf(recordedConstruction), monitor);
    expect(monitor.registered[0]).toEqual(expected("c"));
    for (const name of ["c-role", "c-sg", "c-eksCluster"]) {
      const registered = monitor.registered.find((one) => one.name === name);
      const wantedValue = expected(name);
      expect({ ...registered, dependencies: new Set(registered?.dependencies) }).toEqual({
        ...wantedValue,
        dependencies: new Set(wantedValue.dependencies),
      });
    }
    const outputs = LINES.find(({ m }) => m === "ResourceMonitor/RegisterResourceOutputs")?.req.outputs;
    expect(monitor.outputs).toEqual([{ urn: RECORDED.res.urn, outputs }]);
    expect(response.getUrn()).toBe(RECORDED.res.urn);
    expect(fromStruct(response.getState())).toEqual(RECORDED.res.state);
    for (const [property, { urns }] of Object.entries(RECORDED.res.stateDependencies)) {
      expect(response.getStatedependenciesMap().get(property)?.getUrnsList()).toEqual(urns);
    }
  });

  it("keeps in a preview unknown what no child can tell yet", async () => {
    const monitor = await startMonitor(({ name, object }) => ({ urn: `urn:${name}`, object }));
    const response = await constructed(packageOf(recordedConstruction), monitor, (request) => request.setDryrun(true));
    expect(monitor.registered.find(({ name }) => name === "c-eksCluster")?.object.roleArn).toBe(UNKNOWN);
    expect(fromStruct(response.getState())).toMatchObject({
      clusterName: UNKNOWN,
      kubeconfig: UNKNOWN,
      nodeSecurityGroupId: UNKNOWN,
    });
  });

  it("hands the component's providers down to children of their package, and waits for a provider among the children", async () => {
    const monitor = await startMonitor(({ name }) => ({ urn: `urn:${name}`, id: "" }));
    const children = [
      {
        type: "pulumi:providers:kubernetes",
        name: "k",
        custom: true,
        inputs: { kubeconfig: childOutput("v", "x") },
        dependsOn: ["v"],
      },
      { type: "kubernetes:core/v1:Namespace", name: "n", custom: true, inputs: {}, provider: "k" },
    ];
    const first = { type: "aws:ec2/vpc:Vpc", name: "v", custom: true, inputs: {} };
    await constructed(
      packageOf(() => ({ children: [first, ...children], outputs: {} })),
      monitor,
      (request) => {
        request.getProvidersMap().set("aws", "urn:aws::id");
      },
    );
    expect(
      monitor.registered.slice(1).map(({ name, provider, dependencies }) => [name, provider, dependencies]),
    ).toEqual([
      ["v", "urn:aws::id", []],
      ["k", "", ["urn:v"]],
      ["n", `urn:k::${UNKNOWN}`, []],
    ]);
  });

  it("passes the engine's refusal of a child on", async () => {
    const monitor = await startMonitor(({ name }) => {
      if (name === "c-role") throw new Error("not allowed");
      return { urn: `urn:${name}` };
    });
    await expect(constructed(packageOf(recordedConstruction), monitor)).rejects.toMatchObject({
      details: "Error: not allowed",
    });
    expect(monitor.outputs).toEqual([]);
  });

  it("registers the whole eks component", async () => {
    const monitor = await startMonitor(({ name, object }) => ({ urn: `urn:${name}`, id: `id-${name}`, object }));
    const inputs = {
      authenticationMode: "API",
      kubeProxyAddonOptions: { enabled: false },
      privateSubnetIds: ["subnet-1"],
      skipDefaultNodeGroup: true,
      useDefaultVpcCni: true,
      vpcId: "vpc-1",
    };
    const response = await constructed(eksPackage(), monitor, (request) => request.setInputs(toStruct(inputs)));
    expect(monitor.registered).toHaveLength(14);
    const cluster = monitor.registered.find(({ name }) => name === "c-eksCluster");
    expect(cluster?.propertyDependencies.vpcConfig).toEqual([
      "urn:c-eksClusterSecurityGroup",
      ...(ASKED.inputDependencies.privateSubnetIds?.urns ?? []),
    ]);
    expect(fromStruct(response.getState())).toMatchObject({ clusterSecurityGroupId: "id-c-eksClusterSecurityGroup" });
  });
});
