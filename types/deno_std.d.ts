// The few signatures of the Deno standard library that goldengrad uses: its npm package has no
// types of its own.

declare module "@std/assert" {
  export function assert(value: unknown, message?: string): asserts value;
  export function assertEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertNotEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): void;
  export function assertMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertStringIncludes(actual: string, expected: string, message?: string): void;
  export function assertThrows<E extends Error = Error>(
    run: () => unknown,
    // deno-lint-ignore no-explicit-any
    errorClass?: new (...args: any[]) => E,
    messageIncludes?: string,
  ): E;
  export function assertRejects<E extends Error = Error>(
    run: () => PromiseLike<unknown>,
    // deno-lint-ignore no-explicit-any
    errorClass?: new (...args: any[]) => E,
    messageIncludes?: string,
  ): Promise<E>;
}

declare module "@std/cli/parse-args" {
  export function parseArgs(args: string[], options?: {
    string?: readonly string[];
    boolean?: readonly string[];
    alias?: Record<string, string>;
    default?: Record<string, unknown>;
    stopEarly?: boolean;
    unknown?: (argument: string, key?: string, value?: unknown) => unknown;
  }): { _: (string | number)[]; [key: string]: unknown };
}

declare module "@std/csv" {
  export function parse(text: string, options?: {
    skipFirstRow?: false;
    separator?: string;
    trimLeadingSpace?: boolean;
  }): string[][];
  export function stringify(
    data: readonly unknown[][],
    options?: { headers?: boolean; crlf?: boolean },
  ): string;
}
