/** Whether somebody may deploy while the pipeline is gone, from the trust of the deploy role. */
import type { PreflightRow } from "@fridayproof/guard/drill";

/** The deploy role as the account has it. */
export interface DeployRole {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: { readonly arn?: unknown };
}

/** One statement of who may take a role. */
interface Trust {
  readonly Effect?: string;
  readonly Principal?: { readonly AWS?: unknown };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
}

/** Whom a statement trusts, as ARNs: those that its condition compares, else those that it names. */
function trusted({ Effect, Principal, Condition = {} }: Trust): readonly unknown[] {
  if (Effect !== "Allow" || Principal?.AWS === undefined) return [];
  const compared = Object.values(Condition).flatMap((values) => values?.["aws:PrincipalArn"] ?? []);
  return compared.length > 0 ? compared : [Principal.AWS].flat();
}

/** Who may take the role without a pipeline; not the role itself, which somebody has taken by then. */
function peopleOf({ inputs, outputs }: DeployRole): readonly string[] {
  const document = inputs["assumeRolePolicy"];
  const { Statement = [] } = (typeof document === "string" ? JSON.parse(document) : (document ?? {})) as {
    readonly Statement?: readonly Trust[];
  };
  const arns = Statement.flatMap(trusted).filter((arn) => arn !== outputs.arn);
  return arns.map((arn) => String(arn).replace(/^arn:aws:iam::\d*:/, ""));
}

/** A row of the preflight. Most failovers need no deployment without GitHub, so that nobody may is a warning. */
export function wayInRow(role: DeployRole | undefined): PreflightRow {
  const people = role === undefined ? [] : peopleOf(role);
  const saw =
    people.length > 0
      ? `${people.join(", ")} may take the deploy role`
      : "nobody but the pipeline may take the deploy role: docs/runbooks/break-glass.md, before the day";
  return { what: "deploying without GitHub", ran: "MEASURED", passed: true, warns: people.length === 0, saw };
}
