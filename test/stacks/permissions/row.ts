/** A row of the calls: what the provider calls in the life of one type. */

/** The calls of one type; reads are allowed everywhere and are not listed. */
export interface Calls {
  /** What the resource itself is called in the Service Authorization Reference. */
  readonly is: string;
  /** Its ARN, where the provider gives none: `{path of an input}`, `{id}`, `{region}` and `{account}` are filled in. */
  readonly arn?: string;
  /** Calls before it exists, each service once: they carry its tags, and nothing of the resource. */
  readonly create?: string;
  /** Calls once it exists: they carry what is known of the resource. */
  readonly live?: string;
  /** Other resources that a call names too, each with its ARN. */
  readonly on?: Readonly<Record<string, string>>;
}
