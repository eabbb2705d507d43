/** `status` reads what stands, changes nothing, and says what does not stand. */
import { expect, it } from "vitest";
import { fridayproof, temporaryFolder } from "./support";

const MINUTES_2 = 120_000;

it(
  "shows an environment that stands, and what somebody took from the account",
  async () => {
    const work = temporaryFolder();
    const run = (...args: readonly string[]) => fridayproof([...args, "--work", work]);
    expect(await run("status", "--stack", "dev")).toEqual({
      code: 0,
      stdout: "dev does not stand.\nNext   npx fridayproof up -s dev\n",
      stderr: "",
    });
    expect((await run("up", "--stack", "dev", "--no-policies")).code).toBe(0);
    const { code, stdout } = await run("status", "--stack", "dev");
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^dev on the sandbox, us-east-1, \d{4}-\d\d-\d\d \d\d:\d\d UTC\n\ntraffic {3}https:\/\/dev\.example\.com\n/,
    );
    expect(stdout).toMatch(/^ {2}blue {2}100 % {2}█{20} {2}targets (\d+)\/\1 {3}nodes (\d+)\/\2 {3}EKS \d\.\d+$/m);
    expect(stdout.split("\n").length).toBeLessThan(24);

    await run("sandbox", "delete", "blue-gateway-binding");
    const looked = await run("status", "--stack", "dev", "--refresh", "--json");
    const facts = JSON.parse(looked.stdout) as Record<string, unknown>;
    expect(facts).toMatchObject({
      stack: "dev",
      missing: ["blue-gateway-binding"],
      drifted: ["blue-gateway-binding"],
      slots: [{ slot: "blue", weight: 100, targets: { ready: 0 } }],
    });
  },
  MINUTES_2,
);
