/** One certificate per region for all environments there, proven by records in their hosted zones. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { throwProblems } from "../core/checks";
import { foundationLimits } from "../core/limits/foundation";
import { duration } from "../core/units";
import { certificateNames, certificateProblems, type RequestedCertificate } from "./requested-certificate";

/** Arguments of {@link Certificates}. */
export interface CertificatesArgs {
  /** One or, while one follows another, more per region. */
  readonly certificates: readonly RequestedCertificate[];
  /** Id of each domain's hosted zone, known once the zone is found to be delegated. */
  readonly zoneIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Pulumi's protection: a certificate in use cannot be deleted, and one that is gone takes all names down. */
  readonly protect: boolean;
  /** Tags by which environments find their certificate. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The names that records have to prove: a domain proves what is directly under it as well. */
function provenNames(domains: readonly string[], region: string): (readonly [name: string, domain: string])[] {
  return domains.flatMap((domain) => [[domain, domain] as const, [`${region}.${domain}`, domain] as const]);
}

interface IssuedRequest {
  readonly request: RequestedCertificate;
  readonly certificate: aws.acm.Certificate;
}

/** Raw resources of {@link Certificates}. */
export interface CertificatesNodes {
  /** The certificates, in the order of the arguments. */
  readonly certificates: readonly aws.acm.Certificate[];
  /** Records that prove the names to ACM, by proven name. */
  readonly validationRecords: ReadonlyMap<string, aws.route53.Record>;
}

/**
 * Certificates, their records and the wait until they are issued. ACM requires the same record for one name in every
 * region of an account, so each record is declared once.
 *
 * @example
 * ```typescript
 * const domains = ["example.com", "staging.example.com"];
 * const zoneIds = domains.map((name) => [name, aws.route53.getZoneOutput({ name }, { provider }).zoneId] as const);
 * new Certificates("certificates", {
 *   certificates: [{ region: "us-east-1", provider, generation: "1", domains }],
 *   zoneIds: Object.fromEntries(zoneIds),
 *   protect: true,
 *   tags: { "fridayproof.dev/certificate": "environments" },
 * });
 * ```
 */
export class Certificates extends pulumi.ComponentResource {
  /** ARN of each certificate, in the order of the arguments, known once it is issued. */
  public readonly arns: pulumi.Output<string>[];

  readonly #nodes: CertificatesNodes;

  /** @throws ProblemsError listing every certificate with too many names, none, or the generation of another. */
  constructor(name: string, args: CertificatesArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`Certificates "${name}"`, certificateProblems(args.certificates));
    super("fridayproof:foundation:Certificates", name, {}, opts);

    const requested = args.certificates.map((request): IssuedRequest => ({
      request,
      certificate: this.request(name, args, request),
    }));
    const records = this.records(name, args, requested);
    this.arns = requested.map(({ request, certificate }) => {
      const { region, provider, generation, domains } = request;
      const needed = provenNames(domains, region).flatMap(([proven]) => records.get(proven)?.fqdn ?? []);
      const validation = new aws.acm.CertificateValidation(
        `${name}-${region}-${generation}-issued`,
        { certificateArn: certificate.arn, validationRecordFqdns: needed },
        { parent: this, provider, customTimeouts: { create: duration(foundationLimits.certificateWait) } },
      );
      return validation.certificateArn;
    });
    this.#nodes = { certificates: requested.map(({ certificate }) => certificate), validationRecords: records };
    this.registerOutputs({ arns: this.arns });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): CertificatesNodes {
    return this.#nodes;
  }

  private request(name: string, args: CertificatesArgs, request: RequestedCertificate): aws.acm.Certificate {
    const { region, provider, generation, domains } = request;
    const [domainName, ...more] = certificateNames(domains, region);
    const child = `${name}-${region}-${generation}`;
    return new aws.acm.Certificate(
      child,
      {
        domainName,
        subjectAlternativeNames: more,
        validationMethod: "DNS",
        tags: { ...args.tags, Name: child },
      },
      { parent: this, provider, protect: args.protect },
    );
  }

  private records(
    name: string,
    args: CertificatesArgs,
    requested: readonly IssuedRequest[],
  ): Map<string, aws.route53.Record> {
    const records = new Map<string, aws.route53.Record>();
    for (const { request, certificate } of requested) {
      for (const [proven, domain] of provenNames(request.domains, request.region)) {
        if (records.has(proven)) continue;
        records.set(proven, this.record(`${name}-${proven}`, args, { proven, domain, request, certificate }));
      }
    }
    return records;
  }

  private record(
    child: string,
    { zoneIds, protect }: CertificatesArgs,
    { proven, domain, request, certificate }: IssuedRequest & { readonly proven: string; readonly domain: string },
  ): aws.route53.Record {
    // `*.name` and `name` have the same record; of a regional name only the wildcard is on the certificate.
    const option = certificate.domainValidationOptions.apply((options) => {
      const found = options.find(({ domainName }) => domainName.replace(/^\*\./, "") === proven);
      if (found === undefined) throw new Error(`ACM names no record for ${proven}`);
      return found;
    });
    return new aws.route53.Record(
      child,
      {
        zoneId: zoneIds[domain] ?? "",
        name: option.resourceRecordName,
        type: option.resourceRecordType,
        records: [option.resourceRecordValue],
        ttl: foundationLimits.validationTtl.value,
        // A certificate made by hand for the same name left the same record.
        allowOverwrite: true,
      },
      { parent: this, provider: request.provider, protect },
    );
  }
}
