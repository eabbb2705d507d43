/** Starts the policy pack: the only file here with an effect. */
import { PolicyPack } from "@pulumi/policy";
import { Config, runtime } from "@pulumi/pulumi";
import { toPolicies } from "./kit/rule/pack";
import { rules } from "./rules";

const host = {
  preview: () => runtime.isDryRun(),
  now: () => new Date(),
  // Of the stack's own configuration the policies read these two keys, which are never stored, and the account.
  teardown: () => new Config("fridayproof").getBoolean("teardown") ?? false,
  callerCreates: () => new Config("fridayproof").get("role") === "caller",
  // AWS gives nobody this account: what holds only on the sandbox can never hold on a real one.
  sandbox: () => new Config("fridayproof").get("account") === "000000000000",
  account: () => new Config("fridayproof").get("account"),
};

new PolicyPack("fridayproof", { policies: [...toPolicies(rules, host)] });
