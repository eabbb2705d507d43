/** The foundation's data and configuration are refused whole where they are wrong, and its names are one for all. */
import { runtime } from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as conventions from "../../stacks/inputs/conventions";
import { dev } from "../../stacks/environments/dev";
import { environments } from "../../stacks/environments/environments";
import { prod } from "../../stacks/environments/prod";
import { staging } from "../../stacks/environments/staging";
import { type Foundation, foundation } from "../../stacks/account/foundation";
import { foundationProblems } from "../../stacks/account/check";
import { foundationProgram } from "../../stacks/account/program";
import { messageOf } from "../support/message-of";

describe("the foundation's data", () => {
  test("covers every environment", () => {
    expect(foundationProblems(foundation, environments)).toEqual([]);
  });

  test("that leaves out a region or a domain, or names a stranger, is refused whole", () => {
    const lonely: Foundation = {
      ...foundation,
      regions: ["us-east-1"],
      certificates: [
        { region: "us-east-1", generation: "1", domains: ["dev.example.com"] },
        { region: "us-west-2", generation: "1", domains: ["example.com"] },
      ],
      runners: [{ region: "us-east-1", zoneId: "use1-az1", cidr: "10.0.0.0/8" }],
    };
    const others = [
      { ...dev, domain: "new.example.com" },
      { ...dev, name: "far", region: "eu-west-1" },
    ];
    expect(foundationProblems(lonely, others).map(({ path, got }) => [path, got])).toEqual([
      ["regions", "us-west-2"],
      ["runners[0].cidr", "10.0.0.0/8"],
      ["environments.dev.domain", "new.example.com"],
      ["environments.far.region", "eu-west-1"],
      ["environments.far.domain", "dev.example.com"],
    ]);
  });

  test("asks for a new certificate beside the old one, never for a changed one", () => {
    const next = { region: "us-east-1", generation: "2", domains: ["example.com"] };
    const certificates = [...foundation.certificates, next];
    const problems = foundationProblems({ ...foundation, certificates }, [dev, staging, prod]);
    expect(problems.map(({ path }) => path)).toEqual(["environments.dev.domain", "environments.staging.domain"]);
  });
});

describe("the foundation's configuration", () => {
  test("names every key that is wrong, what it is for, and how to set it", () => {
    runtime.setMockOptions({}, "fridayproof", "foundation", true, "organization");
    runtime.setAllConfig({ "fridayproof:githubRepository": "*/*", "fridayproof:githubSubject": "repo:*" }, []);
    expect(messageOf(() => foundationProgram())).toBe(
      [
        '3 problems in the configuration of stack "foundation":',
        "  fridayproof:account: got nothing; allowed: twelve digits; fix: It is the AWS account that this stack may touch: pulumi config set fridayproof:account 111122223333",
        '  fridayproof:githubRepository: got "*/*"; allowed: owner/name; fix: It is the repository whose workflows deploy: pulumi config set fridayproof:githubRepository my-org/my-platform',
        "  fridayproof:githubSubject: got \"repo:*\"; allowed: repo:, owner and name as GitHub shows them; no wildcard; fix: It is what the subject of the repository's tokens begins with; GitHub shows it in the repository's OIDC settings, and repositories made since 2026-06-18 carry numeric ids in it: pulumi config set fridayproof:githubSubject repo:my-org/my-platform",
      ].join("\n"),
    );
    runtime.setAllConfig({}, []);
  });
});

describe("repository names", () => {
  test("are the image's own path, without tag, digest or port confusion", () => {
    expect(conventions.imageRepository("quay.io/argoproj/argocd:v3.4.4")).toBe(
      "fridayproof/images/quay.io/argoproj/argocd",
    );
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,3}$/),
        fc.stringMatching(/^[\w.-]{1,8}$/),
        (path, tag) => {
          const plain = conventions.imageRepository(`registry.example/${path}`);
          expect(conventions.imageRepository(`registry.example/${path}:${tag}`)).toBe(plain);
          expect(conventions.imageRepository(`registry.example/${path}@sha256:${"0".repeat(64)}`)).toBe(plain);
          expect(conventions.imageRepository(`registry.example/${path}:${tag}@sha256:0`)).toBe(plain);
        },
      ),
    );
  });
});
