/** Which addresses of manifests lie elsewhere, which name one tree for good, and which are one repository. */
import { describe, expect, it } from "vitest";
import {
  isCommit,
  isDigest,
  isPinnedAddress,
  isRemote,
  normalAddress,
  revisionIn,
} from "../../../../policies/kit/reading/manifest-address";

const commit = "0123456789abcdef0123456789abcdef01234567";
const long = `${commit}${commit.slice(0, 24)}`;

describe("an entry of a kustomization", () => {
  it.each([
    "https://example.com/base",
    "http://example.com/base",
    "ssh://git@example.com/base",
    "git://example.com/base",
    "file:///srv/base",
    "oci://example.com/base",
    "HTTPS://EXAMPLE.COM/base",
    "git::https://example.com/base",
    "git@example.com:shop",
    "github.com/acme/shop/base",
    "example.com:acme/shop",
    "../shop?ref=main",
    "shop?timeout=90&ref=main",
    "shop.git",
    "shop.git/base",
    "shop.git?x=1",
  ])("%s is in another repository", (entry) => {
    expect(isRemote(entry)).toBe(true);
  });

  it.each([
    "base",
    "../base",
    "./shop.gitops/base",
    "shop.yaml",
    "v1.2/shop/base",
    "https:base",
    "my-git::base",
    "team-git@base",
    "xhttps:/base",
    "base/https://example.com",
    "../example.com/shop/base",
    "./git::base",
    "./git@base",
    "base.dir-a/b/c",
    "href=main",
  ])("%s is not", (entry) => {
    expect(isRemote(entry)).toBe(false);
  });
});

describe("a name for one tree", () => {
  it("is a whole commit or digest and nothing around it", () => {
    expect([commit, long].map(isCommit)).toEqual([true, true]);
    expect([`${commit}0`, `x${commit}`, `x${long}`, `${long}0`, commit.slice(1), "g".repeat(40)].map(isCommit)).toEqual(
      Array(6).fill(false),
    );
    expect([`sha256:${long}`, `x-sha256:${long}`, `sha256:${long}0`, `sha256:${commit}`].map(isDigest)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("is asked for behind a question mark", () => {
    expect(["a?ref=v1", "a?x=1&version=v2&y=3", "a?href=v1", "a"].map(revisionIn)).toEqual([
      "v1",
      "v2",
      undefined,
      undefined,
    ]);
  });

  it.each([
    `https://example.com/shop?ref=${commit}`,
    "https://example.com/shop?version=v1.2.3",
    "git::ssh://git@example.com/shop?ref=1.2.3",
    `https://example.com/shop/${commit}/base`,
    `https://example.com/shop@${commit}`,
    `https://example.com/${long}/base?timeout=90`,
    "https://example.com/shop/v1.2.3/install.yaml",
    "https://example.com/releases/download/chart-v10.20.30/install.yaml",
    "https://example.com/releases/download/chart-1.2.3-rc.1/install.yaml",
    `oci://example.com/shop@sha256:${long}`,
  ])("%s has one", (address) => {
    expect(isPinnedAddress(address)).toBe(true);
  });

  it.each([
    "https://example.com/shop",
    "https://example.com/shop?ref=main",
    "https://example.com/shop/v1.2.3?ref=main",
    `https://example.com/shop?x=${commit}`,
    "https://example.com/shop?x=/v1.2.3",
    "https://example.com/shop/v1.2/install.yaml",
    "https://example.com/shop/charted-1.2/install.yaml",
    `oci://example.com/shop@sha256:${long}0`,
    `oci://example.com/shop@sha256:${"z".repeat(64)}`,
    "https://example.com/shop/1.2.3-/install.yaml",
  ])("%s has none", (address) => {
    expect(isPinnedAddress(address)).toBe(false);
  });
});

describe("one repository", () => {
  it.each([
    "https://example.com/acme/shop",
    " https://example.com/acme/shop ",
    "https://Example.com/Acme/Shop.git",
    "https://example.com/acme/shop/",
    "https://example.com/acme/shop///",
    "https://example.com/acme/shop.git/",
    "git::https://example.com/acme/shop",
    "https://example.com/acme/shop.git?ref=v1&x=2",
    "https://example.com/acme/shop.git//base/prod?ref=v1",
  ])("%s has this name", (address) => {
    expect(normalAddress(address)).toBe("https://example.com/acme/shop");
  });

  it.each(["https://example.com/git::/shop", "https://example.com/shop.git/base", "https://example.com/a/shop"])(
    "%s is another",
    (address) => {
      expect(normalAddress(address)).toBe(address);
    },
  );
});
