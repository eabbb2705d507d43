/** The program of `foundation`: what every environment of the account computes the names of, or looks up. */
import { throwProblems } from "@fridayproof/components/core";
import {
  AccountRoles,
  Certificates,
  delegatedZone,
  githubIdentity,
  ImageStore,
  publicNameServers,
  Runner,
  StateStore,
  Trail,
} from "@fridayproof/components/foundation";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type FoundationSettings, readFoundationSettings } from "../inputs/config";
import * as conventions from "../inputs/conventions";
import type { EnvironmentInput } from "../environments/schema";
import { environments } from "../environments/environments";
import { type Foundation, foundation } from "./foundation";
import { foundationProblems } from "./check";
import { databases } from "./databases";
import { declareSecrets, type OwnedSecret, ownedSecrets } from "./secrets";
import { readLock } from "../inputs/lock";
import type { Outputs } from "../inputs/outputs";
import { checkedQuotas } from "./quota-check";
import { accountRoleArn, accountRoleName } from "../inputs/roles";
import { withRunErrors } from "../inputs/run-error";

interface Inputs {
  readonly data: Foundation;
  readonly all: readonly EnvironmentInput[];
  readonly settings: FoundationSettings;
  /** Secrets of all environments. */
  readonly secrets: readonly OwnedSecret[];
  /** Charts of the lock file, by their names in their repositories. */
  readonly charts: readonly string[];
  readonly protect: boolean;
}

const TAGS = { "fridayproof.dev/stack": "foundation" };

function readInputs(data: Foundation, all: readonly EnvironmentInput[]): Inputs {
  throwProblems("stacks/account/foundation.ts", foundationProblems(data, all));
  const settings = readFoundationSettings();
  const charts = [...new Set(Object.values(readLock().charts).map(({ chart }) => chart))].sort();
  return { data, all, settings, secrets: ownedSecrets(all), charts, protect: !settings.teardown };
}

/** A provider per region, with the caller's own credentials: the deploy role does not exist yet. */
function providersOf({ data, settings }: Inputs): ReadonlyMap<string, aws.Provider> {
  return new Map(
    data.regions.map((region) => [region, new aws.Provider(region, { region, allowedAccountIds: [settings.account] })]),
  );
}

/** Ids of the hosted zones, each known once its delegation is found. */
function zonesOf({ data, settings }: Inputs, provider: aws.Provider): Readonly<Record<string, pulumi.Output<string>>> {
  const domains = [...new Set(data.certificates.flatMap((request) => request.domains))];
  return Object.fromEntries(
    domains.map((name) => {
      const zone = aws.route53.getZoneOutput({ name }, { provider });
      // The sandbox's zones cannot be delegated; everywhere else an undelegated zone is a wait of 75 minutes.
      const onSandbox = settings.account === conventions.SANDBOX_ACCOUNT;
      const checked = zone.apply(async ({ zoneId, nameServers }) =>
        onSandbox ? zoneId : delegatedZone(name, { zoneId, nameServers }, publicNameServers),
      );
      return [name, checked] as const;
    }),
  );
}

function rolesOf(
  inputs: Inputs,
  zones: Readonly<Record<string, pulumi.Output<string>>>,
  provider: aws.Provider,
): AccountRoles {
  const { data, settings } = inputs;
  const { account, githubRepository: repository, githubSubject: subject, githubProviderArn } = settings;
  const issuer = conventions.GITHUB_ISSUER;
  const identity =
    githubProviderArn === undefined ? githubIdentity("github", { issuer, tags: TAGS }, { provider }) : undefined;
  const providerArn = githubProviderArn ?? conventions.githubProviderArn(account);
  const common = { providerArn, issuer, repository, subject, branch: data.branch };
  return new AccountRoles(
    "roles",
    {
      scope: scopeOf(inputs),
      zoneIds: pulumi.all(Object.values(zones)),
      names: {
        deploy: accountRoleName("deploy"),
        preview: accountRoleName("preview"),
        ecrPush: accountRoleName("ecr-push"),
        readOnly: accountRoleName("read-only"),
        breakGlass: accountRoleName("break-glass"),
      },
      trust: {
        deploy: {
          ...common,
          contexts: [`environment:${data.deployEnvironment}`],
          workflows: data.workflows.deploy,
        },
        // A pull request brings its own workflow file: what stands between it and the role is the reviewer.
        preview: { ...common, contexts: [`environment:${data.previewEnvironment}`] },
        ecrPush: { ...common, contexts: [`ref:refs/heads/${data.branch}`], workflows: data.workflows.push },
      },
      provider: identity,
      principals: { deploy: data.bootstrapPrincipals, breakGlass: data.breakGlassPrincipals },
      repositories: [`${conventions.PLATFORM}/*`],
      tags: TAGS,
    },
    { providers: [provider] },
  );
}

function scopeOf({ data, all, settings }: Inputs): ConstructorParameters<typeof AccountRoles>[1]["scope"] {
  const { account } = settings;
  return {
    account,
    regions: data.regions,
    parts: conventions.ENVIRONMENT_PARTS,
    trafficParts: conventions.TRAFFIC_PARTS,
    platform: conventions.PLATFORM,
    environments: all.map(({ name }) => name),
    environmentTag: conventions.ENVIRONMENT_TAG,
    stateBuckets: data.regions.map((region) => conventions.stateBucketName(account, region)),
    stateKeyAlias: conventions.STATE_KEY_ALIAS,
    managedPolicies: data.managedPolicies.map((policy) => `arn:aws:iam::aws:policy/${policy}`),
  };
}

function stores(inputs: Inputs, regions: readonly { readonly region: string; readonly provider: aws.Provider }[]) {
  const { data, settings, charts, protect } = inputs;
  const { account } = settings;
  const states = new StateStore("state", {
    regions: regions.map((each) => ({ ...each, bucket: conventions.stateBucketName(account, each.region) })),
    keyAlias: conventions.STATE_KEY_ALIAS,
    protect,
    tags: TAGS,
  });
  const images = new ImageStore("images", {
    account,
    regions,
    applications: data.applications.map(conventions.applicationRepository),
    mirrors: [...charts.map(conventions.chartRepository), ...data.images.map(conventions.imageRepository)],
    prefix: `${conventions.PLATFORM}/`,
    forceDelete: !protect,
    tags: TAGS,
  });
  return { states, images };
}

function runners({ data, settings, protect }: Inputs, providers: ReadonlyMap<string, aws.Provider>): Runner[] {
  return data.runners.map((runner) => {
    const name = `runner-${runner.region}`;
    const provider = providers.get(runner.region);
    return new Runner(
      name,
      {
        ...runner,
        account: settings.account,
        project: `${conventions.PLATFORM}-${name}`,
        repository: settings.githubRepository,
        connectionArn: settings.githubConnectionArn ?? "",
        image: data.runnerImage,
        protect,
        tags: TAGS,
      },
      { providers: provider === undefined ? [] : [provider] },
    );
  });
}

/**
 * Declares the foundation.
 * @returns the stack's outputs: for people; environments compute the same.
 * @throws RunError when data, configuration or lock file are wrong.
 */
export function foundationProgram(data: Foundation = foundation, all = environments): Promise<Outputs> {
  return withRunErrors(() => declareChecked(readInputs(data, all)));
}

function declareChecked(inputs: Inputs): Promise<Outputs> {
  const { data, all } = inputs;
  const providers = providersOf(inputs);
  const regions = [...providers].map(([region, provider]) => ({ region, provider }));
  const [home] = regions;
  if (home === undefined) throw new pulumi.RunError("stacks/account/foundation.ts: regions: name at least one");
  // Before anything is declared: what throws later leaves half a foundation.
  return checkedQuotas(data, all, inputs.settings, home.provider).then((quotas) => ({
    ...declare(inputs, providers, [home, ...regions.slice(1)]),
    quotas,
  }));
}

/** One region with its provider. */
interface Region {
  readonly region: string;
  readonly provider: aws.Provider;
}

function declare(
  inputs: Inputs,
  providers: ReadonlyMap<string, aws.Provider>,
  regions: readonly [Region, ...Region[]],
): Outputs {
  const { data, settings, protect } = inputs;
  const [home] = regions;
  const { account } = settings;
  const zones = zonesOf(inputs, home.provider);
  const roles = rolesOf(inputs, zones, home.provider);
  const { states } = stores(inputs, regions);
  databases({ ...inputs, account, tags: TAGS }, providers, roles.deployRoleArn);
  declareSecrets({ ...inputs, tags: TAGS }, providers);
  const certificates = new Certificates("certificates", {
    certificates: data.certificates.flatMap((request) => {
      const provider = providers.get(request.region);
      return provider === undefined ? [] : [{ ...request, provider }];
    }),
    zoneIds: zones,
    protect,
    tags: { ...TAGS, ...conventions.CERTIFICATE_TAGS },
  });
  new Trail(
    "trail",
    {
      account,
      region: home.region,
      trailName: conventions.PLATFORM,
      bucket: conventions.trailBucketName(account),
      protect,
      tags: TAGS,
    },
    { providers: [home.provider] },
  );
  return {
    deployRoleArn: roles.deployRoleArn,
    previewRoleArn: roles.previewRoleArn,
    ecrPushRoleArn: roles.ecrPushRoleArn,
    readOnlyRoleArn: accountRoleArn(account, "read-only"),
    breakGlassRoleArn: accountRoleArn(account, "break-glass"),
    backends: Object.fromEntries(data.regions.map((region) => [region, conventions.backendUrl(account, region)])),
    secretsProvider: conventions.secretsProvider(),
    stateKeyArns: states.keyArns,
    certificateArns: certificates.arns,
    runnerAddresses: runners(inputs, providers).map(({ address }) => address),
  };
}
