/**
 * Writes core/testdata/math_*_hard.json: the inputs whose exact results lie nearest to a rounding
 * boundary.
 *
 *     deno run --allow-run --allow-read --allow-write scripts/maintain/math_hard.ts [--function exp] [--count N]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { functions } from "../../core/math/functions.ts";
import { pairFunctions } from "./math_pairs.ts";
import { base64, build, withWitness } from "./math_witness.ts";

const args = parseArgs(Deno.args, { string: ["function", "count"], default: { count: "512" } });
const count = Number(args.count);
if (!Number.isSafeInteger(count) || count < 1) {
  throw new RangeError(
    `Cannot write hard inputs: count ${args.count} is not a whole number from 1`,
  );
}
const known = [...Object.keys(functions), ...Object.keys(pairFunctions)];
const names = args.function === undefined ? known : [String(args.function)];
await withWitness(async (program) => {
  for (const name of names) {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [name in pairFunctions ? "hardpairs" : "hard", name, String(count)],
    }).output();
    const remark = new TextDecoder().decode(stderr).trim();
    if (!success) throw new Error(`Cannot find ${count} hard inputs of ${name}: ${remark}`);
    const rows = new TextDecoder().decode(stdout).trim().split("\n").map((line) => line.split(" "));
    const words = (column: number) => base64(rows.map((row) => parseInt(row.at(column)!, 16)));
    const distances = rows.map((row) => Number(row.at(-1)));
    const file = new URL(`../../core/testdata/math_${name}_hard.json`, import.meta.url);
    const ofPairs = name in pairFunctions;
    const content = {
      description:
        `The ${ofPairs ? "pairs of math_pairs.ts" : "float32 inputs of all 2^32"} whose ` +
        `${name} lies nearest to the midpoint of two float32 values, nearest first, and the ` +
        `correctly rounded results${ofPairs ? "; without exact ties and subnormal results" : ""}`,
      source: "scripts/maintain/math_exhaust.c",
      version: remark.slice(remark.indexOf("MPFR")),
      build: build.join(" "),
      command: `scripts/maintain/math_hard.ts --function ${name} --count ${count}`,
      function: name,
      count: rows.length,
      nearestUlp: distances[0]!,
      farthestUlp: distances.at(-1)!,
      encoding: "base64 of float32 bits as little-endian uint32",
      inputs: words(0),
      ...(ofPairs ? { second: words(1) } : {}),
      expected: words(-2),
    };
    await Deno.writeTextFile(file, JSON.stringify(content, null, 2) + "\n");
    console.log(
      `${name}: ${rows.length} inputs, ${content.nearestUlp} to ${content.farthestUlp} ulp; ${remark}`,
    );
  }
});
