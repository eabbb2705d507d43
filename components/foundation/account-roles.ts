/** The roles that an account has before any environment, each with its trust and what it may do. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { throwProblems } from "../core/checks";
import { foundationLimits } from "../core/limits/foundation";
import { inSeconds } from "../core/units";
import { deployDocuments, documentProblems } from "./deploy-documents";
import type { DeployScope } from "./deploy-network";
import { pushStatements } from "./image-permissions";
import { policyJson, type Statement } from "../aws/iam";
import { noSecretsStatement, shapeStatements } from "./read-permissions";
import { stateReadStatements, type StateScope } from "./state-permissions";
import {
  type GitHubTrust,
  githubTrust,
  namedTrust,
  peopleTrust,
  principalProblems,
  secondFactorTrust,
  selfTrust,
  takesItself,
} from "./trust";

/** Arguments of {@link AccountRoles}. */
export interface AccountRolesArgs {
  /** What environments are called, where they stand and where their states are. */
  readonly scope: StateScope & Omit<DeployScope, "zoneIds">;
  /** Ids of the hosted zones of the environments' domains, known once they are looked up. */
  readonly zoneIds: pulumi.Input<readonly string[]>;
  /** Name of each role. */
  readonly names: Readonly<Record<"deploy" | "preview" | "ecrPush" | "readOnly" | "breakGlass", string>>;
  /** Who logs in to the roles of the pipeline; the provider exists by then. */
  readonly trust: Readonly<Record<"deploy" | "preview" | "ecrPush", GitHubTrust>>;
  /**
   * The identity provider, when this stack makes it: roles that trust it depend on it.
   * @default none: it exists already
   */
  readonly provider?: pulumi.Resource;
  /**
   * Principals that may assume a role beside those that its trust policy allows anyway, each as `user/<name>`, `role/<name>` or
   * `permission-set/<name>`. For `deploy` whoever brings environments up before the pipeline does; for `breakGlass` those
   * whose second factor IAM does not check.
   * @default nobody
   */
  readonly principals?: Readonly<Partial<Record<"deploy" | "breakGlass", readonly string[]>>>;
  /** Repositories that the pipeline pushes to, as ECR takes them in an ARN. */
  readonly repositories: readonly string[];
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** AWS's own policy for break-glass access: by then the missing permission is not known. */
const EVERYTHING = "arn:aws:iam::aws:policy/AdministratorAccess";

/** Raw resources of {@link AccountRoles}. */
export interface AccountRolesNodes {
  /** Role that brings environments up. */
  readonly deploy: aws.iam.Role;
  /** Role of previews. */
  readonly preview: aws.iam.Role;
  /** Role that pushes images. */
  readonly ecrPush: aws.iam.Role;
  /** Role with read access, for people. */
  readonly readOnly: aws.iam.Role;
  /** Role for people in an emergency. */
  readonly breakGlass: aws.iam.Role;
}

/**
 * The pipeline's roles and people's; environments compute their ARNs and never look one up.
 *
 * @example
 * ```typescript
 * const issuer = "token.actions.githubusercontent.com";
 * const identity = githubIdentity("github", { issuer }, { provider });
 * const workflow = {
 *   providerArn: `arn:aws:iam::000000000000:oidc-provider/${issuer}`,
 *   issuer,
 *   repository: "example/fridayproof",
 *   subject: "repo:example/fridayproof",
 *   branch: "main",
 * };
 * new AccountRoles(
 *   "roles",
 *   {
 *     scope: {
 *       account: "000000000000",
 *       regions: ["us-east-1"],
 *       parts: ["network", "front-door", "blue", "green"],
 *       trafficParts: ["network", "front-door", "blue", "green"],
 *       platform: "fridayproof",
 *       environments: ["prod"],
 *       environmentTag: "fridayproof.dev/environment",
 *       stateBuckets: ["fridayproof-state-000000000000-us-east-1"],
 *       stateKeyAlias: "alias/fridayproof-state",
 *       managedPolicies: ["arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"],
 *     },
 *     zoneIds: ["Z0123456789ABCDEFGHIJ"],
 *     names: {
 *       deploy: "fridayproof-deploy",
 *       preview: "fridayproof-preview",
 *       ecrPush: "fridayproof-ecr-push",
 *       readOnly: "fridayproof-read-only",
 *       breakGlass: "fridayproof-break-glass",
 *     },
 *     trust: {
 *       deploy: { ...workflow, contexts: ["environment:production"], workflows: ["deploy.yml"] },
 *       preview: { ...workflow, contexts: ["environment:preview"] },
 *       ecrPush: { ...workflow, contexts: ["ref:refs/heads/main"], workflows: ["release.yml"] },
 *     },
 *     provider: identity,
 *     repositories: ["fridayproof/*"],
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class AccountRoles extends pulumi.ComponentResource {
  /** ARN of the role that brings environments up. */
  public readonly deployRoleArn: pulumi.Output<string>;
  /** ARN of the role of previews. */
  public readonly previewRoleArn: pulumi.Output<string>;
  /** ARN of the role that pushes images. */
  public readonly ecrPushRoleArn: pulumi.Output<string>;

  private readonly base: string;

  readonly #nodes: AccountRolesNodes;

  /** @throws ProblemsError when a document is longer than IAM takes, or a principal might be more than one. */
  constructor(name: string, args: AccountRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    const { scope, names } = args;
    const deployArn = `arn:aws:iam::${scope.account}:role/${names.deploy}`;
    const previewArn = `arn:aws:iam::${scope.account}:role/${names.preview}`;
    const { deploy: bootstrap = [], breakGlass: glass = [] } = args.principals ?? {};
    throwProblems(`AccountRoles "${name}"`, [
      ...documentProblems(deployDocuments({ ...scope, zoneIds: [] }, deployArn)),
      ...principalProblems("principals.deploy", bootstrap),
      ...principalProblems("principals.breakGlass", glass),
    ]);
    super("fridayproof:foundation:AccountRoles", name, {}, opts);
    this.base = name;

    const reads = [...shapeStatements(), noSecretsStatement()];
    const deploy = this.role("deploy", args, [
      githubTrust(args.trust.deploy),
      selfTrust(scope.account, deployArn),
      ...(bootstrap.length > 0 ? [namedTrust(scope.account, "Bootstrap", bootstrap)] : []),
    ]);
    this.deployPolicies(deploy, deployArn, args);
    const preview = this.role("preview", args, [githubTrust(args.trust.preview), selfTrust(scope.account, previewArn)]);
    this.inline(preview, "preview", [...reads, ...stateReadStatements(scope), takesItself(previewArn)]);
    const ecrPush = this.role("ecrPush", args, [githubTrust(args.trust.ecrPush)]);
    this.inline(ecrPush, "ecr-push", pushStatements(scope, args.repositories));
    const readOnly = this.role("readOnly", args, [peopleTrust(scope.account)]);
    this.inline(readOnly, "read-only", [...reads, ...kubernetesReads(scope)]);
    const breakGlass = this.role("breakGlass", args, [
      secondFactorTrust(scope.account),
      ...(glass.length > 0 ? [namedTrust(scope.account, "PermissionSets", glass)] : []),
    ]);
    new aws.iam.RolePolicyAttachment(
      `${name}-break-glass-everything`,
      { role: breakGlass.name, policyArn: EVERYTHING },
      { parent: this },
    );

    this.deployRoleArn = deploy.arn;
    this.previewRoleArn = preview.arn;
    this.ecrPushRoleArn = ecrPush.arn;
    this.#nodes = { deploy, preview, ecrPush, readOnly, breakGlass };
    this.registerOutputs({
      deployRoleArn: this.deployRoleArn,
      previewRoleArn: this.previewRoleArn,
      ecrPushRoleArn: this.ecrPushRoleArn,
    });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): AccountRolesNodes {
    return this.#nodes;
  }

  private role(
    role: keyof AccountRolesArgs["names"],
    { names, provider, tags }: AccountRolesArgs,
    trust: Parameters<typeof policyJson>[0],
  ): aws.iam.Role {
    const { description, people } = ROLES[role];
    const { deploySession, personSession, sessionAtMost } = foundationLimits;
    const others = people ? personSession : sessionAtMost;
    const session = role === "deploy" ? deploySession : others;
    return new aws.iam.Role(
      `${this.base}-${ROLES[role].child}`,
      {
        name: names[role],
        description,
        assumeRolePolicy: policyJson(trust),
        maxSessionDuration: inSeconds(session),
        tags,
      },
      { parent: this, dependsOn: provider === undefined || people ? [] : [provider] },
    );
  }

  private inline(role: aws.iam.Role, child: string, statements: readonly Statement[]): void {
    new aws.iam.RolePolicy(
      `${this.base}-${child}-policy`,
      { role: role.name, policy: policyJson(statements) },
      { parent: this },
    );
  }

  private deployPolicies(
    role: aws.iam.Role,
    deployArn: string,
    { scope, zoneIds, names, tags }: AccountRolesArgs,
  ): void {
    const documents = pulumi.output(zoneIds).apply((ids) => deployDocuments({ ...scope, zoneIds: ids }, deployArn));
    for (const subject of Object.keys(deployDocuments({ ...scope, zoneIds: [] }, deployArn))) {
      const child = `${this.base}-deploy-${subject}`;
      const policy = new aws.iam.Policy(
        child,
        { name: `${names.deploy}-${subject}`, policy: documents.apply((all) => all[subject] ?? ""), tags },
        { parent: this },
      );
      new aws.iam.RolePolicyAttachment(
        `${child}-attached`,
        { role: role.name, policyArn: policy.arn },
        { parent: this },
      );
    }
  }
}

/** Permission to view Kubernetes objects in the console; the cluster's access entry limits which. */
function kubernetesReads({ account, regions, platform }: DeployScope | AccountRolesArgs["scope"]): Statement[] {
  const Resource = regions.map((region) => `arn:aws:eks:${region}:${account}:cluster/${platform}-*`);
  return [{ Sid: "KubernetesInTheConsole", Effect: "Allow", Action: ["eks:AccessKubernetesApi"], Resource }];
}

/** Description of each role in the console. */
const ROLES = {
  deploy: { child: "deploy", description: "The deploy workflow brings environments up", people: false },
  preview: { child: "preview", description: "Pull requests look at what would change", people: false },
  ecrPush: { child: "ecr-push", description: "The release workflow pushes images", people: false },
  readOnly: { child: "read-only", description: "People look at environments", people: true },
  breakGlass: { child: "break-glass", description: "People repair what nothing else can", people: true },
} as const;
