/** What is printed of a verdict: a document for programs, and text for people. */
export { durationText } from "../combined/duration";
export { type AcceptanceOptions, documentOf, type VerdictDocument } from "./document";
export { textOf } from "./text";
