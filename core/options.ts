/**
 * Options: objects whose every key must be known, so that a misspelt one is not ignored.
 *
 * @module
 */

/** Throws a `TypeError` unless `options` is an object and all its keys are known. */
export function checkOptions(action: string, options: object, known: readonly string[]): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(`Cannot ${action}: options must be an object, such as { ${known[0]}: … }`);
  }
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    throw new TypeError(`Cannot ${action}: there is no option "${key}", only ${known.join(", ")}`);
  }
}
