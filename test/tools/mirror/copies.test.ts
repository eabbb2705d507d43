/** The mirror: what the lock names goes into the account's repositories, once, and nothing that has none. */
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { expect, it } from "vitest";
import { readLock } from "../../../stacks/inputs/lock";
import { chartCopy, imageCopy, imagesIn } from "../../../tools/mirror/copies";
import { StandIns } from "../deploy/stand-ins";

const REGISTRY = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
const ROOT = path.resolve(__dirname, "../../..");
const { charts } = readLock();
const chart = (name: string) => {
  const found = charts[name];
  if (found === undefined) throw new Error(`no chart ${name}`);
  return found;
};
const words = (name: string): readonly string[] =>
  Object.values(chartCopy(chart(name), REGISTRY, "/tmp/m")).map((command) => command.join(" "));

it("a chart of a repository and one of a registry are pulled as Helm takes them, and pushed beside each other", () => {
  expect(words("argo-cd")).toEqual([
    `helm show chart oci://${REGISTRY}/fridayproof/charts/argo-cd --version 10.1.1`,
    "helm pull argo-cd --repo https://argoproj.github.io/argo-helm --version 10.1.1 --destination /tmp/m",
    `helm push /tmp/m/argo-cd-10.1.1.tgz oci://${REGISTRY}/fridayproof/charts`,
    "helm template argocd /tmp/m/argo-cd-10.1.1.tgz",
  ]);
  expect(words("kube-prometheus-stack")[1]).toBe(
    "helm pull oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack --version 88.5.3 --destination /tmp/m",
  );
});

it("images are found in rendered objects, each once", () => {
  const text = `      - image: "quay.io/a/b:v1"\n        image: quay.io/a/b:v1\n  image: 'c:2'\n  imagePullPolicy: Always\n# image of\n`;
  expect(imagesIn(text)).toEqual(["c:2", "quay.io/a/b:v1"]);
});

it.each([
  ["quay.io/argoproj/argocd:v3.4.4", "quay.io/argoproj/argocd:v3.4.4"],
  [`quay.io/argoproj/argocd:v3.4.4@sha256:${"a".repeat(64)}`, "quay.io/argoproj/argocd:v3.4.4"],
  ["grafana/grafana:12.0.0", "docker.io/grafana/grafana:12.0.0"],
])("%s goes to the repository of its own path", (image, target) => {
  const whole = image.startsWith("grafana") ? `docker.io/${image}` : image;
  const place = `${REGISTRY}/fridayproof/images/${target}`;
  const images = ["quay.io/argoproj/argocd", "docker.io/grafana/grafana"];
  expect(imageCopy(image, REGISTRY, images)).toEqual({
    inspect: ["docker", "buildx", "imagetools", "inspect", "--raw", place],
    copy: ["docker", "buildx", "imagetools", "create", "--prefer-index=false", "--tag", place, whole],
  });
});

it.each([
  [
    "busybox:1",
    "docker.io/library/busybox:1: there is no repository for it. Add it to images in stacks/account/foundation.ts.",
  ],
  ["quay.io/a/b", "quay.io/a/b: it has no tag, so its version is unknown."],
])("%s is refused", (image, message) => {
  expect(() => imageCopy(image, REGISTRY, ["quay.io/a/b"])).toThrow(new Error(message));
});

/** Runs the program with these command lines. */
function mirror(programs: StandIns, registry = REGISTRY) {
  const args = ["--require", "./sandbox/runtime/typescript.cjs", "tools/mirror/mirror.ts", registry];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: programs.env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

it("pushes what is not there yet, and copies each image once", () => {
  const place = `${REGISTRY}/fridayproof/images/quay.io/argoproj/argocd:v3.4.4`;
  const copied = `buildx imagetools create --prefer-index=false --tag ${place} quay.io/argoproj/argocd:v3.4.4`;
  const programs = new StandIns()
    .add("aws", { "ecr get-login-password --region us-east-1": "pass-w0rd" })
    .add("docker", { login: "", [copied]: "" })
    .add("helm", {
      [`show chart oci://${REGISTRY}/fridayproof/charts/argo-cd --`]: "",
      registry: "",
      pull: "",
      push: "",
      template: "  image: quay.io/argoproj/argocd:v3.4.4\n",
    });
  const { status, stdout, stderr } = mirror(programs);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("there already: chart argo-cd 10.1.1\n");
  const began = (words: string) => programs.calls.filter((call) => call.startsWith(words));
  expect(began("helm pull")).toHaveLength(Object.keys(charts).length);
  expect(began("helm push")).toHaveLength(Object.keys(charts).length - 1);
  expect(began("docker buildx imagetools create")).toEqual([`docker ${copied}`]);
  expect(`${stdout}${programs.calls.join("\n")}`).not.toContain("pass-w0rd");
});

it("copies no image where one has no repository, and refuses what is no registry", () => {
  const programs = new StandIns()
    .add("aws", { ecr: "pass-w0rd" })
    .add("docker", { login: "" })
    .add("helm", { registry: "", pull: "", push: "", template: "  image: evil/miner:1\n" });
  expect(mirror(programs)).toMatchObject({
    status: 1,
    stderr:
      "fridayproof: docker.io/evil/miner:1: there is no repository for it. Add it to images in stacks/account/foundation.ts.\n",
  });
  expect(programs.calls.filter((call) => call.includes("imagetools create"))).toEqual([]);
  expect(mirror(programs, "docker.io").stderr).toBe(
    'fridayproof: REGISTRY: got "docker.io"; allowed: 111122223333.dkr.ecr.us-east-1.amazonaws.com of your account.\n',
  );
});
