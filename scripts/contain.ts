/**
 * Keeping a user's own module from ending the process or printing into a report.
 *
 * @module
 */
import { reasonOf } from "./attempt.ts";

/** The functions of `console` that print on standard output. */
const printing = [
  ...["log", "info", "debug", "dir", "dirxml", "table", "group", "groupCollapsed"],
  ...["count", "timeLog", "timeEnd"],
];

/** What to do where a user's module oversteps. */
export interface Containment {
  /** Prints what the module prints with `console`. */
  readonly print: (...values: readonly unknown[]) => void;
  /** Told what is thrown where nobody waits for it, such as in a timer. */
  readonly onStray: (reason: string) => void;
}

/**
 * From now on, in this process or worker: `Deno.exit`, `process.exit` and `close` throw, `console`
 * prints elsewhere, and what is thrown in timers or rejected unseen is told instead of ending the
 * process.
 */
export function containUserCode({ print, onStray }: Containment): void {
  const ending = (name: string) => (): never => {
    throw new Error(`it called ${name} and did not return`);
  };
  Deno.exit = ending("Deno.exit"); // process.exit calls it
  globalThis.close = ending("close");
  const methods = console as unknown as Record<string, (...values: unknown[]) => void>;
  for (const name of printing) methods[name] = print;
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    onStray(reasonOf(event.error));
  });
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    onStray(reasonOf(event.reason));
  });
}
