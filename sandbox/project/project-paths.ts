/** Where everything about a project is. */

/** Where a project and what the sandbox keeps of it are. */
export interface ProjectPaths {
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  /** The git-ignored folder with states, account and locks. */
  readonly work: string;
  /** The stack's configuration in this run, absolute. @default `Pulumi.<stack>.yaml` in the project's folder of configurations */
  readonly configFile?: string;
  /** Folder of the policy project that checks this run, absolute. @default the project's own */
  readonly policyPack?: string;
  /** Its configuration for the stack, a JSON file, absolute. @default `<stack>.json` in the project's folder for it */
  readonly policyPackConfig?: string;
}
