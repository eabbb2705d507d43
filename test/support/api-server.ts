/** Kubernetes' own API server with etcd (`make api-server`), on 127.0.0.1: whether it takes an object, and why not. */
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Program } from "../../tools/rehearsal/processes/program";
import { freePort, until } from "../../tools/rehearsal/processes/wait";
import { toolPath } from "../../tools/setup/go-tools.cjs";

/** Whether both programs are there; without them (no Go, or not built: `make api-server`) their tests are skipped by name. */
export const haveApiServer = existsSync(toolPath("etcd")) && existsSync(toolPath("kube-apiserver"));

/** An object as it is applied. */
export interface Applied {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string; readonly namespace?: string };
}

interface Answer {
  readonly status: number;
  readonly body: { readonly message?: string; readonly resources?: readonly KindRow[] };
}

interface KindRow {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const START_MS = 60_000;
const OK = 300;

/** A server of its own, with nothing in it. */
export class ApiServer {
  private readonly kinds = new Map<string, Promise<readonly KindRow[]>>();

  private constructor(
    private readonly folder: string,
    private readonly programs: readonly Program[],
    private readonly port: number,
    private readonly token: string,
  ) {}

  /** Starts it. @throws Error with what it printed when it does not come up. */
  static async start(): Promise<ApiServer> {
    const folder = mkdtempSync(path.join(tmpdir(), "fridayproof-api-server-"));
    const [client, peer, port] = await Promise.all([freePort(), freePort(), freePort()]);
    const [token, key, certificates] = [randomUUID(), path.join(folder, "sa.key"), path.join(folder, "certificates")];
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(key, privateKey.export({ type: "pkcs1", format: "pem" }));
    writeFileSync(path.join(folder, "tokens.csv"), `${token},test,1,system:masters\n`);
    mkdirSync(certificates);
    const local = (number: number): string => `http://127.0.0.1:${number}`;
    const started = (program: "etcd" | "kube-apiserver", args: Readonly<Record<string, string>>): Program =>
      new Program({
        program: toolPath(program),
        args: Object.entries(args).map(([name, value]) => `--${name}=${value}`),
        cwd: folder,
      });
    const etcd = started("etcd", {
      ...{ "data-dir": path.join(folder, "etcd"), "listen-peer-urls": local(peer) },
      ...{ "listen-client-urls": local(client), "advertise-client-urls": local(client) },
    });
    const server = started("kube-apiserver", {
      ...{ "etcd-servers": local(client), "bind-address": "127.0.0.1", "secure-port": String(port) },
      ...{ "cert-dir": certificates, "token-auth-file": path.join(folder, "tokens.csv"), "authorization-mode": "RBAC" },
      ...{ "service-account-key-file": key, "service-account-signing-key-file": key },
      ...{ "service-account-issuer": "https://kubernetes.default.svc", "service-cluster-ip-range": "10.96.0.0/16" },
    });
    const made = new ApiServer(folder, [server, etcd], port, token);
    const isReady = async (): Promise<boolean> =>
      (await made.send("GET", "/readyz").catch(() => undefined))?.status === 200;
    try {
      await until("the API server is ready", isReady, () => server.output, START_MS);
      // Groups come one after the other.
      await made.serves({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" });
    } catch (error) {
      await made.end();
      throw error;
    }
    return made;
  }

  /**
   * Applies an object from the server's side, as Argo CD does, with fields that the kind does not have refused.
   * @param dryRun everything but the storage. @returns why it is refused; undefined where it is taken.
   */
  async refusal(object: Applied, dryRun = true): Promise<string | undefined> {
    const { apiVersion, kind, metadata } = object;
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const row = (await this.kindsAt(root)).find((one) => one.kind === kind && !one.name.includes("/"));
    if (row === undefined) return `no kind ${apiVersion} ${kind}`;
    const within = row.namespaced ? `/namespaces/${encodeURIComponent(metadata.namespace ?? "default")}` : "";
    const query = `fieldManager=test&force=true&fieldValidation=Strict${dryRun ? "&dryRun=All" : ""}`;
    const { status, body } = await this.send(
      "PATCH",
      `${root}${within}/${row.name}/${encodeURIComponent(metadata.name)}?${query}`,
      object,
    );
    return status < OK ? undefined : (body.message ?? `status ${status}`);
  }

  /** Waits until it serves a kind whose definition was applied. */
  async serves({ apiVersion, kind }: Pick<Applied, "apiVersion" | "kind">): Promise<void> {
    await until(`${kind} is served`, async () => {
      this.kinds.clear();
      return (await this.kindsAt(`/apis/${apiVersion}`)).some((row) => row.kind === kind);
    });
  }

  /** Ends both programs, and nothing stays. */
  async end(): Promise<void> {
    for (const program of this.programs) await program.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private kindsAt(root: string): Promise<readonly KindRow[]> {
    const known = this.kinds.get(root) ?? this.send("GET", root).then(({ body }) => body.resources ?? []);
    this.kinds.set(root, known);
    return known;
  }

  private async send(method: "GET" | "PATCH", where: string, object?: unknown): Promise<Answer> {
    // The server signs its certificate itself.
    const ca = await readFile(path.join(this.folder, "certificates", "apiserver.crt"));
    const sent = object === undefined ? {} : { "content-type": "application/apply-patch+yaml" };
    const headers = { authorization: `Bearer ${this.token}`, ...sent };
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port: this.port, path: where, method, headers, ca, agent: false } as const;
      const call = request(options, (answer) => {
        let text = "";
        answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
        answer.once("end", () => {
          const isJson = text.startsWith("{");
          resolve({ status: answer.statusCode ?? 0, body: isJson ? (JSON.parse(text) as Answer["body"]) : {} });
        });
      });
      call.once("error", reject);
      call.end(object === undefined ? undefined : JSON.stringify(object));
    });
  }
}
