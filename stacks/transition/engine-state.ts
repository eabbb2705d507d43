/** The engine's own functions that read states from the stack's backend, as plain data. */
import * as pulumi from "@pulumi/pulumi";
import { ResourceInvokeRequest } from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** What a state holds of each resource, by URN. */
export type ResourceOutputs = Readonly<
  Record<string, { readonly type: string; readonly outputs: Readonly<Record<string, unknown>> }>
>;

/**
 * Calls the engine, not through `pulumi.runtime.invoke`: that turns each reference in a state's outputs (a component of
 * pulumi-eks has some) into a live resource, which this run has not registered yet, and fails.
 */
async function invokeEngine<T>(token: string, args: Readonly<Record<string, string>>): Promise<T> {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined) throw new Error(`${token}: there is no engine to call`);
  const request = new ResourceInvokeRequest();
  request.setTok(`pulumi:pulumi:${token}`);
  request.setArgs(Struct.fromJavaScript(args));
  request.setAcceptresources(false);
  return new Promise((resolve, reject) => {
    monitor.invoke(request, (error, response) => {
      if (error === null) resolve(response.getReturn()?.toJavaScript() as T);
      else reject(new Error(`${token}: ${error.details}`));
    });
  });
}

const ownStack = (): string => `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;

/** What this stack's state holds, whether or not an update of it ever ended well; nothing where it has no deployment. */
export async function readOwnResources(): Promise<ResourceOutputs> {
  const stackName = ownStack();
  return (await invokeEngine<{ outputs?: ResourceOutputs }>("readStackResourceOutputs", { stackName })).outputs ?? {};
}

/**
 * What this stack's state holds, as the last update left it; undefined before the first one that ended well.
 *
 * The stack's outputs are read first: by its source the engine reads the resources of a stack that has no deployment yet
 * through a nil pointer (https://github.com/pulumi/pulumi/blob/v3.260.0/pkg/backend/backend.go, GetStackResourceOutputs).
 * A file backend writes an empty deployment at `stack init`, so there it returns an empty list; others need not.
 */
export async function readOwnState(): Promise<ResourceOutputs | undefined> {
  const { outputs } = await invokeEngine<{ outputs?: object }>("readStackOutputs", { name: ownStack() });
  return Object.keys(outputs ?? {}).length === 0 ? undefined : readOwnResources();
}
