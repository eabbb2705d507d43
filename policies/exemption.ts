/** Exemptions as a project writes them for its policy configuration. */
export { type Exemption, exemptionFault, isExpired, rowsAbout, type RuleExemption } from "./kit/exemption";
