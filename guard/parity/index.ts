/** Whether one stack is the other again, by their states: the package's public part about it. */
export { type Allowance, readAllowances } from "./allowances";
export { CLOSED_SECRET, type Difference, type DifferenceKind } from "./difference";
export {
  type ComparedStack,
  type Parity,
  type ParityOptions,
  parityOf,
  type ParityVerdict,
  type ShownDifference,
} from "./parity";
export { ParityError } from "./parity-error";
export { parityMarkdown } from "./markdown";
export { plannedState } from "./planned";
export { parityText } from "./text";
export { readDocument, type StackState, stateOf } from "./state";
