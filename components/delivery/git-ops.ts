/** What Argo CD follows: a project, a namespace and its closed network for each application, and the root ApplicationSet. */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { guardedNamespace } from "../charts/guarded-namespace";
import { type Problem, throwProblems, under } from "../core/checks";
import { nameProblems } from "../core/names";
import { applicationNetwork } from "./application-network";
import { type FreezeCalendar, freezeProblems } from "./freeze";
import { branchForm } from "./branch";
import { type GitOpsStandby, projectName, projectOf, projectSpec, rootSpec } from "./git-ops-objects";

/** Arguments of {@link GitOps}. */
export interface GitOpsArgs {
  /** Argo CD's release: brings the kinds, and must outlive every Application, whose finalizers are its own. */
  readonly argoCd: pulumi.Resource;
  /**
   * What makes the Secrets for log-ins to Argo CD and for notifications of releases: there before the first application.
   * Undefined ones are left out. @default none
   */
  readonly secrets?: readonly (pulumi.Resource | undefined)[];
  /**
   * Nodes, name resolution and roles that applications need; edges only: what a namespace holds ends before them.
   * @default none: whatever the provider waits for
   */
  readonly runsOn?: readonly pulumi.Resource[];
  /** Namespace of Argo CD. */
  readonly argoCdNamespace: pulumi.Input<string>;
  /** Name of the environment; applications are the folders of `gitops/<environment>`. */
  readonly environment: string;
  /** Git repository, an https URL. */
  readonly repositoryUrl: string;
  /** Protected branch that is followed. */
  readonly revision: string;
  /**
   * The Secret that lets Argo CD read the repository, which External Secrets makes. Without it the repository must be
   * public, or no application would ever appear.
   * @default none
   */
  readonly repositoryCredential?: pulumi.Resource;
  /** Names of the applications, each with a folder in Git, a project and a namespace here; a folder not named is refused. */
  readonly applications: readonly string[];
  /** When nothing is deployed by itself. */
  readonly freezes: FreezeCalendar;
  /**
   * Why the freezes are lifted for now, such as a failover; stands on the project.
   * @default none: the freezes hold
   */
  readonly freezeOverride?: string;
  /**
   * Whether migrations and scheduled jobs run here, which stand in each application's folder `once`: true in one of the
   * clusters that serve together.
   * @default true
   */
  readonly runsOnce?: boolean;
  /** What does not run because the environment is the leg of a pair that stands by. @default it serves */
  readonly standby?: GitOpsStandby;
  /** Whether what applications made stays when they go. False only while torn down. @default true */
  readonly preserveOnDeletion?: boolean;
}

function problemsOf(args: GitOpsArgs): Problem[] {
  const problems = under("freezes", freezeProblems(args.freezes));
  if (!/^https:\/\/[^/]+\/.+/.test(args.repositoryUrl)) {
    const fix = "Give the URL that git clone takes over https.";
    problems.push({ path: "repositoryUrl", got: args.repositoryUrl, allowed: "an https URL with a path", fix });
  }
  if (!branchForm.test(args.revision)) {
    const fix = "Name the protected branch: HEAD is whatever the host calls its default today.";
    problems.push({ path: "revision", got: args.revision, allowed: "a branch", fix });
  }
  args.applications.forEach((application, index) => {
    problems.push(...nameProblems("kubernetesLabel", `applications[${index}]`, application));
    if (args.applications.indexOf(application) !== index) {
      const fix = "Name it once.";
      problems.push({ path: `applications[${index}]`, got: application, allowed: "each name once", fix });
    }
  });
  return problems;
}

/** Raw resources of {@link GitOps}. */
export interface GitOpsNodes {
  /** Namespace of each application. */
  readonly namespaces: readonly kubernetes.core.v1.Namespace[];
  /** AppProject of each application. */
  readonly projects: readonly kubernetes.apiextensions.CustomResource[];
  /** The root ApplicationSet. */
  readonly applicationSet: kubernetes.apiextensions.CustomResource;
}

/**
 * The projects, the namespaces and the ApplicationSet from which every application follows.
 *
 * @example
 * ```typescript
 * new GitOps(
 *   "blue-git-ops",
 *   {
 *     argoCd: argoCd.release,
 *     secrets: [secrets.oidcSecret, secrets.notificationsSecret],
 *     argoCdNamespace: argoCd.namespaceName,
 *     environment: "prod",
 *     repositoryUrl: "https://github.com/example/fridayproof.git",
 *     revision: "main",
 *     repositoryCredential: secrets.repositoryCredential,
 *     applications: ["shop"],
 *     freezes: {
 *       timeZone: "Europe/Berlin",
 *       freezes: [{ on: "every-week", weekday: "sunday", at: "22:00", hours: 4, reason: "The weekly backup runs." }],
 *     },
 *   },
 *   { providers: [inside] },
 * );
 * ```
 */
export class GitOps extends pulumi.ComponentResource {
  /** Names of the applications' projects, each with the one namespace of its application. */
  public readonly projectNames: pulumi.Output<string[]>;
  /** Namespaces of the applications. */
  public readonly applicationNamespaces: pulumi.Output<string[]>;

  readonly #nodes: GitOpsNodes;

  /** @throws Error listing everything that Argo CD would refuse, or would take for something else. */
  constructor(name: string, args: GitOpsArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`GitOps "${name}"`, problemsOf(args));
    super("fridayproof:delivery:GitOps", name, {}, opts);

    const namespaces = args.applications.map((application) =>
      guardedNamespace(
        `${name}-${application}-namespace`,
        { namespace: application, enforce: "restricted" },
        { parent: this, dependsOn: [...(args.runsOn ?? [])] },
      ),
    );
    const networks = namespaces.map(({ metadata }, index) =>
      applicationNetwork(`${name}-${args.applications[index]}-network`, metadata.name, { parent: this }),
    );
    // Without an application: the freezes are to be seen where nothing is deployed yet, and what was made by hand is refused.
    const nobodys = this.project(`${name}-project`, args);
    const projects = args.applications.map((application) =>
      this.project(`${name}-${application}-project`, args, application),
    );
    const { preserveOnDeletion = true, runsOnce = true } = args;
    const read = [args.repositoryCredential, ...(args.secrets ?? [])].filter((secret) => secret !== undefined);
    const { runsOn = [] } = args;
    const applicationSet = new kubernetes.apiextensions.CustomResource(
      `${name}-root`,
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "ApplicationSet",
        metadata: { name: args.environment, namespace: args.argoCdNamespace },
        spec: rootSpec({ ...args, preserveOnDeletion, runsOnce }),
      },
      // It goes first: its Applications need projects, namespaces and Argo CD to let go of what they made.
      {
        parent: this,
        dependsOn: [args.argoCd, nobodys, ...projects, ...namespaces, ...networks, ...read, ...runsOn],
      },
    );

    this.#nodes = { namespaces, projects, applicationSet };
    this.projectNames = pulumi.all(projects.map(({ metadata }) => metadata.name));
    this.applicationNamespaces = pulumi.all(namespaces.map(({ metadata }) => metadata.name));
    this.registerOutputs({ projectNames: this.projectNames, applicationNamespaces: this.applicationNamespaces });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): GitOpsNodes {
    return this.#nodes;
  }

  private project(name: string, args: GitOpsArgs, application?: string): kubernetes.apiextensions.CustomResource {
    const overridden = args.freezeOverride !== undefined && {
      annotations: { "fridayproof.dev/freeze-override": args.freezeOverride },
    };
    const called = application === undefined ? projectName : projectOf(application);
    return new kubernetes.apiextensions.CustomResource(
      name,
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "AppProject",
        metadata: { name: called, namespace: args.argoCdNamespace, ...overridden },
        spec: projectSpec({ ...args, application }),
      },
      { parent: this, dependsOn: [args.argoCd] },
    );
  }
}
