/**
 * Graphs as JSON: a form that other languages can read and write.
 *
 * `graph.schema.json` describes it, and says which changes make a new version. The reader knows
 * every op by its row alone, and refuses what it does not know.
 *
 * @module
 */
import { dtype as dtypeKind } from "./attributes.ts";
import { checkRecord, isDense, shown } from "./check.ts";
import { type DType, DTYPES } from "./dtype.ts";
import { apply, type Node, nodeKind, postorder } from "./graph.ts";
import { checkKeys, isJsonObject, readShape, type Refuse } from "./json.ts";
import { type OpName, ops, rowOf } from "./ops/table.ts";
import { sameShape, type Shape, shapeText } from "./shape.ts";

/** The newest format version that is read, and the one that is written. */
export const GRAPH_FORMAT_VERSION = 2;

/** The format versions that are read. Version 1 had no dtypes: all was float32. */
export type GraphFormatVersion = 1 | 2;

/** A node in JSON. */
export interface NodeJson {
  /** What other nodes call it: its name, or `n` and its place in the list. */
  readonly id: string;
  /** Its name, where the id could not be it. */
  readonly name?: string;
  /** The name of its op. */
  readonly op: string;
  /** Ids of the nodes that it is computed from, which stand before it. */
  readonly inputs: readonly string[];
  /** What the op needs beside its inputs. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The shape of its value. */
  readonly shape: Shape;
  /** What its values are. */
  readonly dtype: DType;
}

/** A node in JSON of format version 1. */
export type NodeJson1 = Omit<NodeJson, "dtype">;

/** A graph in JSON. */
export interface GraphJson {
  /** Says what the file is. */
  readonly format: "goldengrad-graph";
  /** The version of the format. */
  readonly formatVersion: 2;
  /** Every node after its inputs. */
  readonly nodes: readonly NodeJson[];
  /** Ids by output name. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** An id that is a place in the list, and so no name. */
const PLACE_ID = /^n\d+$/;

/**
 * Writes all that the outputs depend on as a value for `JSON.stringify`.
 *
 * Sources carry their values, as numbers that read back to the same bits.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mul, run, variable } from "../mod.ts";
 * import { graphFromJson, graphToJson } from "./graph_json.ts";
 * const x = variable([1, 2], { name: "x" });
 * const text = JSON.stringify(graphToJson({ y: mul(x, 0.1) }));
 * const { y } = graphFromJson(JSON.parse(text));
 * assertEquals(`${run([y!])[0]}`, "[0.1 0.2]");
 * ```
 */
export function graphToJson(outputs: Readonly<Record<string, Node>>): GraphJson {
  checkRecord("write a graph", "output", outputs, nodeKind);
  const order = postorder(Object.values(outputs));
  const ids = idsOf(order);
  const named = Object.entries(outputs).map(([name, node]) => [name, ids.get(node)!]);
  return {
    format: "goldengrad-graph",
    formatVersion: GRAPH_FORMAT_VERSION,
    nodes: order.map((node) => nodeToJson(node, ids)),
    outputs: Object.fromEntries(named),
  };
}

/** The id of every node: its name where no other node has it, else its place. */
function idsOf(order: readonly Node[]): Map<Node, string> {
  const uses = new Map<string, number>();
  for (const { name } of order) uses.set(name, (uses.get(name) ?? 0) + 1);
  const hasOwn = ({ name }: Node) => name !== "" && uses.get(name) === 1 && !PLACE_ID.test(name);
  return new Map(order.map((node, i) => [node, hasOwn(node) ? node.name : `n${i}`]));
}

function nodeToJson(node: Node, ids: ReadonlyMap<Node, string>): NodeJson {
  const id = ids.get(node)!;
  const values = node.attributes as Readonly<Record<string, unknown>>;
  const attributes = Object.entries(rowOf(node).attributes)
    .map(([key, kind]) => [key, kind.write(values[key])]);
  return {
    id,
    ...(node.name !== "" && node.name !== id && { name: node.name }),
    op: node.op,
    inputs: node.inputs.map((input) => ids.get(input)!),
    attributes: Object.fromEntries(attributes),
    shape: [...node.shape],
    dtype: node.dtype,
  };
}

/**
 * Makes the nodes of a graph's JSON form anew, and returns its outputs by name.
 *
 * Throws a `SyntaxError` that names the node for everything that is not as the format says: an
 * unknown key, op or attribute, a missing or mistyped one, an input that does not stand before, a
 * shape or dtype other than the op's, a newer format version.
 */
export function graphFromJson(json: unknown): Record<string, Node> {
  const refuse = refusal("the graph");
  if (!isJsonObject(json)) return refuse("is not an object");
  if (json.format !== "goldengrad-graph") refuse('does not have the format "goldengrad-graph"');
  const version = readVersion(json.formatVersion, refuse);
  checkKeys(json, refuse, ["format", "formatVersion", "nodes", "outputs"]);
  const nodes = nodesFromJson(json.nodes, version);
  if (!isJsonObject(json.outputs)) return refuse("has outputs that are not an object");
  const outputs = Object.entries(json.outputs).map(([name, id]) => {
    const node = nodes.get(id as string);
    return [name, node ?? refusal(`output ${shown(name)}`)("names no node")] as const;
  });
  return Object.fromEntries(outputs);
}

/**
 * Makes the nodes of a graph's list anew, and returns them by id; `version` is that of the format.
 *
 * Throws a `SyntaxError` as {@linkcode graphFromJson} does.
 */
export function nodesFromJson(
  json: unknown,
  version: GraphFormatVersion = GRAPH_FORMAT_VERSION,
): Map<string, Node> {
  if (!Array.isArray(json)) return refusal("the graph")("has nodes that are not a list");
  const nodes = new Map<string, Node>();
  for (const [i, item] of json.entries()) {
    if (!isJsonObject(item)) return refusal(`nodes[${i}]`)("is not an object");
    const { id } = item;
    if (typeof id !== "string" || id === "") return refusal(`nodes[${i}]`)("has no id");
    const refuse = refusal(`node ${shown(id)}`);
    if (nodes.has(id)) refuse("occurs twice");
    nodes.set(id, nodeFromJson(item, id, version, nodes, refuse));
  }
  return nodes;
}

function nodeFromJson(
  json: Readonly<Record<string, unknown>>,
  id: string,
  version: GraphFormatVersion,
  earlier: ReadonlyMap<string, Node>,
  refuse: Refuse,
): Node {
  const keys = ["id", "op", "inputs", "attributes", "shape", ...version === 1 ? [] : ["dtype"]];
  checkKeys(json, refuse, keys, { optional: ["name"] });
  const { op, name = PLACE_ID.test(id) ? "" : id } = json;
  if (typeof name !== "string") return refuse("has a name that is not a text");
  if (!isOp(op)) return refuse(`has the unknown op ${shown(op)}`);
  const inputs = readInputs(op, json.inputs, earlier, refuse);
  const shapes = inputs.map((input) => input.shape);
  const attributes = readAttributes(op, json.attributes, version, shapes, refuse);
  const shape = readShape(json.shape, (facts) => refuse(`has a shape that ${facts}`));
  const dtype = version === 1 ? "float32" : readDType(json.dtype, refuse);
  const node = applied(op, inputs, attributes, name, refuse);
  if (!sameShape(node.shape, shape)) {
    refuse(`has shape ${shapeText(shape)}, its op gives ${shapeText(node.shape)}`);
  }
  if (node.dtype !== dtype) refuse(`has dtype ${dtype}, its op gives ${node.dtype}`);
  return node;
}

function readDType(json: unknown, refuse: Refuse): DType {
  return DTYPES.find((dtype) => dtype === json) ?? refuse(`has the unknown dtype ${shown(json)}`);
}

function readInputs(
  op: OpName,
  json: unknown,
  earlier: ReadonlyMap<string, Node>,
  refuse: Refuse,
): Node[] {
  if (!isDense(json)) return refuse("has inputs that are not a list");
  const { arity } = ops[op];
  if (arity !== "any" && json.length !== arity) {
    refuse(`has ${json.length} inputs, op "${op}" takes ${arity}`);
  }
  return json.map((id) => {
    return earlier.get(id as string) ?? refuse(`has the input ${shown(id)}, no node before it`);
  });
}

function readAttributes(
  op: OpName,
  json: unknown,
  version: GraphFormatVersion,
  shapes: readonly Shape[],
  refuse: Refuse,
): Record<string, unknown> {
  if (!isJsonObject(json)) return refuse("has attributes that are not an object");
  const kinds = Object.entries(ops[op].attributes);
  const isImplied = (kind: unknown) => version === 1 && kind === dtypeKind;
  const stated = kinds.filter(([, kind]) => !isImplied(kind)).map(([key]) => key);
  checkKeys(json, refuse, stated, { noun: "attribute" });
  const attributes = kinds.map(([key, kind]) => {
    if (isImplied(kind)) return [key, "float32"];
    const refuseThis: Refuse = (facts) => refuse(`has an attribute "${key}" that ${facts}`);
    return [key, kind.read(json[key], refuseThis, shapes)];
  });
  return Object.fromEntries(attributes);
}

/** Makes the node; what `infer` finds wrong is refused as the node's fault. */
function applied(
  op: OpName,
  inputs: readonly Node[],
  attributes: object,
  name: string,
  refuse: Refuse,
): Node {
  try {
    return apply(ops, op, inputs, attributes, name);
  } catch (error) {
    return refuse(`cannot be made: ${(error as Error).message}`);
  }
}

function isOp(op: unknown): op is OpName {
  return typeof op === "string" && Object.hasOwn(ops, op);
}

function readVersion(version: unknown, refuse: Refuse): GraphFormatVersion {
  if (version === 1 || version === 2) return version;
  if (!Number.isSafeInteger(version)) return refuse("has no formatVersion");
  const limit = (version as number) < 1
    ? "older than 1, the oldest"
    : `newer than ${GRAPH_FORMAT_VERSION}, the newest`;
  return refuse(`has formatVersion ${version}, ${limit} that can be read`);
}

/** What throws the error about one part of a graph. */
function refusal(part: string): Refuse {
  return (facts) => {
    throw new SyntaxError(`Cannot read a graph: ${part} ${facts}`);
  };
}
