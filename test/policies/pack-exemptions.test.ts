/** The compiled pack about its own exemptions: rows of its configuration, and annotations. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { about, nextMonth } from "./support/diagnoses";
import { Pack, packFolder, type Sent, urnOf } from "./support/pack";

describe("the pack about its own exemptions", () => {
  const type = "kubernetes:core/v1:Namespace";
  const stack: Sent = { type: "pulumi:pulumi:Stack", name: "dev", properties: {} };
  const open: Sent = { type, name: "open", properties: { metadata: { name: "open" } } };
  const closed: Sent = {
    type,
    name: "closed",
    properties: { metadata: { name: "closed", labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
  };
  const row = { reason: "a reason in words", owner: "platform", expires: nextMonth };
  const opening = "An exemption that is invalid, has expired, or matches nothing in this stack.\n";
  let pack: Pack;
  beforeAll(async () => {
    execFileSync(process.execPath, [resolve(packFolder, "../tools/setup/build-policies.mjs")]);
    pack = await Pack.start(true);
  }, 60_000);
  afterAll(() => pack.stop());

  /** What the pack says of one row after it has seen the resources, as the engine shows them. */
  async function messagesOf(
    rule: string,
    given: Readonly<Record<string, unknown>>,
    resources: readonly Sent[],
  ): Promise<readonly string[]> {
    await pack.configure({ [rule]: given });
    for (const resource of [stack, ...resources]) await pack.analyze(resource);
    const all = await pack.analyzeStack([stack, ...resources]);
    return about("exemptions-current", all).map(({ level, message, urn }) => {
      expect([level, urn]).toEqual(["mandatory", urnOf(stack)]);
      return message.replace(opening, "");
    });
  }

  it("accepts a row that excuses something", async () => {
    const rows = [{ ...row, resource: `${type}::open` }];
    expect(await messagesOf("psa-enforced", { exemptions: rows }, [open, closed])).toEqual([]);
  });

  it("refuses rows that are faulty, over, about nobody, or no longer needed", async () => {
    const said = await messagesOf(
      "psa-enforced",
      {
        exemptions: [
          { ...row, resource: `${type}::**` },
          { ...row, resource: `${type}::open`, expires: "2020-01-31" },
          { ...row, resource: `${type}::gone` },
          { ...row, resource: `${type}::clos*` },
        ],
      },
      [open, closed],
    );
    const place = (name: string): string => `dev (pulumi:pulumi:Stack), psa-enforced.exemptions["${type}::${name}"]: `;
    const remove =
      "expected only exemptions that are needed. Fix: remove the row from the configuration of psa-enforced.";
    expect(said).toEqual([
      `${place("**")}got an invalid exemption (** would exempt everything: name the resource); ` +
        "expected a valid one. Fix: correct it in the configuration of psa-enforced.",
      `${place("open")}got an exemption that expired after 2020-01-31; expected only exemptions that have not expired. ` +
        "Fix: fix the resource and remove the row from the configuration of psa-enforced, or let platform set a later day.",
      `${place("gone")}got an exemption that matches no resource here; ${remove}`,
      `${place("clos*")}got an exemption of a resource that does not break the rule; ${remove}`,
    ]);
  });

  it("refuses annotations that are faulty, over, about no rule, or no longer needed, at the object that carries them", async () => {
    const key = (rule: string): string => `exempt.fridayproof.dev/${rule}`;
    const annotated = (sent: Sent, annotations: Readonly<Record<string, string>>): Sent => ({
      ...sent,
      properties: { metadata: { ...(sent.properties["metadata"] as object), annotations } },
    });
    const said = async (sent: Sent): Promise<readonly string[]> => {
      await pack.configure({});
      for (const resource of [stack, sent]) await pack.analyze(resource);
      const all = await pack.analyzeStack([stack, sent]);
      return about("exemptions-current", all).map(({ message, urn }) => {
        expect(urn).toBe(urnOf(sent));
        return message.replace(opening, "").replace(/^[^:]+:[^:]+:[^:]+: /, "");
      });
    };
    const holds = `${nextMonth} shop-team: its agent measures the node`;
    expect(await said(annotated(open, { [key("psa-enforced")]: holds }))).toEqual([]);
    expect(await said(annotated(open, { [key("psa-enforce")]: holds }))).toEqual([
      "got an exemption from a rule that does not exist; expected the id of a rule. Fix: take it from `fridayproof policies`.",
    ]);
    expect(await said(annotated(open, { [key("psa-enforced")]: "because" }))).toEqual([
      "got an invalid exemption (expires must be a day, YYYY-MM-DD); expected a valid one. " +
        'Fix: write it as "<YYYY-MM-DD> <owner>: <reason>".',
    ]);
    expect(await said(annotated(open, { [key("psa-enforced")]: "2020-01-31 shop-team: it was needed" }))).toEqual([
      "got an exemption that expired after 2020-01-31; expected only exemptions that have not expired. " +
        "Fix: fix the resource and remove the annotation, or let shop-team set a later day.",
    ]);
    expect(await said(annotated(closed, { [key("image-digest")]: holds }))).toEqual([
      "got an exemption of an object that does not break the rule; expected only what is needed. Fix: remove it.",
    ]);
  });

  it("lets an annotation excuse its own object from its own rule", async () => {
    const holds = { "exempt.fridayproof.dev/psa-enforced": `${nextMonth} shop-team: its agent measures the node` };
    const excused: Sent = { ...open, properties: { metadata: { name: "open", annotations: holds } } };
    await pack.configure({});
    expect(about("psa-enforced", await pack.analyze(excused))).toEqual([]);
    expect(about("psa-enforced", await pack.analyze(open))).toHaveLength(1);
  });

  it("hears of rows of a rule whose only type is not in the stack", async () => {
    const rows = [{ ...row, resource: "aws:ecr/repository:Repository::app" }];
    expect(await messagesOf("ecr-immutable", { exemptions: rows }, [open])).toHaveLength(1);
  });

  it("does not count from the sandbox's day on AWS", async () => {
    const rows = [{ ...row, resource: `${type}::open`, expires: "2020-01-31" }];
    expect(await messagesOf("psa-enforced", { exemptions: rows, asOf: "2020-01-01" }, [open])).toHaveLength(1);
  });

  it("takes objects without outputs, as before there is a cluster, for hidden, and for what was declared where it saw that", async () => {
    const later: Sent = { ...open, name: "later" };
    const hidden: Sent = { ...later, properties: {} };
    const rows = [{ ...row, resource: `${type}::gone` }];
    expect(await messagesOf("psa-enforced", { exemptions: rows }, [hidden])).toEqual([]);
    const found = about("default-deny", await pack.analyzeStack([stack, hidden]));
    expect(found).toMatchObject([{ level: "advisory" }]);
    expect(found[0]?.message).toContain("got a value that is not known yet");
    await pack.analyze(later);
    const [declared] = about("default-deny", await pack.analyzeStack([stack, hidden]));
    expect(declared?.level).toBe("mandatory");
    expect(declared?.message).toContain("which denies no Ingress and no Egress by default");
  });
});
