/**
 * The public functions of ops, written from their rows: one module per family, one function per op.
 *
 * @module
 */
import type { AttributeKind } from "../core/attributes.ts";
import type { Op } from "../core/op.ts";
import { families } from "../core/ops/table.ts";
import { graphSchemaText } from "./graph_schema.ts";

/** The text of every module of `core/functions/` that is written from rows, by its file's name. */
export function functionModules(): Record<string, string> {
  const written = Object.entries(families).filter(([family]) => family !== "sources");
  const modules = written.map(([family, rows]) => [`${family}.ts`, moduleText(family, rows)]);
  return { ...Object.fromEntries(modules), "mod.ts": modText(written.map(([family]) => family)) };
}

const WRITTEN = "Written from the rows by `deno task ops`.";

function modText(families: readonly string[]): string {
  const exports = [...families, "sources"].sort().map((family) =>
    family === "sources"
      ? `export {\n  constant,\n  type Operand,\n  placeholder,\n  type SourceOptions,\n  variable,\n} from "./sources.ts";`
      : `export * from "./${family}.ts";`
  );
  return `/**\n * The public functions of all ops.\n *\n * ${WRITTEN}\n *\n * @module\n */\n${
    exports.join("\n")
  }\n`;
}

function moduleText(family: string, rows: Readonly<Record<string, Op<never>>>): string {
  const functions = Object.entries(rows).map(([name, row]) => functionText(name, row as Op));
  const shape = functions.some((text) => /: Shape\b/.test(text));
  return [
    `/**\n * The public functions of the ops in \`ops/${family}.ts\`. ${WRITTEN}\n *\n * @module\n */`,
    `import type { Node } from "../graph.ts";`,
    ...(shape ? [`import type { Shape } from "../shape.ts";`] : []),
    `import { call } from "./call.ts";`,
    `import type { Operand } from "./sources.ts";\n`,
    functions.join("\n\n"),
    "",
  ].join("\n");
}

function functionText(name: string, row: Op): string {
  const kinds = Object.entries(row.attributes);
  const positional = kinds.filter(([, { parameter }]) => parameter.positional);
  const options = kinds.filter(([, { parameter }]) => !parameter.positional);
  const operands = operandNames(row);
  const parameters = [
    ...row.arity === "any"
      ? [`${operands[0]}: readonly Operand[]`]
      : operands.map((x) => `${x}: Operand`),
    ...positional.map(([key, { parameter }]) =>
      `${key}${parameter.optional ? "?" : ""}: ${parameter.type}`
    ),
    ...options.length === 0 ? [] : [`options: { ${options.map(optionText).join("; ")} } = {}`],
  ];
  const list = row.arity === "any" ? operands[0] : `[${operands.join(", ")}]`;
  const given = [
    ...positional.length > 0 || options.length > 0
      ? [`{ ${positional.map(([key]) => key).join(", ")} }`]
      : [],
    ...options.length > 0 ? ["options"] : [],
  ];
  return [
    "/**",
    ...docText(name, row, positional, options).map((line) => line === "" ? " *" : ` * ${line}`),
    " */",
    `export function ${name}(${parameters.join(", ")}): Node {`,
    `  return call(${[JSON.stringify(name), list, ...given].join(", ")});`,
    "}",
  ].join("\n");
}

type Kinds = readonly (readonly [string, AttributeKind<unknown>])[];

function optionText([name, { parameter }]: Kinds[number]): string {
  return `${parameter.key ?? name}?: ${parameter.type}`;
}

/** The names of an op's operands. */
export function operandNames({ operands, arity }: Op): readonly string[] {
  if (operands !== undefined) return operands;
  return arity === "any" ? ["operands"] : arity === 1 ? ["x"] : ["a", "b", "c"].slice(0, arity);
}

function docText(name: string, row: Op, positional: Kinds, options: Kinds): string[] {
  const { arity } = row;
  const about = [
    row.details ?? "",
    ...positional.map(([key, { parameter }]) => `\`${key}\`: ${parameter.text}.`),
    ...options.map(([key, { parameter }]) =>
      `Option \`${parameter.key ?? key}\`: ${parameter.text}.`
    ),
    row.form.name === "elementwise" && arity !== 1
      ? "Shapes broadcast as in NumPy; a `TypeError` names shapes that do not."
      : "Throws a `TypeError` that names shapes, or dtypes, that do not fit.",
  ].filter((sentence) => sentence !== "");
  return [
    ...wrapped(row.summary),
    "",
    ...wrapped(about.join(" ")),
    "",
    "@example",
    "```ts",
    ...exampleLines(name, row),
    "```",
  ];
}

/** The example of an op as a program that asserts. */
export function exampleLines(name: string, { example: [code, prints] }: Op): string[] {
  const used = [...new Set([...code.matchAll(/\b([a-z]\w*)\(/gi)].map(([, f]) => f!))];
  const node = prints !== "null";
  const imports = [...new Set([...used, name, ...(node ? ["run"] : [])])].sort();
  return [
    `import { assertEquals } from "@std/assert";`,
    `import { ${imports.join(", ")} } from "../../mod.ts";`,
    node
      ? `assertEquals(\`\${run([${code}])[0]}\`, ${JSON.stringify(prints)});`
      : `assertEquals(\`\${${code}[0]}\`, "null");`,
  ];
}

/** Text in lines of at most 97 characters, which a comment makes 100. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > 97) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

if (import.meta.main) {
  const folder = new URL("../core/functions/", import.meta.url);
  for (const [name, text] of Object.entries(functionModules())) {
    await Deno.writeTextFile(new URL(name, folder), text);
  }
  await Deno.writeTextFile(new URL("../graph.schema.json", folder), graphSchemaText());
}
