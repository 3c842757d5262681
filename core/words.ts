/**
 * Words of messages and reports.
 *
 * @module
 */

/**
 * A count with its noun: `1 case`, `2,000 cases`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { counted } from "./words.ts";
 * assertEquals([counted(1, "case"), counted(2000, "case")], ["1 case", "2,000 cases"]);
 * ```
 */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
