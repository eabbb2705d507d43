/** The simulated clouds for a real Pulumi CLI: its own engine decides, on a backend in the work folder. */
export { runRealEngine, type RealEngineOptions } from "./pulumi-cli/run";
