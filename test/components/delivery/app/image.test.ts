/** Images by registry and digest: what a node would look for somewhere else is refused, wherever it is written. */
import { describe, expect, test } from "vitest";
import { app } from "../../../../components/delivery/app/app";
import { imageProblems } from "../../../../components/delivery/app/image";
import { platform, smallest } from "./spec-fixture";

const DIGEST = `@sha256:${"a".repeat(64)}`;

test.each([
  "registry.example.com/shop",
  "registry.example.com/team/shop:1.4.2",
  "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:v1",
  "registry:5000/shop",
  "registry.example.com:8443/shop",
  "localhost/shop",
  "localhost:5001/shop",
  "docker.io/library/nginx",
  "a.b/c",
  "xn--bcher-kva.example/shop__a/b-c.d",
])("%s is named by its registry", (image) => {
  expect(imageProblems("image", `${image}${DIGEST}`)).toEqual([]);
});

describe("a name without a registry", () => {
  test.each([
    ["shop", "library/shop", "shop"],
    ["shop:1", "library/shop", "shop"],
    ["library/shop", "library/shop", "library/shop"],
    ["library/shop:1.4", "library/shop", "library/shop"],
    ["team/group/shop", "team/group/shop", "team/group/shop"],
    ["localhosts/shop", "localhosts/shop", "localhosts/shop"],
  ])("%s is refused with the place where a node looks", (image, taken, named) => {
    expect(imageProblems("image", `${image}${DIGEST}`)).toEqual([
      {
        path: "image",
        got: `${image}${DIGEST}`,
        allowed: `a registry's host first, with a dot or a port: without one a node takes docker.io/${taken}`,
        fix: `Write the registry that it was pushed to in front, such as "registry.example.com/${named}".`,
      },
    ]);
  });
});

test.each([
  ["a host with two dots in a row", `a..b/shop${DIGEST}`],
  ["a host that ends in a dash", `registry-.example.com/shop${DIGEST}`],
  ["a host that begins with a dash", `-registry.example.com/shop${DIGEST}`],
  ["a host that ends in a dot", `registry.example.com./shop${DIGEST}`],
  ["a port without a number", `registry.example.com:/shop${DIGEST}`],
  ["a host alone", `registry.example.com:5000${DIGEST.replace("@", "/@")}`],
  ["capitals in the path", `registry.example.com/Shop${DIGEST}`],
  ["a scheme", `https://registry.example.com/shop${DIGEST}`],
  ["a tag of 129 characters", `registry.example.com/shop:${"v".repeat(129)}${DIGEST}`],
  ["no digest", "registry.example.com/shop:1.4.2"],
  ["a digest that is cut", `registry.example.com/shop${DIGEST.slice(0, -1)}`],
  ["a digest that goes on", `registry.example.com/shop${DIGEST}a`],
  ["neither registry nor digest", "shop"],
  ["a line before it", `\nregistry.example.com/shop${DIGEST}`],
])("%s is no image", (_title, image) => {
  expect(imageProblems("image", image)).toEqual([
    {
      path: "image",
      got: image,
      allowed: "registry/repository, a tag if you like, and @sha256: with 64 hexadecimal digits",
      fix: "Take the digest that the push printed: a tag may be another image tomorrow.",
    },
  ]);
});

test("the application's, the smoke test's and the flags' images are read the same way", () => {
  const paths = (run: () => unknown): readonly string[] => {
    try {
      run();
    } catch (error) {
      return [...(error as Error).message.matchAll(/^ {2}([\w.]+): got "[^"]+"; allowed: a registry's host/gm)].map(
        ([, path = ""]) => path,
      );
    }
    return [];
  };
  const image = `library/x${DIGEST}`;
  expect(paths(() => app({ ...smallest, image }, platform))).toEqual(["image"]);
  expect(paths(() => app(smallest, { ...platform, curlImage: image, flagAgentImage: image }))).toEqual([
    "platform.curlImage",
    "platform.flagAgentImage",
  ]);
});

test("a repository of 255 characters is read by registries, and one of 256 is not", () => {
  const host = "registry.example.com/";
  const image = (length: number): string => `${host}${"a".repeat(length - host.length)}:1.4.2${DIGEST}`;
  expect(imageProblems("image", image(255))).toEqual([]);
  expect(imageProblems("image", image(256))).toEqual([
    {
      path: "image",
      got: "256 characters",
      allowed: "a repository of up to 255 characters",
      fix: "Push it under a shorter name.",
    },
  ]);
});
