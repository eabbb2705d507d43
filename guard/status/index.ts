/** What runs in a stack, by its state: the package's public part about it. */
export {
  stackStatus,
  type DenyWindow,
  type PoolStatus,
  type Share,
  type SlotStatus,
  type StackStatus,
} from "./stack-status";
export type { StatusResource } from "./read";
