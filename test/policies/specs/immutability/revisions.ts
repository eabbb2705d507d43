/** Cases of the immutability rules about images and versions. */
import { ecrImmutable, imageDigest } from "../../../../policies/immutability/images";
import { nodeVersionsPinned } from "../../../../policies/immutability/node-versions-pinned";
import { analysisTemplate, application, but, container, deployment, digest, nodeGroup } from "../../support/fixtures";
import { everySource } from "../../support/delivery";
import type { Given } from "../../support/rule";
import { given, object, previewed, UNKNOWN, type Spec } from "../../support/spec";
import { karpenterImageCases } from "./karpenter-images";
import { pullCases } from "./image-pulls";
import { operatedCases } from "./operated-images";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const repository: Given = {
  type: "aws:ecr/repository:Repository",
  name: "shop",
  props: { imageTagMutability: "IMMUTABLE" },
};
const expiring = (selection: Readonly<Record<string, unknown>>): Given => ({
  type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  name: "shop",
  props: { policy: JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: "expire" } }] }) },
});
const image = (imageId: string): Given => ({
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  name: "apps",
  props: { imageId },
});
const addon: Given = {
  type: "aws:eks/addon:Addon",
  name: "dns",
  props: { addonName: "coredns", addonVersion: "v1.12.4-eksbuild.1" },
};
const sourced = (parts: object): Given => but(application, { "spec.source": { ...source, ...parts } });
const source = { repoURL: "https://github.com/acme/manifests.git", path: "shop", targetRevision: "b".repeat(40) };

const operated = (spec: object) =>
  object("monitoring.coreos.com/v1:Prometheus", "p", { metadata: { name: "p", namespace: "monitoring" }, spec });

/** Cases of the immutability rules about images and versions. */
export const revisionSpecs: readonly Spec[] = [
  {
    rule: imageDigest,
    good: {
      "everything that a source may say": given(...everySource),

      "tag and digest": given(deployment),
      "the gateway's own word": given(but(deployment, { [`${first}.image`]: "auto" })),
      "an analysis without pods": given(analysisTemplate),
      "an operator's object by digest, and words that are no image": given(
        operated({ image: `quay.io/prometheus/prometheus:v3@${digest}`, bootImage: "shop", size: 3 }),
      ),
      "an operator's other fields": given(
        operated({
          upgradedFrom: "quay.io/a/b:1",
          image: { pullPolicy: "Always" },
          source: { kustomize: { images: ["a:1"] } },
        }),
      ),
      "images of an application by digest": given(
        sourced({ kustomize: { images: [`shop=example.com/shop@${digest}`, ""] } }),
        sourced({
          helm: {
            parameters: [
              { name: "image.tag", value: "1.2.3" },
              { name: "image.digest", value: digest },
              { name: "sidecar.image", value: `proxy@${digest}` },
              { name: "replicas", value: "3" },
              { name: "image.tagline", value: "new" },
            ],
            values: `image:\n  repository: shop\n  tag: "1.2.3@${digest}"\n`,
            valuesObject: {
              image: { repository: "shop", tag: "1", digest },
              proxy: { image: { repository: "proxy", tag: "1", sha: digest } },
              imagePullPolicy: "IfNotPresent",
              pilgrimage: "shop:1",
              jobs: [{ image: "auto" }],
              initImage: `init@${digest}`,
              sidecar: { image: { repository: "x" } },
            },
          },
        }),
        sourced({
          plugin: {
            env: [
              { name: "IMAGE", value: `shop@${digest}` },
              { name: "REGION", value: "a" },
              { name: "IMAGE_PULL_POLICY", value: "Always" },
            ],
          },
        }),
      ),
      ...pullCases.good,
      ...operatedCases.good,
    },
    bad: {
      "parameters without dots, and tags with the digest of another image": given(
        sourced({ helm: { parameters: ["image", "tag"].map((name) => ({ name, value: "shop:1" })) } }),
        sourced({
          helm: {
            parameters: [
              { name: "image.tag", value: "1.2.3" },
              { name: "image.digestFile", value: digest },
              { name: "sidecar.digest", value: digest },
            ],
          },
        }),
      ),
      "values in lists, and values that a preview hides": previewed(
        sourced({ helm: { valuesObject: { image: [{ image: "shop:1" }] } } }),
        sourced({ helm: { valuesObject: UNKNOWN } }),
      ),
      "a volume without a name": given(
        but(deployment, { [`${pod}.volumes`]: [{ image: { reference: "shop/model:1" } }] }),
      ),
      "an operator's object with containers, told once": given(
        operated({
          containers: [{ name: "a", image: "quay.io/a/b:1" }],
          containersDefaults: { image: "quay.io/a/c:1" },
        }),
      ),
      "63 digits": given(but(deployment, { [`${first}.image`]: `shop@${digest.slice(0, -1)}` })),
      "a tagged initContainer": given(
        but(deployment, { [`${pod}.initContainers`]: [{ ...container, name: "init", image: "init:1" }] }),
      ),
      "no image": given(but(deployment, { [`${first}.image`]: undefined })),
      "upper-case digits": given(but(deployment, { [`${first}.image`]: `shop@sha256:${"A".repeat(64)}` })),
      "images of a kustomization by tag": given(sourced({ kustomize: { images: ["shop=example.com/shop:1.2.3"] } })),
      "parameters of a chart": given(
        sourced({
          helm: {
            parameters: [
              { name: "image.tag", value: "1.2.3" },
              { name: "image.digest", value: "latest" },
              { name: "sidecarImage", value: "proxy:1" },
            ],
          },
        }),
      ),
      "values of a chart in a text": given(sourced({ helm: { values: "a:\n- image: shop:1\n" } })),
      "values of a chart": given(
        sourced({ helm: { valuesObject: { image: { repository: "shop", tag: "latest" }, initImage: "init:1" } } }),
      ),
      "values of a hydrator's chart": given(
        but(application, { "spec.sourceHydrator.drySource": { helm: { values: "image: { tag: latest }" } } }),
      ),
      "what a plugin is told": given(
        sourced({
          plugin: { env: [{ name: "IMAGE", value: "shop:1" }], parameters: [{ name: "image-tag", string: "1.2" }] },
        }),
      ),
      "the job of an analysis": given(
        but(analysisTemplate, {
          "spec.metrics.0.provider": {
            job: { spec: { template: { spec: { containers: [{ name: "smoke", image: "curl:8" }] } } } },
          },
        }),
      ),
      "an operator's object": given(operated({ image: "quay.io/prometheus/prometheus:latest" })),
      "parts of an operator's object": given(
        operated({ parts: [{ thanosImage: "quay.io:443/thanos/thanos" }], containers: [{ name: "a", image: "a:1" }] }),
      ),
      "a volume": given(
        but(deployment, { [`${pod}.volumes`]: [{ name: "model", image: { reference: "shop/model:1" } }] }),
      ),
      "a ReplicationController and a workflow": given(
        object("core/v1:ReplicationController", "old", {
          spec: { template: { spec: { containers: [{ name: "a", image: "a:1" }] } } },
        }),
        object("argoproj.io/v1alpha1:Workflow", "once", {
          spec: { templates: [{ name: "t", script: { name: "b", image: "b:1" } }] },
        }),
      ),
      "no image of a container without a name": given(
        but(deployment, { [`${first}.image`]: "shop:1", [`${first}.name`]: undefined }),
      ),
      ...pullCases.bad,
      ...operatedCases.bad,
    },
  },
  {
    rule: ecrImmutable,
    good: {
      immutable: given(repository),
      "a template of such": given({
        ...repository,
        type: "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
      }),
      "being taken down": { ...given(but(repository, { forceDelete: true })), context: { teardown: true } },
      "what nothing names any more": given(
        expiring({ tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 1 }),
        expiring({ tagStatus: "any", countType: "imageCountMoreThan", countNumber: 50 }),
        expiring({ tagStatus: "tagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 90 }),
      ),
    },
    bad: {
      "all but some": given(but(repository, { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" })),
      "images that go with it": given(but(repository, { forceDelete: true })),
      "a template that lets tags move": given({
        ...but(repository, { imageTagMutability: "MUTABLE" }),
        type: "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
      }),
      "words that are no mutability": given(
        but(repository, { imageTagMutability: "XMUTABLE" }),
        but(repository, { imageTagMutability: "MUTABLE_X" }),
      ),
      "images of whatever status": given(expiring({ countType: "imageCountMoreThan", countNumber: 1 })),
      "images that still run": given(
        expiring({ tagStatus: "any", countType: "sinceImagePushed", countUnit: "days", countNumber: 1 }),
        {
          ...expiring({ tagStatus: "tagged", tagPrefixList: ["v"], countType: "imageCountMoreThan", countNumber: 1 }),
          name: "web",
        },
      ),
      unset: given(but(repository, { imageTagMutability: undefined })),
      mutable: given(but(repository, { imageTagMutability: "MUTABLE" })),
    },
  },
  {
    rule: nodeVersionsPinned,
    good: {
      pinned: given(addon, nodeGroup),
      "an AMI of one's own": given(but(nodeGroup, { amiType: "CUSTOM", releaseVersion: undefined })),
      "no template of its own": given(but(nodeGroup, { launchTemplate: undefined })),
      "an image by its id, and by a version of a parameter": given(
        image("ami-0a1b"),
        image("resolve:ssm:/aws/eks/ami:12"),
      ),
      "a dollar inside": given(but(nodeGroup, { "launchTemplate.version": "3$" })),
      ...karpenterImageCases.good,
    },
    bad: {
      "an add-on": given(but(addon, { addonVersion: undefined })),
      "a node group": given(but(nodeGroup, { releaseVersion: "" })),
      "a version of blanks, and one that is a word": given(
        but(addon, { addonVersion: " " }),
        but(addon, { addonVersion: "latest" }),
      ),
      "an image by a parameter that moves": given(image("resolve:ssm:/aws/service/eks/recommended/image_id")),
      "the latest template of an Auto Scaling group": given({
        type: "aws:autoscaling/group:Group",
        name: "own",
        props: { launchTemplate: { id: "lt-1", version: "$Default" } },
      }),
      "the latest template": given(but(nodeGroup, { "launchTemplate.version": "$Latest" })),
      ...karpenterImageCases.bad,
    },
  },
];
