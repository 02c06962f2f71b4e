/** The wire log: what goes between this page and the server, for developers. */
import type { Exchange, Operation, OperationResult } from "urql";

import { pipe, tap } from "wonka";
import { Store } from "../store";

export interface Entry {
  readonly number: number;
  /** → asked, ← answered, ⇠ told by a subscription */
  readonly arrow: "→" | "←" | "⇠";
  readonly name: string;
  readonly said: string;
}

const LENGTH = 200;

export const log = new Store<readonly Entry[]>([]);

let count = 0;

function note(entry: Omit<Entry, "number">): void {
  log.set([...log.get(), { number: ++count, ...entry }].slice(-LENGTH));
}

/** Stands where operations leave the page, after the cache. */
export const logExchange: Exchange = ({ forward }) => {
  const asked = new Map<number, number>();
  return (operations) =>
    pipe(
      operations,
      tap((operation) => {
        if (operation.kind === "teardown") return;
        asked.set(operation.key, performance.now());
        note({ arrow: "→", name: `${operation.kind} ${nameOf(operation)}`, said: variables(operation) });
      }),
      forward,
      tap((result) => note(answer(result, asked.get(result.operation.key)))),
    );
};

function answer({ operation, data, error }: OperationResult, asked = 0): Omit<Entry, "number"> {
  const root: unknown = Object.values((data as object | null) ?? {})[0];
  const said = [error?.message ?? summary(root)];
  const isEvent = operation.kind === "subscription";
  if (!isEvent) said.push(`${Math.round(performance.now() - asked)} ms`);
  return { arrow: isEvent ? "⇠" : "←", name: nameOf(operation), said: said.join(", ") };
}

function nameOf({ query }: Operation): string {
  for (const each of query.definitions) {
    if (each.kind === "OperationDefinition" && each.name) return each.name.value;
  }
  return "";
}

function variables({ variables }: Operation): string {
  const { input, ...others } = (variables ?? {}) as Record<string, unknown>;
  const all = { ...others, ...(input as object | undefined) };
  const hidden = { ...all, ...("password" in all && { password: "…" }) };
  return Object.entries(hidden)
    .filter(([, each]) => each !== undefined && each !== null)
    .map(([name, each]) => `${name} ${typeof each === "object" ? JSON.stringify(each) : String(each)}`)
    .join(", ");
}

function summary(root: unknown): string {
  if (typeof root !== "object" || root === null) return String(root);
  const { __typename, version, game, code } = root as Record<string, unknown>;
  const at = version ?? (game as Record<string, unknown> | undefined)?.["version"];
  return [__typename, code, at === undefined ? undefined : `version ${String(at)}`]
    .filter((each) => each !== undefined)
    .join(" ");
}
