/** Exemptions as a project writes them for its policy configuration. */
export { type Exemption, exemptionProblem, isExpired, rowsAbout, type RuleExemption } from "./kit/rule/exemption";
