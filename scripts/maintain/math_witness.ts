/**
 * Builds and starts the MPFR witness `math_exhaust.c`: a maintainer's tool that needs gcc and libmpfr-dev.
 *
 * @module
 */
import { exp } from "../../core/math/exp.ts";
import { sigmoid } from "../../core/math/sigmoid.ts";

/** The functions that the witness knows, by their name in it. */
export const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = { exp, sigmoid };

/** The compiler's command line, without the name of the output. */
export const BUILD: readonly string[] = ["gcc", "-O2", "-std=c11"];

/** Compiles the witness into a temporary folder, calls `use` with the program's path, and removes the folder. */
export async function withWitness<T>(use: (program: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    const program = `${folder}/math_exhaust`;
    const source = new URL("math_exhaust.c", import.meta.url).pathname;
    const [compiler, ...options] = BUILD;
    const { success, stderr } = await new Deno.Command(compiler!, {
      args: [...options, source, "-o", program, "-lmpfr", "-lgmp", "-lm"],
    }).output();
    if (!success) {
      throw new Error(`Cannot build the witness: ${new TextDecoder().decode(stderr).trim()}`);
    }
    return await use(program);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The names to run: the one asked for, or all. Throws a `RangeError` for a name that the witness doesn't know. */
export function namesFor(wanted: unknown): string[] {
  const names = Object.keys(FUNCTIONS);
  if (wanted === undefined) return names;
  if (typeof wanted !== "string" || !names.includes(wanted)) {
    throw new RangeError(`Cannot run ${wanted}: the functions are ${names.join(", ")}`);
  }
  return [wanted];
}
