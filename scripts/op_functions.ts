/**
 * The public functions of ops, written from their rows: one module per family, one function per op.
 *
 * @module
 */
import type { Op, OpRows } from "../core/op.ts";
import { formatted } from "./formatted.ts";
import {
  docLines,
  operandNames,
  type Parameter,
  parametersOf,
  WIDTH,
  wrapped,
} from "./op_sentences.ts";

/** Says in each module who wrote it. */
export const WRITTEN = "Written from the rows by `deno task ops`.";

/** The families whose functions are written by hand, since sources have values and names. */
const BY_HAND = ["sources"];

/** The text of every module of `core/functions/` that is written from rows, by its file's name. */
export async function functionModules(
  families: Readonly<Record<string, OpRows>>,
): Promise<Record<string, string>> {
  const written = Object.entries(families).filter(([family]) => !BY_HAND.includes(family));
  const examples = await formattedExamples(written.flatMap(([, rows]) => Object.entries(rows)));
  const texts = [
    ...written.map(([family, rows]) =>
      [`${family}.ts`, moduleText(family, rows, examples)] as const
    ),
    ["mod.ts", modText(families)] as const,
  ];
  const modules = texts.map(async ([file, text]) => [file, await formatted(text, "ts")] as const);
  return Object.fromEntries(await Promise.all(modules));
}

function modText(families: Readonly<Record<string, OpRows>>): string {
  const exports = Object.keys(families).toSorted().flatMap((family) =>
    BY_HAND.includes(family)
      ? [
        // Their module has more than the functions of ops.
        `export type { Operand, SourceOptions, Value } from "./${family}.ts";`,
        `export { ${Object.keys(families[family]!).toSorted().join(", ")} } from "./${family}.ts";`,
      ]
      : [`export * from "./${family}.ts";`]
  );
  return [
    comment(["The public functions of all ops.", "", WRITTEN, "", "@module"]),
    ...exports,
    "",
  ].join("\n");
}

function moduleText(
  family: string,
  rows: OpRows,
  examples: ReadonlyMap<string, readonly string[]>,
): string {
  const functions = Object.entries(rows).map(([name, row]) =>
    `${comment(docLines(row, examples.get(name)!))}\n${functionText(name, row)}`
  );
  const about = `The public functions of the ops in \`ops/${family}.ts\`. ${WRITTEN}`;
  const shape = functions.some((text) => /: Shape\b/.test(text));
  return [
    comment([...wrapped(about), "", "@module"]),
    `import type { Node } from "../graph.ts";`,
    ...(shape ? [`import type { Shape } from "../shape.ts";`] : []),
    `import { call } from "./call.ts";`,
    `import type { Operand } from "./sources.ts";\n`,
    functions.join("\n\n"),
    "",
  ].join("\n");
}

function functionText(name: string, row: Op): string {
  const { positional, options } = parametersOf(row);
  const operands = operandNames(row);
  const parameters = [
    ...row.arity === "any"
      ? [`${operands[0]}: readonly Operand[]`]
      : operands.map((x) => `${x}: Operand`),
    ...positional.map(({ name, parameter }) =>
      `${name}${parameter.optional ? "?" : ""}: ${parameter.type}`
    ),
    ...options.length === 0 ? [] : [optionsText(options)],
  ];
  const list = row.arity === "any" ? operands[0] : `[${operands.join(", ")}]`;
  const given = [
    ...positional.length > 0 || options.length > 0
      ? [`{ ${positional.map(({ name }) => name).join(", ")} }`]
      : [],
    ...options.length > 0 ? ["options"] : [],
  ];
  return [
    `export function ${name}(${parameters.join(", ")}): Node {`,
    `  return call(${[JSON.stringify(name), list, ...given].join(", ")});`,
    "}",
  ].join("\n");
}

/** The last parameter: an object that may be left out where every option may. */
function optionsText(options: readonly Parameter[]): string {
  const fields = options.map(({ name, parameter }) =>
    `${name}${parameter.optional ? "?" : ""}: ${parameter.type}`
  );
  const byDefault = options.every(({ parameter }) => parameter.optional) ? " = {}" : "";
  return `options: { ${fields.join("; ")} }${byDefault}`;
}

/** The examples by op, as programs that assert, formatted for a comment. */
async function formattedExamples(
  rows: readonly (readonly [name: string, row: Op])[],
): Promise<Map<string, readonly string[]>> {
  const mark = "// the example of";
  const programs = rows.map(([name, row]) => `${mark} ${name}\n${exampleText(name, row)}\n`);
  const text = await formatted(programs.join("\n"), "ts", WIDTH);
  const parts = text.split(mark).slice(1).map((part) => part.trimEnd().split("\n").slice(1));
  return new Map(rows.map(([name], i) => [name, parts[i]!]));
}

/** The example of an op as a program. */
function exampleText(name: string, { example: [code, prints] }: Op): string {
  const used = [...code.matchAll(/\b([a-z]\w*)\(/gi)].map(([, callee]) => callee!);
  const list = code.startsWith("gradients(");
  const isNull = prints === "null";
  const names = new Set([...used, name, ...(isNull ? [] : ["run"])]);
  const value = isNull ? null : list ? `run(${code})` : `run([${code}])`;
  return [
    `import { assertEquals } from "@std/assert";`,
    `import { ${[...names].sort().join(", ")} } from "../../mod.ts";`,
    value === null ? `const [gradient] = ${code};` : `const [value] = ${value};`,
    value === null
      ? `assertEquals(gradient, null);`
      : "assertEquals(`${value}`, " + printedText(prints) + ");",
  ].join("\n");
}

/** A text as an expression: where it is too long for a line, line by line. */
function printedText(text: string): string {
  const literal = JSON.stringify(text);
  if (literal.length < WIDTH - 30 || !text.includes("\n")) return literal;
  return `[${text.split("\n").map((line) => JSON.stringify(line)).join(", ")}].join("\\n")`;
}

function comment(lines: readonly string[]): string {
  return ["/**", ...lines.map((line) => line === "" ? " *" : ` * ${line}`), " */"].join("\n");
}
