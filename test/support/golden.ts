/** Recorded expectations: a value against its file in test/goldens, whole or as the difference to another's. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "vitest";
import { type Json, mergePatch, patchBetween } from "./merge-patch";
import { recording, staleness } from "./recording";

const INDENT = 2;

/** Goldens that say only how they differ from another one, by the other's name. */
const BASES: Readonly<Record<string, string>> = { dev: "prod", staging: "prod" };

/** The file of a golden that differs from another one. */
interface Difference {
  /** The other golden; where it says its own name, this one is taken to say the name of its file. */
  readonly base: string;
  /** What is different after that: a merge patch (RFC 7396). */
  readonly patch: Json;
}

/** The goldens of a folder. */
export class Goldens {
  constructor(
    private readonly folder: string,
    private readonly bases: Readonly<Record<string, string>> = BASES,
  ) {}

  /** Where a golden is recorded. */
  file(name: string): string {
    return path.join(this.folder, `${name}.json`);
  }

  /** What a golden says in whole. */
  read(name: string): Json {
    const recorded = JSON.parse(readFileSync(this.file(name), "utf8")) as Json;
    const base = this.bases[name];
    return base === undefined
      ? recorded
      : mergePatch(this.renamed(base, name), (recorded as unknown as Difference).patch);
  }

  /** What the file of a golden that says this holds. */
  text(name: string, value: Json): string {
    const base = this.bases[name];
    const recorded = base === undefined ? value : { base, patch: patchBetween(this.renamed(base, name), value) };
    return `${JSON.stringify(recorded, undefined, INDENT)}\n`;
  }

  /** Records a golden; those that differ from it are recorded anew, so that they still say what they said. */
  record(name: string, value: Json): void {
    const others = Object.keys(this.bases).filter(
      (other) => this.bases[other] === name && existsSync(this.file(other)),
    );
    const said = others.map((other) => [other, this.read(other)] as const);
    for (const [each, whole] of [[name, value] as const, ...said])
      writeFileSync(this.file(each), this.text(each, whole));
  }

  private renamed(base: string, name: string): Json {
    return JSON.parse(JSON.stringify(this.read(base)).replace(new RegExp(`\\b${base}\\b`, "g"), name)) as Json;
  }
}

/** The goldens of the house. */
export const goldens = new Goldens(path.resolve(__dirname, "..", "goldens"));

/**
 * Expects the value to be what the golden says; when recording, it is recorded instead.
 * @param value plain JSON with a stable order of keys.
 */
export function expectGolden(name: string, value: unknown): void {
  const plain = JSON.parse(JSON.stringify(value)) as Json;
  if (recording) goldens.record(name, plain);
  else expect(plain, staleness(goldens.file(name))).toEqual(goldens.read(name));
}
