/** Starts the policy pack: the only file here with an effect. */
import { PolicyPack } from "@pulumi/policy";
import { Config, runtime } from "@pulumi/pulumi";
import { deserializeOnce } from "./kit/deserialize-once";
import { toPolicy } from "./kit/pack";
import { rules } from "./rules";

const host = {
  preview: () => runtime.isDryRun(),
  now: () => new Date(),
  // The one key of the stack's own configuration that the policies read: it is never stored, only passed.
  teardown: () => new Config("fridayproof").getBoolean("teardown") ?? false,
};

deserializeOnce();
new PolicyPack("fridayproof", { policies: rules.map((rule) => toPolicy(rule, host)) });
