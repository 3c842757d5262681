/**
 * The README's table of ops, written from the rows.
 *
 * @module
 */
import type { Op } from "../core/op.ts";
import { formatted } from "./formatted.ts";
import { operandNames, parametersOf } from "./op_sentences.ts";

/** What stands above and below the table. */
const [BEGIN, END] = ["<!-- written by deno task ops -->", "<!-- end of what it wrote -->"];

/**
 * A text in Markdown with the table of ops between its two comments.
 *
 * Throws an `Error` where the comments are not there, each once and in order.
 */
export async function withOpTable(
  markdown: string,
  ops: Readonly<Record<string, Op>>,
): Promise<string> {
  const [before, middle, ...more] = markdown.split(BEGIN);
  const [, after, ...rest] = middle?.split(END) ?? [];
  if (after === undefined || more.length > 0 || rest.length > 0) {
    throw new Error(`Cannot write the table of ops: "${BEGIN}" and "${END}" are not there once`);
  }
  return await formatted(`${before}${BEGIN}\n\n${opTable(ops)}\n\n${END}${after}`, "md");
}

function opTable(ops: Readonly<Record<string, Op>>): string {
  const rows = Object.entries(ops).map(([name, row]) => [
    `\`${callText(name, row)}\``,
    row.summary,
    row.form.name,
    dtypeText(row),
    row.form.name === "source" ? "" : row.gradient === "none" ? "no" : "yes",
  ]);
  const header = ["op", "what it is", "form", "dtype", "gradient"];
  return [header, header.map(() => "-"), ...rows].map((cells) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`
  ).join("\n");
}

/** How an op is called: `reduceSum(x, { axis, keepDims })`. What may be left out has a `?`. */
function callText(name: string, row: Op): string {
  const { positional, options } = parametersOf(row);
  if (row.form.name === "source") return `${name}(${positional[0]!.name}, { name, dtype })`;
  return `${name}(${
    [
      ...operandNames(row),
      ...positional.map(({ name, parameter }) => `${name}${parameter.optional ? "?" : ""}`),
      ...options.length === 0 ? [] : [`{ ${options.map(({ name }) => name).join(", ")} }`],
    ].join(", ")
  })`;
}

/** What goes in and what comes out, where that is another: `float32 → bool`. */
function dtypeText({ takes, gives, form }: Op): string {
  if (form.name === "source") return "any";
  const taken = [...new Set(takes)];
  const given = typeof gives === "function" ? "as told" : gives;
  const same = given === "same" || (taken.length === 1 && taken[0] === given);
  return same ? taken.join(", ") : `${taken.join(", ")} → ${given}`;
}
