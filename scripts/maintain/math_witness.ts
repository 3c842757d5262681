/**
 * Builds and starts the MPFR witness `math_exhaust.c`: a maintainer's tool that needs gcc and
 * libmpfr-dev.
 *
 * @module
 */

/** The compiler's command line, without the name of the output. */
export const build: readonly string[] = ["gcc", "-O2", "-std=c11", "-mavx2"];

/**
 * Compiles the witness into a temporary folder, calls `use` with the program's path, and removes
 * the folder.
 */
export async function withWitness<T>(
  use: (program: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const folder = await Deno.makeTempDir();
  try {
    const program = `${folder}/math_exhaust`;
    const source = decodeURIComponent(new URL("math_exhaust.c", import.meta.url).pathname);
    const [compiler, ...options] = build;
    const { success, stderr } = await new Deno.Command(compiler!, {
      args: [...options, source, "-o", program, "-lmvec", "-lmpfr", "-lgmp", "-lm"],
    }).output();
    signal?.throwIfAborted();
    if (!success) {
      throw new Error(
        `Cannot build the witness: ${build.join(" ")} says ${
          new TextDecoder().decode(stderr).trim()
        }`,
      );
    }
    return await use(program);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new Error(`Cannot build the witness: ${build[0]} is not installed`, { cause: error });
    }
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Words as base64 of their little-endian bytes. */
export function base64(words: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(4 * words.length));
  words.forEach((word, i) => view.setUint32(4 * i, word, true));
  return new Uint8Array(view.buffer).toBase64();
}
