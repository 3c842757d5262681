/**
 * Prints the checksums of `checksums.ts` as JSON, in any JavaScript engine: `deno bundle
 * scripts/checksum_print.ts` makes the file to run. Shells without a console have `print`.
 *
 * @module
 */
import { checksums } from "./checksums.ts";

const text = JSON.stringify(checksums());
const shell = globalThis as { console?: Console; print?: (text: string) => void };
if (shell.console === undefined) shell.print?.(text);
else shell.console.log(text);
