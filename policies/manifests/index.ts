/** The rules on rendered YAML, and exemptions in its folders. */
export { counted } from "@fridayproof/components/core";
export { exemptionFile, type OwnExemptions, readExemptions, withExemption } from "./exemption-file";
export { isAbout } from "./is-about";
export { decoded, type Text } from "./files";
export {
  lintManifests,
  lintPaths,
  lintTexts,
  type ManifestFinding,
  type ManifestOptions,
  type ManifestReport,
} from "./lint";
