/** Argo CD on the sandbox: what folders in Git become in the cluster, and what goes with them. */
import { rmSync } from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import { Account } from "../../../../sandbox/cloud/account/account";
import { Cluster } from "../../../../sandbox/cloud/kubernetes/cluster";
import { remove } from "../../../../sandbox/cloud/kubernetes/objects";
import { isObject, type PropertyMap } from "../../../../sandbox/property/values";
import { fullest, smallest } from "../../../components/delivery/app/spec-fixture";
import { Standing } from "../../../support/change";
import {
  all,
  brief,
  CLUSTER,
  drop,
  environment,
  few,
  file,
  folder,
  objectsOf,
  planned,
  repository,
  SCOPE,
  synced,
  withoutChart,
  write,
} from "./sync-fixture";

let standing: Account;
beforeAll(async () => {
  standing = (await Standing.of({ environment })).graph.account;
}, 120_000);

const account = (): Account => new Account(standing.accountId, standing.all());

describe("a good folder", () => {
  test("becomes objects, and a second time nothing", () => {
    const root = repository({ ...folder(smallest), ...folder(fullest) });
    const of = account();
    const before = objectsOf(of, "shop").length;
    expect(planned(of, "dev", root).map(brief)).toEqual([
      ["cart", all, 0, 0, 0],
      ["shop", few, 0, 0, 0],
    ]);
    expect(objectsOf(of, "shop")).toHaveLength(before);
    expect(synced(of, "dev", root).map(({ cluster }) => cluster)).toEqual([CLUSTER, CLUSTER]);
    expect(objectsOf(of, "shop")).toHaveLength(before + few);
    expect(of.find("kubernetes:argoproj.io/v1alpha1:Rollout", "shop/shop", SCOPE)?.inputs).toMatchObject({
      metadata: { name: "shop", namespace: "shop" },
    });
    const after = JSON.stringify(of.all());
    expect(synced(of, "dev", root).map(brief)).toEqual([
      ["cart", 0, 0, 0, all],
      ["shop", 0, 0, 0, few],
    ]);
    expect(JSON.stringify(of.all())).toBe(after);
  });

  test("the same repository gives the same objects in an account that is as new", () => {
    const root = repository(folder(fullest));
    const [one, other] = [account(), account()];
    synced(one, "dev", root);
    synced(other, "dev", root);
    expect(other.all()).toEqual(one.all());
  });

  test("what changed is updated, what left Git goes, and a migration is made anew by each release", () => {
    const root = repository(folder(fullest));
    const of = account();
    synced(of, "dev", root);
    const next: AppSpec = { ...fullest, image: fullest.image.replace("a".repeat(64), "c".repeat(64)), jobs: [] };
    rmSync(path.join(root, "gitops"), { recursive: true });
    write(root, folder(next));
    expect(synced(of, "dev", root).map(brief)).toEqual([["cart", 0, 2, 1, all - 3]]);
    expect(of.all("kubernetes:batch/v1:CronJob")).toEqual([]);
  });

  test("other stacks, and files that are no manifests, are nobody's", () => {
    const root = repository({
      ...folder(smallest),
      "gitops/dev/README.md": "text",
      "gitops/dev/shop/notes.md": "text",
    });
    expect(planned(account(), "prod", root)).toEqual([]);
    expect(planned(account(), "dev", root).map(brief)).toEqual([["shop", few, 0, 0, 0]]);
    expect(planned(account(), "dev", repository())).toEqual([]);
  });

  test("it goes with the ApplicationSet, unless that preserves what was made, and with the namespace", () => {
    const root = repository(folder(smallest));
    const type = "kubernetes:argoproj.io/v1alpha1:ApplicationSet";
    const gone = (of: Account): number => {
      const [set] = of.all(type).filter(({ scope }) => scope === SCOPE);
      const cluster = new Cluster(of, undefined, "");
      Object.defineProperty(cluster, "name", { value: CLUSTER });
      remove({ type, urn: set?.urn ?? "", name: "" }, set?.id ?? "", cluster);
      return of.all("kubernetes:argoproj.io/v1alpha1:Rollout").length;
    };
    const preserved = account();
    synced(preserved, "dev", root);
    expect(gone(preserved)).toBe(1);

    const torn = account();
    synced(torn, "dev", root);
    for (const set of torn.all(type)) {
      const spec = isObject(set.inputs.spec) ? set.inputs.spec : {};
      const inputs: PropertyMap = {
        ...set.inputs,
        spec: { ...spec, syncPolicy: { preserveResourcesOnDeletion: false } },
      };
      torn.put({ ...set, inputs });
    }
    expect(gone(torn)).toBe(0);
  });
});

test("a folder without a manifest takes nothing away", () => {
  const root = repository(folder(smallest));
  const of = account();
  synced(of, "dev", root);
  rmSync(path.join(root, "gitops"), { recursive: true });
  write(root, { [file("empty.yaml")]: "# nothing\n" });
  expect(synced(of, "dev", root)).toEqual([
    expect.objectContaining({
      unchanged: few,
      problems: ["gitops/dev/shop holds no manifest: nothing is taken away because of it."],
    }),
  ]);
});

test("what cannot change in place is refused, as without Replace", () => {
  const spec: AppSpec = { ...smallest, strategy: "rolling" };
  const root = repository(folder(spec));
  const of = account();
  synced(of, "dev", root);
  const name = file("deployment.yaml");
  const text = folder(spec)[name]?.replaceAll("app.kubernetes.io/name: shop", "app.kubernetes.io/name: other") ?? "";
  write(root, { [name]: text });
  expect(synced(of, "dev", root)[0]?.problems[0]).toBe(
    'deployment.yaml: Deployment "shop/shop": spec.selector.matchLabels["app.kubernetes.io/name"] cannot change in place.',
  );
});

test("secrets need a store, and count as there once External Secrets will make them", () => {
  const root = repository(folder(fullest));
  expect(planned(account(), "dev", root).map(brief)).toEqual([["cart", all, 0, 0, 0]]);
  const of = account();
  drop("kubernetes:external-secrets.io/v1:ClusterSecretStore", "applications-cart")(of);
  expect(planned(of, "dev", root)[0]?.problems).toEqual([
    'externalsecret.yaml: ExternalSecret "cart/cart-secrets": spec.secretStoreRef.name names ClusterSecretStore "applications-cart", which is not there.',
  ]);
});

test("without Argo CD, or without a node for it, nothing is synchronized", () => {
  const root = repository(folder(smallest));
  for (const spoil of [
    withoutChart("argo-cd"),
    (of: Account) => of.all("aws:eks/nodeGroup:NodeGroup").forEach((each) => of.remove(each)),
  ]) {
    const of = account();
    spoil(of);
    expect(planned(of, "dev", root)).toEqual([]);
  }
});
