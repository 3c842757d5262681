/**
 * Errors of the operating system as one line: what could not be done, and why.
 *
 * @module
 */

/**
 * Does something with the file system; its error says what could not be done,
 * `Cannot <action>: <reason>`; a `SyntaxError` about what was read passes through.
 */
export async function attempt<T>(action: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof SyntaxError ? error : systemError(action, error);
  }
}

/**
 * Reads a file that must be UTF-8; its errors call it `name`. Deno's own reading of text puts
 * U+FFFD for what is not.
 */
export async function readText(path: string | URL, name: string): Promise<string> {
  const bytes = await attempt(`read ${name}`, () => Deno.readFile(path));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SyntaxError(`Cannot read ${name}: it is not UTF-8 text`);
  }
}

/**
 * The error of an action, without the path and number that Deno adds to the operating system's
 * words.
 *
 * Deno wants `--allow-all` for /proc, /sys and /dev, which is no advice to give: what lies there is
 * the system's own.
 */
export function systemError(action: string, error: unknown): Error {
  if (error instanceof Deno.errors.NotCapable && error.message.startsWith("Requires all access")) {
    return new Error(`Cannot ${action}: it belongs to the operating system`, { cause: error });
  }
  const reason = reasonOf(error).replace(/[:,]? ?\(os error \d+\).*/, "");
  return new Error(`Cannot ${action}: ${reason}`, { cause: error });
}

/** What was thrown, in one line: the first of an error's message, or any other value as text. */
export function reasonOf(thrown: unknown): string {
  let text: string;
  try {
    const message = thrown instanceof Error ? thrown.message || thrown.name : thrown;
    text = String(message);
  } catch {
    text = ""; // its text throws in its turn
  }
  return text.trim().split(/[\r\n]/)[0]!.trim() || "it threw something without a text";
}
