/**
 * Text as `deno fmt` writes it.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const config = fileURLToPath(new URL("../deno.json", import.meta.url));

/**
 * Formats a text as the project's files are, or to another width; `extension` says what it is.
 *
 * Throws an `Error` with what the formatter says of a text that it can't read.
 */
export async function formatted(
  text: string,
  extension: "ts" | "md",
  width?: number,
): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "fmt",
      `--config=${config}`,
      `--ext=${extension}`,
      ...width === undefined ? [] : [`--line-width=${width}`],
      "-",
    ],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (success) return decode(stdout);
  throw new Error(`Cannot format ${extension} text: ${decode(stderr).trim()}`);
}
