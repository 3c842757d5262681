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

/** The longest file that is read whole, in bytes. */
const LONGEST_FILE = 2 ** 28;

/** Reads a file whole; one that is longer than 256 MiB, or never ends, is refused. */
export async function readBytes(
  path: string | URL,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  using file = await attempt(`read ${name}`, () => Deno.open(path));
  for (;;) {
    const chunk = new Uint8Array(2 ** 16);
    const count = await attempt(`read ${name}`, () => file.read(chunk));
    if (count === null) break;
    length += count;
    if (length > LONGEST_FILE) {
      throw new RangeError(`Cannot read ${name}: it has more than ${LONGEST_FILE} bytes`);
    }
    chunks.push(chunk.subarray(0, count));
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * Reads a file that must be UTF-8; its errors call it `name`. Deno's own reading of text puts
 * U+FFFD for what is not.
 */
export async function readText(path: string | URL, name: string): Promise<string> {
  const bytes = await readBytes(path, name);
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
