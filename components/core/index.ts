/** What the components, and whoever checks what they make, share: problems, blocks of addresses, names, units. No Pulumi. */
export { type Problem, ProblemsError, throwProblems, under } from "./checks";
export { type Cidr, contains, coversInternet, enclosing, formatCidr, overlaps, parseCidr, readCidr } from "./cidr";
export { readSchedule, type Schedule } from "./cron";
export { counted } from "./counted";
export { addDays, beginningOf, dayOf, daysBetween, isDay, millisecondsPerDay } from "./day";
export { didYouMean, slipOf } from "./did-you-mean";
export { OUTPUT_SIG, RESOURCE_SIG, SECRET_SIG, SIG, UNKNOWN } from "./engine-values";
export { escapeRegExp, globToRegExp, wildcards } from "./glob";
export { groupBy, groupPairs, type Groups } from "./groups";
export {
  type Architecture,
  type InstanceFacts,
  type InstanceType,
  instanceTypeProblems,
  instanceTypes,
  isInstanceType,
} from "./instance-types";
export { families, type Family } from "./ip-address";
export { escapeMarkup } from "./markup";
export { byMinor, minorOf } from "./minor";
export { nameProblems, physicalName } from "./names";
export { addOnNamespaces, platformNamespaces, reservedApplications, systemNamespaces } from "./namespaces";
export { parseQuantity, quantityUnits } from "./quantity";
export { type Mask, maskOf, SECRET_TEXT, secretForms } from "./secrets";
export { isStackType, makeUrn, nameOf, parseUrn, qualifiedTypeOf, splitReference, typeOf, type UrnParts } from "./urn";
export { clock, duration, inSeconds, percentage } from "./units";
