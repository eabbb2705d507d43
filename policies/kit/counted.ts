/** Numbers of things, as sentences say them. */
export { counted } from "@fridayproof/components/core";
