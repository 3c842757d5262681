/**
 * What a campaign of wrong calls calls: public functions, each with valid calls to damage.
 *
 * @module
 */

/** A public function, or what stands for one: a constructor, a method. */
export interface Subject {
  /** Its name as its entry point exports it, or `Class.method`. */
  readonly name: string;
  /** Calls it. */
  call(...args: unknown[]): unknown;
  /** Makes the arguments of valid calls, anew each time. */
  readonly valid: readonly (() => unknown[])[];
  /** Errors that are no answer to a wrong call but a result: what an assertion throws. */
  readonly outcome?: RegExp;
}

/** A subject; arguments are of any type, since that is the point. */
export function subject(
  name: string,
  call: (...args: never[]) => unknown,
  ...valid: readonly (() => unknown[])[]
): Subject {
  return { name, call: call as Subject["call"], valid };
}
