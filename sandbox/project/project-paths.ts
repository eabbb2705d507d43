/** The two folders that everything about a project starts from. */

/** Where a project and what the sandbox keeps of it are. */
export interface ProjectPaths {
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  /** The git-ignored folder with states, account and locks. */
  readonly work: string;
}
