/** Who may assume the deploy role without the pipeline, from its trust policy: break-glass access. */
import type { PreflightRow } from "@fridayproof/guard/drill";

/** The deploy role, as far as it is read here. */
export interface DeployRole {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: { readonly arn?: unknown };
}

/** A statement of a trust policy. */
interface Trust {
  readonly Effect?: string;
  readonly Principal?: { readonly AWS?: unknown };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
}

/** The ARNs that a statement trusts: those of its condition, else its principals. */
function trusted({ Effect, Principal, Condition = {} }: Trust): readonly unknown[] {
  if (Effect !== "Allow" || Principal?.AWS === undefined) return [];
  const compared = Object.values(Condition).flatMap((values) => values?.["aws:PrincipalArn"] ?? []);
  return compared.length > 0 ? compared : [Principal.AWS].flat();
}

/** ARNs that may assume the role without a pipeline; not the role itself. */
function peopleOf({ inputs, outputs }: DeployRole): readonly string[] {
  const document = inputs["assumeRolePolicy"];
  const { Statement = [] } = (typeof document === "string" ? JSON.parse(document) : (document ?? {})) as {
    readonly Statement?: readonly Trust[];
  };
  const arns = Statement.flatMap(trusted).filter((arn) => arn !== outputs.arn);
  return arns.map((arn) => String(arn).replace(/^arn:aws:iam::\d*:/, ""));
}

/** A row of the preflight. Most failovers need no deployment without GitHub, so a lack of access is a warning only. */
export function wayInRow(role: DeployRole | undefined): PreflightRow {
  const people = role === undefined ? [] : peopleOf(role);
  const saw =
    people.length > 0
      ? `${people.join(", ")} may assume the deploy role`
      : "only the pipeline may assume the deploy role: set up docs/runbooks/break-glass.md before an outage";
  return { what: "deploying without GitHub", ran: "MEASURED", passed: true, warns: people.length === 0, saw };
}
