/** The environment's database as an application finds it: hosts from the leg that it runs on, its own user from a secret. */
import type { Problem } from "../../core/checks";
import { databaseMap } from "../../core/namespaces";
import type { AppSpec } from "./spec";

/** Variables from the ConfigMap that each leg writes, by its key. */
const HOSTS = {
  DATABASE_HOST: "host",
  DATABASE_READER_HOST: "readerHost",
  DATABASE_PORT: "port",
  DATABASE_NAME: "name",
} as const;

/** Variables from the application's own secret, by the property of its JSON. */
const CREDENTIALS = { DATABASE_USER: "username", DATABASE_PASSWORD: "password" } as const;

/** What is read from Secrets Manager for the database: variable, secret and property, as `secrets` has them. */
export function databaseSecrets({ database }: AppSpec): NonNullable<AppSpec["secrets"]> {
  if (database === undefined) return {};
  const { secret } = database;
  return Object.fromEntries(Object.entries(CREDENTIALS).map(([name, property]) => [name, { secret, property }]));
}

/** The hosts: of the leg that the pod runs on, so that the same manifest is right in either region. */
export function databaseVariables({ database }: AppSpec) {
  if (database === undefined) return [];
  return Object.entries(HOSTS).map(([name, key]) => ({
    name,
    valueFrom: { configMapKeyRef: { name: databaseMap.name, key } },
  }));
}

/** Label of pods that reach the database: each leg opens the way to its own for them, and for no other pod. */
export const databaseLabels = ({ database }: AppSpec): Readonly<Record<string, string>> =>
  database === undefined ? {} : databaseMap.clients;

/** Variables that the platform sets and the spec sets too. */
export function databaseProblems(spec: AppSpec): Problem[] {
  if (spec.database === undefined) return [];
  const taken = [...Object.keys(HOSTS), ...Object.keys(CREDENTIALS)];
  return (["env", "secrets"] as const).flatMap((field) =>
    taken
      .filter((name) => Object.hasOwn(spec[field] ?? {}, name))
      .map((name) => ({
        path: `${field}.${name}`,
        got: name,
        allowed: "another name: database sets this one",
        fix: "Remove it, or rename it.",
      })),
  );
}
