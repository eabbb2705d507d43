/** An environment in a third region needs its rows and nothing else: foundation, environment and costs take it as any other. */
import * as path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../sandbox/host/project";
import { plainMap } from "../../sandbox/property/values";
import { costPage } from "../../tools/docs/cost-docs";
import { readSettings } from "../../stacks/inputs/config";
import { environment } from "../../stacks/environments/environment";
import { togetherProblems } from "../../stacks/environments/environments";
import { foundationProblems } from "../../stacks/account/check";
import { foundationProgram } from "../../stacks/account/program";
import { readLock } from "../../stacks/inputs/lock";
import { declare } from "../../stacks/program/program";
import { type Graph, graphOf } from "../support/graph";
import { accountWithZone, others, qa, withIreland } from "../support/third-region";

const root = path.resolve(__dirname, "..", "..");
const all = [...others, qa];

describe("an environment in eu-west-1", () => {
  let withFoundation: Graph;
  let made: Graph;

  beforeAll(async () => {
    const account = accountWithZone();
    const config = readConfig(root, "foundation");
    withFoundation = await graphOf(() => foundationProgram(withIreland, all), {
      stack: "foundation",
      config,
      account,
    });
    made = await graphOf(() => declare({ environment: environment(qa), settings: readSettings(), lock: readLock() }), {
      stack: "qa",
      preview: true,
      config: readConfig(root, "staging"),
      account,
    });
  });

  test("has data that is right, beside all others", () => {
    expect(togetherProblems(all)).toEqual([]);
    expect(foundationProblems(withIreland, all)).toEqual([]);
  });

  test("finds states, key, images and certificate of its region in the foundation", () => {
    for (const name of ["state-bucket-eu-west-1", "state-key-eu-west-1", "images-eu-west-1-apps/sample"])
      expect(withFoundation.byName(name).outputs.region ?? "eu-west-1").toBe("eu-west-1");
    expect(withFoundation.byName("images-replication").inputs.replicationConfiguration).toMatchObject({
      rules: [{ destinations: [{ region: "us-west-2" }, { region: "eu-west-1" }] }],
    });
    const certificate = withFoundation.byName("certificates-eu-west-1-1").outputs.arn;
    expect(made.byName("front-door-https").inputs.certificateArn).toBe(certificate);
  });

  test("is deployed by the same role, whose documents still fit", () => {
    const documents = withFoundation.resources.filter(({ name }) => /^roles-deploy-[a-z]+$/.test(name));
    expect(documents.length).toBeGreaterThan(0);
    for (const { inputs } of documents) expect(String(inputs.policy).length).toBeLessThanOrEqual(6144);
    expect(String(withFoundation.byName("roles-deploy-network").inputs.policy)).toContain("arn:aws:ec2:eu-west-1:");
    expect(String(withFoundation.byName("roles-deploy-cluster").inputs.policy)).toContain('"qa"');
  });

  test("has no prices, and the page says so instead of counting them as nothing or ending", () => {
    const plan = ({ resources }: Graph) => resources.map((row) => ({ ...row, inputs: plainMap(row.inputs) }));
    const text = costPage(
      new Map([
        ["foundation", plan(withFoundation)],
        ["qa", plan(made)],
      ]),
      [qa],
    );
    const sentence =
      "There are no prices of eu-west-1: what stands there is not added up (`guard/costs/prices.ts` has us-east-1 and us-west-2).";
    expect(text).toContain("| [qa](#qa) | no prices of eu-west-1 |  |  |  |\n");
    expect(text).toContain(`## qa\n\nIn eu-west-1.\n\n${sentence}\n`);
    expect(text.match(new RegExp(sentence.replace(/[.()]/g, "\\$&"), "g"))).toHaveLength(2);
    expect(text).toContain("| KMS key, before its first rotation | 3 |");
  });
});
