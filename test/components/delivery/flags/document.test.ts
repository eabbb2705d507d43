/** Flags as AppConfig stores them, and the people that they are on for. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flagDocument, hasKilled, type VariantValue } from "../../../../components/delivery/flags/document";
import type { FeatureFlag } from "../../../../components/delivery/flags/flag";
import { flagSegments } from "../../../../components/delivery/flags/flag";
import { flagProblems } from "../../../../components/delivery/flags/problems";
import { AppConfigAgent, type Profile } from "../../../../tools/rehearsal/app-config/agent";
import { Cloud, errorOf } from "../../../sandbox/cloud/aws/cloud";

const plain: FeatureFlag = { owner: "payments", removeBy: "2027-03-01", default: false };

test("a flag for everybody is one value, with who answers for it and until when", () => {
  expect(flagDocument({ checkout: { ...plain, description: "Checkout in one step", default: true } })).toEqual({
    version: "1",
    flags: {
      checkout: {
        name: "checkout",
        description: "Checkout in one step",
        _deprecation: { status: "planned", date: "2027-03-01" },
        attributes: {
          owner: { constraints: { type: "string", required: true } },
          removeBy: { constraints: { type: "string", required: true, pattern: String.raw`^\d{4}-\d{2}-\d{2}$` } },
        },
      },
    },
    values: { checkout: { enabled: true, owner: "payments", removeBy: "2027-03-01" } },
  });
});

test("a flag for some is a variant for each way to have it, and the default last", () => {
  const flag = { ...plain, segments: ["internal", "beta"], countries: ["DE"], percentage: 5 } as const;
  const attributeValues = { owner: "payments", removeBy: "2027-03-01" };
  expect(flagDocument({ checkout: flag }).values["checkout"]).toEqual({
    _variants: [
      { name: "segments", enabled: true, attributeValues, rule: '(in $segment ["internal", "beta"])' },
      { name: "countries", enabled: true, attributeValues, rule: '(eq $country "DE")' },
      { name: "share", enabled: true, attributeValues, rule: '(split by::$userId pct::5 seed::"checkout")' },
      { name: "default", enabled: false, attributeValues },
    ],
  });
});

test("a killed flag is off for everybody whom it was on for", () => {
  const killed = { ...plain, default: true, killed: "it charges twice" };
  const forSome = { ...plain, segments: ["beta"], killed: "it charges twice" } as const;
  expect(flagDocument({ killed, forSome }).values).toEqual({
    killed: { enabled: false, owner: "payments", removeBy: "2027-03-01" },
    forSome: { enabled: false, owner: "payments", removeBy: "2027-03-01" },
  });
  expect([hasKilled({ plain }), hasKilled({ plain, killed })]).toEqual([false, true]);
});

test("the order in which flags are written changes nothing", () => {
  const written = JSON.stringify(flagDocument({ a: plain, b: plain }));
  expect(JSON.stringify(flagDocument({ b: plain, a: plain }))).toBe(written);
});

/** A flag that has no problem. */
const flags = fc.dictionary(
  fc.stringMatching(/^[a-z][a-zA-Z\d_-]{0,20}$/),
  fc.record(
    {
      description: fc.string({ maxLength: 40 }),
      owner: fc.constantFrom("payments", "search team"),
      removeBy: fc.constantFrom("2027-03-01", "2026-12-31"),
      default: fc.constant(false),
      segments: fc.uniqueArray(fc.constantFrom(...flagSegments), { maxLength: 3 }),
      countries: fc.uniqueArray(fc.constantFrom("DE", "FR", "US"), { maxLength: 3 }),
      percentage: fc.integer({ min: 1, max: 99 }),
      killed: fc.constant("broken"),
    },
    { requiredKeys: ["owner", "removeBy", "default"] },
  ),
  { maxKeys: 5 },
);

test("whatever has no problem is what AppConfig's schema takes", () => {
  const cloud = new Cloud();
  const applicationId = cloud.make("aws:appconfig/application:Application", "shop", {}).id;
  const profile = cloud.make("aws:appconfig/configurationProfile:ConfigurationProfile", "flags", {
    applicationId,
    locationUri: "hosted",
    type: "AWS.AppConfig.FeatureFlags",
  });
  const store = (content: string, name: string) =>
    cloud.make("aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion", name, {
      applicationId,
      configurationProfileId: String(profile.outputs.configurationProfileId),
      contentType: "application/json",
      content,
    });
  let count = 0;
  fc.assert(
    fc.property(flags, (given) => {
      expect(flagProblems(given)).toEqual([]);
      expect(errorOf(() => store(JSON.stringify(flagDocument(given)), `v${count++}`))).toBe("not refused");
    }),
    { numRuns: 60 },
  );
});

describe("asked at the agent", () => {
  const flag: FeatureFlag = { ...plain, segments: ["internal", "beta"], countries: ["DE", "AT"], percentage: 20 };
  const document = flagDocument({ checkout: flag, dark: plain, killed: { ...flag, killed: "it charges twice" } });

  async function answersTo(people: readonly Readonly<Record<string, string>>[]) {
    const agent = new AppConfigAgent("/applications/a/environments/e/configurations/p", 1_000);
    agent.deploy(document as Profile);
    await agent.start();
    try {
      const ask = async (person: Readonly<Record<string, string>>) => {
        const header = Object.entries(person)
          .map(([key, value]) => `${key}=${value}`)
          .join(",");
        const answer = await fetch(agent.url, { headers: { Context: header } });
        return (await answer.json()) as Record<string, { readonly enabled: boolean }>;
      };
      return await Promise.all(people.map(ask));
    } finally {
      await agent.end();
    }
  }

  test("it is on for its groups and countries, and for a share of the others", async () => {
    const named: Record<string, string>[] = [
      { segment: "beta" },
      { segment: "internal" },
      { country: "AT" },
      { segment: "premium", country: "FR" },
    ];
    const on = (await answersTo(named)).map((values) => values["checkout"]?.enabled);
    expect(on).toEqual([true, true, true, false]);
    const crowd = Array.from({ length: 500 }, (_, user) => ({ userId: `u${user}` }));
    const share = (await answersTo(crowd)).filter((values) => values["checkout"]?.enabled).length / crowd.length;
    expect(share).toBeCloseTo(0.2, 1);
  });

  test("it is off for everybody where it is killed, and where it is on for nobody", async () => {
    const [values] = await answersTo([{ segment: "beta", country: "DE" }]);
    expect([values?.["killed"]?.enabled, values?.["dark"]?.enabled]).toEqual([false, false]);
  });
});

test("each flag draws its own people", () => {
  const some = { ...plain, percentage: 5 };
  const rules = Object.values(flagDocument({ a: some, b: some }).values).map(
    (value) => (value as VariantValue)._variants[0]?.rule,
  );
  expect(new Set(rules).size).toBe(2);
});
