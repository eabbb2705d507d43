/** The stage of a rehearsal: two instances of each colour behind nginx, clients under constant load, and a clock of steps. */
import { setTimeout as pause } from "node:timers/promises";
import { Client as Database } from "pg";
import type { Client } from "./load/client";
import { type Colours, type Nginx, scriptVariables } from "./processes/nginx";
import { type Instance, logIn, type Variables } from "./processes/sample";
import { switchTo, type Switched } from "./processes/scripts";
import { freePort } from "./processes/wait";
import type { Log, StepTime } from "./tally";
import type { Testbed } from "./testbed";

/** A colour of the rehearsal. */
export type Colour = keyof Colours;

const PER_SECOND = 30;
/** Time after each step for its requests to show what it did. */
const SETTLE_MS = 1_500;

/** From the end of a container to its start, each time longer. Source: Kubernetes, pod lifecycle, restart policy. */
const RESTARTS_MS = [0, 10_000, 20_000];

/** The name of a client: also the first part of its requests' ids. */
const nameOf = (method: string, keepAlive: boolean, retry: boolean): string =>
  `${method} ${keepAlive ? "keep-alive" : "new"}${retry ? " retry" : ""}`;

const variablesOf = (colour: Colour, version: string): Variables => ({
  COLOUR: colour,
  VERSION: version,
  CHECK_PERIOD_MS: "200",
});

/** The stage. */
export class Rehearsal {
  readonly steps: StepTime[] = [];
  readonly instances: Record<Colour, Instance[]> = { blue: [], green: [] };
  readonly clients: Client[] = [];
  /** Of a session that blue issued. */
  private cookie = "";

  private constructor(
    readonly testbed: Testbed,
    readonly nginx: Nginx,
    readonly colours: Colours,
  ) {}

  /** Blue serves; green's ports are reserved, and nobody is there yet. @param more variables of blue beside those of the testbed. */
  static async start(testbed: Testbed, more: Variables = {}): Promise<Rehearsal> {
    const ports = await Promise.all(Array.from({ length: 4 }, freePort));
    const colours: Colours = { blue: ports.slice(0, 2), green: ports.slice(2) };
    const nginx = await testbed.nginx(colours);
    const rehearsal = new Rehearsal(testbed, nginx, colours);
    await rehearsal.deploy("blue", "1", more);
    rehearsal.cookie = (await logIn(rehearsal.instances.blue[0]?.url ?? "", "mara")) ?? "";
    return rehearsal;
  }

  /** Starts the instances of a colour and waits for them, unless they are to fail. */
  async deploy(colour: Colour, version: string, more: Variables = {}, wait = true): Promise<void> {
    const variables = { ...variablesOf(colour, version), ...more };
    this.instances[colour] = await Promise.all(
      this.colours[colour].map((port) =>
        wait ? this.testbed.instance(variables, port) : this.testbed.startedInstance(variables, port),
      ),
    );
  }

  /**
   * Starts instances that end by themselves again, as the kubelet does: at once, then after 10 s and after 20 s. Until the
   * colour is deployed anew, retired, or the testbed ends.
   */
  restartEnded(colour: Colour, version: string, more: Variables = {}): void {
    const variables = { ...variablesOf(colour, version), ...more };
    this.instances[colour].forEach(
      (instance, index) =>
        // One that cannot be started again stays away: what users meet says so.
        void this.restarted(colour, index, instance, variables).catch(() => undefined),
    );
  }

  private async restarted(colour: Colour, index: number, first: Instance, variables: Variables): Promise<void> {
    let instance = first;
    // Whoever ends it puts another one there, or none.
    const isOurs = (): boolean => !this.testbed.over && this.instances[colour][index] === instance;
    for (const waitMs of RESTARTS_MS) {
      await instance.program.ended;
      await pause(waitMs, undefined, { ref: false });
      if (!isOurs()) return;
      const next = await this.testbed.startedInstance(variables, instance.port);
      if (!isOurs()) return void (await next.program.end());
      this.instances[colour][index] = instance = next;
    }
  }

  /** Starts an instance at the place of one that has ended, and waits for it. */
  async restart(colour: Colour, index: number, version: string): Promise<void> {
    const instance = await this.testbed.instance(variablesOf(colour, version), this.colours[colour][index]);
    this.instances[colour][index] = instance;
  }

  /** Ends every instance of a colour. */
  async retire(colour: Colour): Promise<void> {
    const instances = this.instances[colour];
    this.instances[colour] = [];
    await Promise.all(instances.map(({ program }) => program.end(20_000)));
  }

  /** switch.sh. */
  switch(target: string): Promise<Switched> {
    return switchTo(target, scriptVariables(this.nginx, this.colours));
  }

  /** Eight clients: GET and POST, with and without keep-alive, with one retry on a new connection and without. */
  load(): void {
    for (const method of ["GET", "POST"] as const)
      for (const keepAlive of [true, false])
        for (const retry of [false, true]) {
          const name = nameOf(method, keepAlive, retry);
          const headers = (index: number) => ({ cookie: this.cookie, "idempotency-key": `${name}|${index}` });
          const path = (): string => (method === "GET" ? "/me" : "/orders");
          this.clients.push(
            this.testbed.client({
              ...{ name, url: this.nginx.url, method, path, headers },
              ...{ perSecond: PER_SECOND, keepAlive, retry },
            }),
          );
        }
    for (const client of this.clients) client.start();
  }

  /** One step: `act` says what it measured. */
  async step(name: string, planned: boolean, act: () => Promise<string>): Promise<void> {
    const begun = Date.now();
    process.stderr.write(`${name}...\n`);
    const note = await act();
    this.steps.push({ name, planned, begun, note });
    await pause(SETTLE_MS);
  }

  /** Stops the clients. @returns what became of their requests, and which were executed more than once. */
  async finish(): Promise<readonly Log[]> {
    await Promise.all(this.clients.map((client) => client.stop()));
    const database = new Database({ connectionString: this.testbed.databaseUrl });
    await database.connect();
    const { rows } = await database.query<{ request_id: string; runs: number }>(
      "select request_id, runs from orders where runs > 1",
    );
    await database.end();
    return this.clients.map(({ settings, outcomes }) => {
      const own = rows.filter(({ request_id }) => request_id.startsWith(`${settings.name}|`));
      const runs = own.map(({ request_id, runs: count }) => [Number(request_id.split("|")[1]), count] as const);
      return { client: settings.name, outcomes, runs: new Map(runs) };
    });
  }
}
