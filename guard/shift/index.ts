/** A shift of traffic between slots: the weights as they are written, and what must be true before they change. */
export { isLarge, planProblems, shiftProblems, strangerProblems } from "./checks";
export { readWeights, type SlotWeights, weightsText } from "./weights";
