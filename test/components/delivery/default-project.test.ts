/** Argo CD's own project `default` allows everything: nothing may lead to it. */
import { describe, expect, test } from "vitest";
import { globToRegExp, wildcards } from "../../../components/core/glob";
import { argoCdValues } from "../../../components/delivery/argo-cd-values";
import { projectOf, projectSpec, rootSpec } from "../../../components/delivery/git-ops-objects";

/** What Argo CD 3.4.4 allows its role:admin by itself (assets/builtin-policy.csv), as far as it is asked for here. */
const builtin = `
${["create", "update", "update/*", "delete", "delete/*", "sync", "override", "action/*"].map((act) => `p, role:admin, applications, ${act}, */*, allow`).join("\n")}
${["create", "update", "delete"].map((act) => `p, role:admin, applicationsets, ${act}, */*, allow`).join("\n")}
${["create", "update", "delete"].map((act) => `p, role:admin, projects, ${act}, *, allow`).join("\n")}
g, admin, role:admin
`;

/** A glob as Argo CD's enforcer matches it: a star is anything, slashes too. */
function matches(glob: string, text: string): boolean {
  return globToRegExp(glob, wildcards.name).test(text);
}

/** Argo CD's model (assets/model.conf): somebody allows it, and nobody denies it. */
function allowed(csv: string, [subject, ...request]: readonly [string, string, string, string]): boolean {
  const rows = `${builtin}\n${csv}`.split("\n").map((line) => line.split(",").map((cell) => cell.trim()));
  const roles = [subject, ...rows.flatMap(([kind, who, role = ""]) => (kind === "g" && who === subject ? [role] : []))];
  const effects = rows
    .filter(([kind, who = "", ...cells]) => {
      return kind === "p" && roles.includes(who) && request.every((each, at) => matches(cells[at] ?? "", each));
    })
    .map((cells) => cells.at(-1));
  return effects.includes("allow") && !effects.includes("deny");
}

const repositoryUrl = "https://github.com/example/shop.git";

describe("the default project", () => {
  test("takes no application of Git: none is in it, and none can bring another or reach Argo CD's namespace", () => {
    const root = rootSpec({
      environment: "prod",
      repositoryUrl,
      revision: "main",
      preserveOnDeletion: true,
      runsOnce: true,
    });
    expect(root.template.spec.project).toBe(projectOf("{{.path.basename}}"));
    // Nor by a folder of that name.
    expect(projectOf("default")).not.toBe("default");
    const freezes = { timeZone: "UTC", freezes: [] };
    const { namespaceResourceWhitelist, destinations } = projectSpec({ repositoryUrl, application: "shop", freezes });
    expect(
      namespaceResourceWhitelist.filter(({ kind }) => /^(Application|ApplicationSet|AppProject)$/.test(kind)),
    ).toEqual([]);
    expect(destinations.map(({ namespace }) => namespace)).toEqual(["shop"]);
  });

  test.each(["production", "dev"] as const)(
    "takes none from Argo CD's administrators either, in profile %s",
    (profile) => {
      const values = argoCdValues({ profile, host: "argocd.example.com" }) as {
        readonly configs: { readonly rbac: Readonly<Record<string, string>> };
      };
      const policy = values.configs.rbac["policy.csv"] ?? "";
      for (const act of ["create", "update", "update/*", "delete", "delete/*", "sync", "override", "action/*"]) {
        expect(allowed(policy, ["platform-admins", "applications", act, "default/shop"]), act).toBe(false);
        expect(allowed(policy, ["platform-admins", "applications", act, "applications-shop/shop"]), act).toBe(true);
      }
      for (const act of ["create", "update", "delete"]) {
        expect(allowed(policy, ["platform-admins", "applicationsets", act, "default/shop"]), act).toBe(false);
        expect(allowed(policy, ["platform-admins", "projects", act, "default"]), act).toBe(false);
        expect(allowed(policy, ["platform-admins", "projects", act, "applications"]), act).toBe(false);
      }
      expect(allowed(policy, ["admin", "applications", "create", "default/shop"])).toBe(false);
      expect(allowed(policy, ["release-managers", "applications", "sync", "applications-shop/shop"])).toBe(true);
      expect(allowed(policy, ["release-managers", "applications", "delete", "applications-shop/shop"])).toBe(false);
    },
  );
});
