/** What AppConfig refuses of feature flags: documents against its schema, and deployments beside one that runs. */
import { describe, expect, it } from "vitest";
import { Cloud, errorOf, type Thing } from "../../cloud";

const VERSION = "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion";
const DEPLOYMENT = "aws:appconfig/deployment:Deployment";
const required = { constraints: { type: "string", required: true } };
const good = {
  version: "1",
  flags: { checkout: { name: "checkout", attributes: { owner: required } } },
  values: {
    checkout: {
      _variants: [
        { name: "beta", enabled: true, rule: '(eq $segment "beta")', attributeValues: { owner: "payments" } },
        { name: "default", enabled: false, attributeValues: { owner: "payments" } },
      ],
    },
  },
};

/** An application with a profile of flags, an environment, and strategies that bake and do not. */
function flags() {
  const cloud = new Cloud();
  const applicationId = cloud.make("aws:appconfig/application:Application", "shop", { name: "dev-shop" }).id;
  const environment = cloud.make("aws:appconfig/environment:Environment", "dev", { applicationId, name: "dev" });
  const kind = { applicationId, locationUri: "hosted", type: "AWS.AppConfig.FeatureFlags" };
  const profile = cloud.make("aws:appconfig/configurationProfile:ConfigurationProfile", "flags", kind);
  const strategy = (name: string, finalBakeTimeInMinutes: number) =>
    cloud.make("aws:appconfig/deploymentStrategy:DeploymentStrategy", name, {
      deploymentDurationInMinutes: 0,
      growthFactor: 100,
      replicateTo: "NONE",
      finalBakeTimeInMinutes,
    });
  const configurationProfileId = String(profile.outputs.configurationProfileId);
  const version = (content: unknown, name = "version"): Thing => {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    return cloud.make(VERSION, name, {
      applicationId,
      configurationProfileId,
      content: text,
      contentType: "application/json",
    });
  };
  const deploy = (name: string, configurationVersion: string, deploymentStrategyId: string): Thing =>
    cloud.make(DEPLOYMENT, name, {
      applicationId,
      configurationProfileId,
      environmentId: String(environment.outputs.environmentId),
      configurationVersion,
      deploymentStrategyId,
    });
  return { cloud, applicationId, environment, profile, version, deploy, strategy };
}

const withValue = (checkout: unknown) => ({ ...good, values: { checkout } });
const withFlag = (checkout: unknown) => ({ ...good, flags: { checkout }, values: {} });
const withVariants = (..._variants: unknown[]) => withValue({ _variants });
const owned = { attributeValues: { owner: "payments" } };

/** Registers the tests. */
export function featureFlags(): void {
  describe("feature flags", () => {
    it("are stored when they have the form", () => {
      const { version } = flags();
      expect(version(good).outputs.versionNumber).toBeTypeOf("number");
      expect(version(withValue({ enabled: true, owner: "payments" }), "plain").id).toContain("/");
    });

    it.each([
      ["text", "flags:", "it is no JSON object"],
      ["another member", { ...good, rules: {} }, "it has no property rules"],
      ["no version", { ...good, version: 1 }, 'version is not "1"'],
      ["a name with a capital", { version: "1", flags: { Checkout: {} } }, "a flag cannot be called Checkout"],
      ["another member of a flag", withFlag({ owner: "payments" }), "flag checkout has no property owner"],
      [
        "an attribute called enabled",
        withFlag({ attributes: { enabled: {} } }),
        "flag checkout cannot have an attribute enabled",
      ],
      [
        "an attribute of no type",
        withFlag({ attributes: { owner: { constraints: { type: "text" } } } }),
        "attribute owner of flag checkout has no type text",
      ],
      [
        "too many attributes",
        withFlag({ attributes: Object.fromEntries(Array.from({ length: 26 }, (_, at) => [`a${at}`, {}])) }),
        "flag checkout has more than 25 attributes",
      ],
      ["a value of no flag", { ...good, values: { other: { enabled: true } } }, "there is no flag other"],
      ["neither on nor off", withValue({ owner: "payments" }), "flag checkout lacks enabled"],
      ["a required attribute left out", withValue({ enabled: true }), "flag checkout lacks its attribute owner"],
      [
        "an attribute without definition",
        withValue({ enabled: true, owner: "a", team: "b" }),
        "flag checkout has no attribute team",
      ],
      [
        "a default variant before another",
        withVariants(
          { name: "default", enabled: false, ...owned },
          { name: "b", enabled: true, rule: "true", ...owned },
        ),
        "the default variant of flag checkout is last, and has no rule",
      ],
      [
        "a last variant with a rule",
        withVariants({ name: "b", enabled: true, rule: "true", ...owned }),
        "the default variant of flag checkout is last, and has no rule",
      ],
      [
        "a variant without a name",
        withVariants({ enabled: true, ...owned }),
        "a variant of flag checkout lacks enabled or name",
      ],
      [
        "a variant without its owner",
        withVariants({ name: "default", enabled: true }),
        "flag checkout lacks its attribute owner",
      ],
    ])("are refused: %s", (_, content, problem) => {
      expect(errorOf(() => flags().version(content))).toBe(
        `BadRequestException: The content does not conform to AWS.AppConfig.FeatureFlags: ${problem}`,
      );
    });

    it("are refused where an attribute does not match its pattern, and beyond the size of the store", () => {
      const day = { constraints: { type: "string", pattern: String.raw`^\d{4}$` } };
      const content = {
        version: "1",
        flags: { a: { attributes: { day } } },
        values: { a: { enabled: true, day: "soon" } },
      };
      expect(errorOf(() => flags().version(content))).toContain("attribute day of flag a does not match its pattern");
      expect(errorOf(() => flags().version("x".repeat(1_048_577)))).toBe(
        "PayloadTooLargeException: Configuration data cannot exceed 1048576 bytes",
      );
    });

    it("are one deployment at a time in an environment, unless the first one bakes for no time", () => {
      const { version, deploy, strategy } = flags();
      const number = String(version(good).outputs.versionNumber);
      const [watched, kill] = [strategy("watched", 10), strategy("kill", 0)];
      const first = deploy("first", number, kill.id);
      expect([first.outputs.deploymentNumber, first.outputs.state]).toEqual([1, "COMPLETE"]);
      const second = deploy("second", number, watched.id);
      expect([second.outputs.deploymentNumber, second.outputs.state]).toEqual([2, "BAKING"]);
      const refused = `ConflictException: Deployment 2 of environment ${String(second.inputs.environmentId)} is still in progress`;
      expect(errorOf(() => deploy("third", number, kill.id))).toBe(refused);
      expect(errorOf(() => deploy("third", number, "AppConfig.AllAtOnce"))).toBe(refused);
    });

    it("bake ten minutes by AppConfig's own strategy, and another run finds the deployment over", () => {
      const { cloud, version, deploy } = flags();
      const number = String(version(good).outputs.versionNumber);
      const first = deploy("first", number, "AppConfig.AllAtOnce");
      expect(first.outputs.state).toBe("BAKING");
      const later = new Cloud(cloud.region, cloud.facts, cloud.account);
      expect(later.make(DEPLOYMENT, "second", first.inputs).outputs.deploymentNumber).toBe(2);
    });

    it("are not deployed by a version that there is not", () => {
      const { deploy, profile, strategy } = flags();
      expect(errorOf(() => deploy("first", "77", strategy("kill", 0).id))).toBe(
        `ResourceNotFoundException: Could not find version 77 of ${String(profile.outputs.configurationProfileId)}`,
      );
    });

    it("go from the version to the application", () => {
      const { cloud, applicationId, environment, profile, version } = flags();
      const stored = version(good);
      const application = {
        type: "aws:appconfig/application:Application",
        name: "shop",
        id: applicationId,
        inputs: {},
        outputs: {},
      };
      expect(errorOf(() => cloud.drop(application))).toBe(
        `BadRequestException: Cannot delete application ${applicationId} because it still has Environment ${environment.id}`,
      );
      expect(errorOf(() => cloud.drop(profile))).toBe(
        `BadRequestException: Cannot delete configuration profile ${profile.id} because there are still hosted configuration versions existing under it. (HostedConfigurationVersion ${stored.id})`,
      );
      for (const thing of [stored, profile, environment]) cloud.drop(thing);
      expect(errorOf(() => cloud.drop(application))).toBe("not refused");
    });
  });
}
