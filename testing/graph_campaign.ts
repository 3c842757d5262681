/**
 * A campaign over damaged graphs in JSON, of version 2 and, one in eight, of version 1: what is read
 * gives a graph that is written, read again and run, or a `SyntaxError` of one line.
 *
 * `deno run --allow-read testing/graph_campaign.ts SEED I I+1` makes try I again.
 *
 * @module
 */
import type { Node } from "../core/graph.ts";
import { graphFromJson, graphToJson } from "../core/graph_json.ts";
import { postorder } from "../core/graph.ts";
import { sourceValue } from "../core/functions/sources.ts";
import { run } from "../core/plan.ts";
import { sizeOf } from "../core/shape.ts";
import { constant, placeholder } from "../mod.ts";
import { campaign, type Try } from "./campaign.ts";
import { damagedText, damagedValue, Draws } from "./damage.ts";
import { computingOps, sampleNode, SAMPLES } from "./op_samples.ts";

const version1 = JSON.parse(
  Deno.readTextFileSync(new URL("../core/testdata/graph_version_1.json", import.meta.url)),
);

/** The most elements of a graph's tensors that are computed. */
const COMPUTED = 1e5;

/** A graph of a few ops, of sources of every dtype and of names that occur twice. */
function graph(draws: Draws): unknown {
  if (draws.below(8) === 0) return version1;
  const nodes = Array.from(
    { length: 1 + draws.below(3) },
    () => sampleNode(draws.of(computingOps), draws.below(SAMPLES)),
  );
  const sources = [
    placeholder([2, 0], { name: "x", dtype: draws.of(["float32", "int32", "bool"]) }),
    constant([[NaN, -0, Infinity]], { name: "x" }),
    constant([1, -(2 ** 24)], { dtype: "int32", name: "n1" }),
  ].slice(draws.below(4));
  const outputs = Object.fromEntries([...nodes, ...sources].map((node, i) => [`y${i}`, node]));
  return JSON.parse(JSON.stringify(graphToJson(outputs)));
}

/** A quarter are damaged as texts, the others as values. */
function damagedGraph(draws: Draws): string {
  const whole = graph(draws);
  return draws.below(4) === 0
    ? damagedText(JSON.stringify(whole), draws)
    : JSON.stringify(damagedValue(whole, draws)) ?? "";
}

/** Does with a graph what the rest of the program does; says what is wrong. */
function use(outputs: Readonly<Record<string, Node>>): string | undefined {
  const json = JSON.stringify(graphToJson(outputs));
  if (JSON.stringify(graphToJson(graphFromJson(JSON.parse(json)))) !== json) return "reads anew";
  const order = postorder(Object.values(outputs));
  const size = order.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const given = order.every((node) => node.inputs.length > 0 || sourceValue(node) !== null);
  if (size > COMPUTED || !given) return undefined;
  try {
    run(Object.values(outputs));
  } catch (error) {
    // An index that is out of range, or a value that is no int32, shows when the graph runs.
    const { name, message } = error as Error;
    if (name !== "RangeError" || !/^Cannot compute \w+: [^\n\r]{1,2000}$/.test(message)) {
      return `${name}: ${JSON.stringify(message)}`;
    }
  }
  return undefined;
}

function attempt(seed: number, i: number): Try {
  const text = damagedGraph(new Draws(seed, i));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { counts: ["no JSON"] };
  }
  let outputs: Record<string, Node>;
  try {
    outputs = graphFromJson(json);
  } catch (error) {
    const { name, message } = error as Error;
    const good = name === "SyntaxError" && /^Cannot read a graph: [^\n\r]{1,2000}$/.test(message);
    return { counts: ["refused"], ...!good && { failure: `${name}: ${JSON.stringify(message)}` } };
  }
  const failure = use(outputs);
  return { counts: ["result"], ...failure !== undefined && { failure } };
}

Error.stackTraceLimit = 0; // nobody looks at the stacks, and they take time

if (import.meta.main) await campaign(attempt);
