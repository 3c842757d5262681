/**
 * What is said of an op in its documentation, and what its parameters are called.
 *
 * @module
 */
import type { AttributeKind } from "../core/attributes.ts";
import type { Op, Takes } from "../core/op.ts";

/** How wide text in a comment is: a line of it takes three columns more. */
export const WIDTH = 97;

/** How the public function of an op takes one of its attributes. */
export interface Parameter {
  /** What it is called there. */
  readonly name: string;
  readonly parameter: AttributeKind<unknown>["parameter"];
}

/** What the public function of an op takes beside operands: arguments of their own, and options. */
export function parametersOf(
  { attributes }: Op,
): { positional: readonly Parameter[]; options: readonly Parameter[] } {
  const all = Object.entries(attributes).map(([name, kind]) => ({
    name: nameOf(name, kind),
    parameter: kind.parameter,
  }));
  return {
    positional: all.filter(({ parameter }) => parameter.positional),
    options: all.filter(({ parameter }) => !parameter.positional),
  };
}

function nameOf(name: string, { parameter }: AttributeKind<unknown>): string {
  return parameter.positional ? name : parameter.key ?? name;
}

/** The names of an op's operands. */
export function operandNames({ operands, arity }: Op): readonly string[] {
  if (operands !== undefined) return operands;
  return arity === "any" ? ["operands"] : arity === 1 ? ["x"] : ["a", "b", "c"].slice(0, arity);
}

/** The documentation of an op: a sentence, more of them, parameters, errors, an example. */
export function docLines(row: Op, example: readonly string[]): string[] {
  const { positional, options } = parametersOf(row);
  const parameters = [...positional, ...options];
  const [only] = parameters;
  const describe = ({ name, parameter }: Parameter) => `\`${name}\`: ${parameter.text}`;
  const list = parameters.length > 1
    ? parameters.flatMap((each) => listItem(`${describe(each)}.`))
    : [];
  const sentences = [
    row.details,
    ...parameters.length === 1 ? [`${describe(only!)}.`] : [],
    ...list.length === 0 ? requirements(row) : [],
  ].filter((sentence) => sentence !== undefined);
  const paragraphs = [
    wrapped(row.summary),
    ...sentences.length === 0 ? [] : [wrapped(sentences.join(" "))],
    ...list.length === 0 ? [] : [list, wrapped(requirements(row).join(" "))],
    ["@example", "```ts", ...example, "```"],
  ];
  return paragraphs.flatMap((lines, i) => i === 0 ? lines : ["", ...lines]);
}

/** What an op asks of its operands and attributes, in sentences. */
function requirements(row: Op): string[] {
  const broadcasts = row.form.name === "elementwise" && !isUnary(row);
  const errors = errorsOf(row, broadcasts ? "shapes that do not" : "shapes that do not fit");
  return [
    ...dtypeSentences(row),
    ...broadcasts ? ["Shapes broadcast as in NumPy."] : [],
    ...errors.length === 0 ? [] : [`Throws ${errors.join(", and ")}.`],
    ...readsIndices(row) ? ["An index out of range is a `RangeError` at run time."] : [],
  ];
}

/** Whether an op reads indices from an operand. */
function readsIndices({ form, takes }: Op): boolean {
  return form.name === "multilinear" && takes.includes("int32");
}

/** Whether an op is a function of one number, which any shape fits. */
function isUnary({ form, arity }: Op): boolean {
  return form.name === "elementwise" && arity === 1;
}

/** Which errors a call may throw, and for what. */
function errorsOf(row: Op, wrongShapes: string): string[] {
  const [first] = row.takes;
  const wrongDtypes = !takesOne(row)
    ? "other dtypes"
    : row.arity === 1
    ? `an operand that is not ${first}`
    : `operands that are not ${first}`;
  const wrong = [
    // A row whose shapes always fit has no use for `refuse`.
    ...row.infer.length < 3 || isUnary(row) ? [] : [wrongShapes],
    ...row.takes.every((each) => each === "any") && row.arity === 1 ? [] : [wrongDtypes],
  ];
  const limited = Object.entries(row.attributes).flatMap(([name, kind]) =>
    isLimited(kind) ? [`\`${nameOf(name, kind)}\``] : []
  );
  return [
    ...wrong.length === 0 ? [] : [`a \`TypeError\` for ${wrong.join(", or for ")}`],
    ...limited.length === 0 ? [] : [`a \`RangeError\` for ${limited.join(" or ")} out of range`],
  ];
}

/** Whether there are numbers that an attribute can't be. */
function isLimited(kind: AttributeKind<unknown>): boolean {
  return [-(2 ** 40), [-(2 ** 40)]].some((given) => {
    try {
      kind.resolve(given, "try", [[2]], "it");
      return false;
    } catch (error) {
      return error instanceof RangeError;
    }
  });
}

/** Whether every operand is of one dtype, which the row names. */
function takesOne({ takes }: Op): boolean {
  const [first] = takes;
  return first !== "any" && first !== "number" && takes.every((each) => each === first);
}

/** What dtypes go in and come out, where that is not one dtype throughout. */
function dtypeSentences(row: Op): string[] {
  const { takes, arity, gives } = row;
  const [first] = takes;
  const result =
    typeof gives === "function" || gives === "same" || (takesOne(row) && gives === first)
      ? []
      : [`The result is ${gives}.`];
  if (takesOne(row)) return result;
  if (takes.every((each) => each === first)) {
    const { one, several } = WORDS[first!];
    return [
      arity === 1 ? `Takes ${one.replace("of ", "")}.` : `Operands are ${several}.`,
      ...result,
    ];
  }
  if (arity === "any") {
    return [`The first operand is ${WORDS[first!].one}, others are ${WORDS[takes.at(-1)!].one}.`];
  }
  const groups = Map.groupBy(operandNames(row), (_, i) => takes[Math.min(i, takes.length - 1)]!);
  const parts = [...groups].map(([taken, names]) => {
    const list = enumerated(names.map((name) => `\`${name}\``));
    return names.length === 1
      ? `${list} is ${WORDS[taken].one}`
      : `${list} are ${WORDS[taken].several}`;
  });
  return [`${enumerated(parts)}.`, ...result];
}

/** What operands are, in words. */
const WORDS: Readonly<Record<Takes, { one: string; several: string }>> = {
  any: { one: "of any dtype", several: "of one dtype, which may be any" },
  number: { one: "float32 or int32", several: "of one dtype, float32 or int32" },
  float32: { one: "float32", several: "float32" },
  int32: { one: "int32", several: "int32" },
  bool: { one: "bool", several: "bool" },
};

/** Texts as a sentence lists them: `a, b and c`. */
function enumerated(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

function listItem(text: string): string[] {
  return wrapped(text, WIDTH - 2).map((line, i) => `${i === 0 ? "-" : " "} ${line}`);
}

/** Text in lines of a width; code between backticks is not broken. */
export function wrapped(text: string, width = WIDTH): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/(?:`[^`]*`|\S)+/g)!) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
