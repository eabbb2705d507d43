/** Starts the policy pack: the only file here with an effect. */
import { PolicyPack } from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";
import { toPolicy } from "./kit/pack";
import { rules } from "./rules";

const host = { preview: () => runtime.isDryRun(), now: () => new Date() };

new PolicyPack("fridayproof", { policies: rules.map((rule) => toPolicy(rule, host)) });
