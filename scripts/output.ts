/**
 * What commands print: results on standard output, everything else on standard error.
 *
 * @module
 */
import { systemError } from "./attempt.ts";

/** A stream to print to; `Deno.stdout` is one. */
export interface Stream {
  isTerminal(): boolean;
  writeSync(bytes: Uint8Array): number;
}

/** Nobody reads the output any more, as with `| head -1`: the command ends and says nothing. */
export class OutputClosed extends Error {
  override readonly name: string = "OutputClosed";
  /** 128 and the number of SIGPIPE, as shells show it for programs that the signal ends. */
  readonly exitCode: number = 141;
}

/**
 * Prints lines on standard output, whole; an error of one line where that can't be written.
 *
 * `console.log` would end the process with a stack, or go on in silence.
 */
export function print(text: string): void {
  try {
    write(Deno.stdout, `${text}\n`);
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) throw new OutputClosed();
    throw systemError("write the output", error);
  }
}

/** Prints lines on standard error; where that can't be written there is nowhere to say so. */
export function complain(text: string): void {
  try {
    write(Deno.stderr, `${text}\n`);
  } catch {
    // The exit code still tells.
  }
}

/** Whether a stream is to be coloured: a terminal, where NO_COLOR is not set. */
export function isColored(stream: Stream, noColor: boolean = Deno.noColor): boolean {
  return stream.isTerminal() && !noColor;
}

function write(stream: Stream, text: string): void {
  let rest = new TextEncoder().encode(text);
  while (rest.length > 0) rest = rest.subarray(stream.writeSync(rest));
}
