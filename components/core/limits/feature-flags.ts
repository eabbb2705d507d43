/** Numbers of feature flags in AWS AppConfig: what it takes, how a change is deployed, and how soon one is in force. */
import { choice, hardLimit, limits } from "./limit";

const FLAG_TYPE = "https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html";
const STRATEGY = "https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-deployment-strategy.html";

/** What a flag may be, and how its changes arrive. */
export const featureFlagLimits = limits("2026-11-30", {
  flagName: hardLimit(64, "characters", {
    source: FLAG_TYPE,
    reason: "AppConfig refuses a version in which a flag, or one of its attributes, is called longer.",
  }),
  objectName: hardLimit(64, "characters", {
    source: "https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateApplication.html",
    reason: "AppConfig refuses a longer name of an application, an environment or a strategy.",
  }),
  description: hardLimit(1024, "characters", {
    source: FLAG_TYPE,
    reason: "AppConfig refuses a version with a longer description of a flag.",
  }),
  documentSize: hardLimit(1_048_576, "bytes", {
    source: "https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-free-form-configurations-creating.html",
    reason: "What AppConfig's own store took in every edition of its guide; each pod's agent loads all of it at once.",
  }),
  growth: choice(100, "percent", {
    source: STRATEGY,
    reason:
      "All pods at once: AppConfig's own steps draw pods, so one person would have the flag on and off from request to request. The share of people is the flag's own percentage.",
  }),
  duration: choice(0, "minutes", {
    source: STRATEGY,
    reason: "With growth 100: what is deployed is served from the next poll on, and a kill with it.",
  }),
  bake: choice(10, "minutes", {
    source: STRATEGY,
    reason:
      "How long the alarm may still take a change back. While it lasts AppConfig starts no other deployment of the environment.",
  }),
  killBake: choice(0, "minutes", {
    source: STRATEGY,
    reason:
      "An alarm that rings takes back whatever is deployed, and it rings while a flag has to be killed: a kill is not watched.",
  }),
  killWithin: choice(16, "seconds", {
    source: "https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use.html",
    reason:
      "A poll of the agent (15 s), one of the application (half a second) and the response times: the bound of a kill after its deployment.",
  }),
  leastRequests: choice(50, "count", {
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html",
    reason: "In a minute with fewer requests one failed request is a large share, and the alarm would ring at night.",
  }),
});
