/** Runs a program as the real language host does: the SDK's own `cmd/run` in a process of its own, our monitor behind gRPC. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Deployment } from "../../sandbox/engine/deployment";
import { Monitor, type Callback, type Messages } from "../../sandbox/host/monitor";
import { rejectUnsupported } from "../../sandbox/host/unsupported";
import type { ResourceState } from "../../sandbox/state/resource-state";
import { Snapshot } from "../../sandbox/state/snapshot";
import { FakeProviders } from "./fake-providers";

const load = createRequire(__filename);
// The server must speak with the very protobuf classes that the SDK has loaded.
const { Server, ServerCredentials } = load("@grpc/grpc-js") as typeof grpc;
const resource = load("@pulumi/pulumi/proto/resource_grpc_pb") as { ResourceMonitorService: grpc.ServiceDefinition };
const engine = load("@pulumi/pulumi/proto/engine_grpc_pb") as { EngineService: grpc.ServiceDefinition };
const messages: Messages = {
  resource: load("@pulumi/pulumi/proto/resource_pb"),
  provider: load("@pulumi/pulumi/proto/provider_pb"),
  empty: load("google-protobuf/google/protobuf/empty_pb"),
  struct: load("google-protobuf/google/protobuf/struct_pb"),
};

const { DEBUG } = (load("@pulumi/pulumi/proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb"))
  .LogSeverity;

/** How a program ended in its own process. */
export interface CmdRunEnd {
  /** 0 ok, 32 when the error was told through the engine's log, else the program's own. */
  readonly exitCode: number | null;
  /** What it told the engine's log. */
  readonly logs: readonly string[];
  readonly resources: readonly ResourceState[];
}

/** Runs CommonJS `source` as stack `dev` of project `rec`, on the fake providers. */
export async function runBehindCmd(source: string, config: Readonly<Record<string, string>> = {}): Promise<CmdRunEnd> {
  const options = {
    operation: "update" as const,
    stack: "dev",
    project: "rec",
    config,
    packages: new FakeProviders().packages(),
  };
  const deployment = new Deployment(options, new Snapshot([]));
  const logs: string[] = [];
  const server = new Server();
  server.addService(
    resource.ResourceMonitorService,
    served(rejectUnsupported(new Monitor(deployment, messages), Object.keys(resource.ResourceMonitorService))),
  );
  server.addService(engine.EngineService, served(engineLog(logs)));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "program-"));
  try {
    fs.writeFileSync(path.join(folder, "index.js"), source);
    fs.writeFileSync(path.join(folder, "package.json"), "{}");
    fs.symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
    const exitCode = await runChild(folder, `127.0.0.1:${port}`, config);
    return { exitCode, logs, resources: deployment.snapshot.live() };
  } finally {
    server.forceShutdown();
    fs.rmSync(folder, { recursive: true });
  }
}

async function runChild(
  folder: string,
  address: string,
  config: Readonly<Record<string, string>>,
): Promise<number | null> {
  const flags = {
    monitor: address,
    engine: address,
    project: "rec",
    stack: "dev",
    organization: "organization",
    "dry-run": "false",
  };
  const child = spawn(
    process.execPath,
    [
      "--require",
      path.resolve("sandbox/runtime/preload.cjs"),
      load.resolve("@pulumi/pulumi/cmd/run"),
      ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
      folder,
    ],
    {
      cwd: folder,
      env: { ...process.env, PULUMI_CONFIG: JSON.stringify(config), PULUMI_NODEJS_TYPESCRIPT: "false" },
      stdio: "ignore",
    },
  );
  const [exitCode] = (await once(child, "exit")) as [number | null];
  return exitCode;
}

type Method = (request: never, answer: Callback<never>) => void;

/** Every method of plain `(request, callback)` as a gRPC handler. */
function served(methods: object): grpc.UntypedServiceImplementation {
  const names = Object.entries(methods).filter(([, method]) => typeof method === "function") as [string, Method][];
  const handlers = names.map(([name, method]) => [
    name,
    (call: { request: never }, callback: Callback<never>) => method(call.request, callback),
  ]);
  return Object.fromEntries(handlers) as grpc.UntypedServiceImplementation;
}

function engineLog(logs: string[]): object {
  return {
    log: (request: LogRequest, answer: Callback<unknown>) => {
      if (request.getSeverity() !== DEBUG) logs.push(request.getMessage());
      answer(null, new messages.empty.Empty());
    },
  };
}
