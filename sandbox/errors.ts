/** What the sandbox throws at its callers: each message is complete for a person. */
export {
  EXIT_NO_STACK,
  EXIT_USAGE,
  LockedError,
  messageOf,
  StateError,
  UserError,
  WorkFolderError,
} from "./core/errors";
