/**
 * A campaign of damaged CSV files: every file is read and judged, or refused in the documented way.
 *
 * @module
 */
import { type Case, cases, compileCase } from "../cases/mod.ts";
import { philox4x32 } from "../core/random.ts";
import { bitsText, shortestText, toBits } from "../core/float32.ts";
import { exportCase, longTable } from "../dataset/mod.ts";
import { type GivenValues, judgeInstance, utf8Text, ValuesReader } from "../verify/against/mod.ts";
import { campaign, type Try } from "./campaign.ts";

/** Whole numbers below a limit that depend on the seed and the number of the try alone. */
type Draw = (below: number) => number;

function drawing(seed: number, i: number): Draw {
  const words = new Uint32Array(4);
  let count = 0;
  return (below) => philox4x32(words, count++, 0, i, 0, seed, 0)[0]! % below;
}

const pick = <T>(draw: Draw, list: readonly T[]): T => list[draw(list.length)]!;

/** Cases of few elements, whose graphs are built once: a campaign reads them 10^5 times. */
const small = cases.filter((c) => elementCount(c) < 16).slice(0, 8).map((c): Case => {
  const tensors = c.build();
  return { ...c, build: () => tensors };
});

/** Valid files: as goldengrad writes them, and as people and other programs do. */
function validFiles(): string[] {
  return small.flatMap((c, i) => {
    const compiled = compileCase(c);
    let long = "";
    const rows = i % 2 === 0 ? {} : { rows: { seed: 1, first: 0, count: 2 } };
    for (const { bytes } of exportCase(compiled, [longTable(compiled)], rows)) {
      long += new TextDecoder().decode(bytes);
    }
    const values = compiled.run().flatMap(({ data }, t) =>
      Array.from(data, (x, index) => [compiled.tensors[t]!.name, index, x] as const)
    );
    const by = (columns: string, row: (name: string, index: number, x: number) => string) =>
      [columns, ...values.map((value) => row(...value))].join("\n");
    return [
      long,
      by("case,tensor,index,value", (name, k, x) => `${c.id},${name},${k},${shortestText(x)}`),
      by(
        '"bits", "index", "tensor", "case"',
        (...[name, k, x]) => `"${bitsText(x)}", "${k}", "${name}", "${c.id}"`,
      ),
    ];
  });
}

function elementCount(c: Case): number {
  return c.build().reduce((sum, { node }) => sum + node.shape.reduce((a, b) => a * b, 1), 0);
}

/** What people, editors and other programs put where it does not belong. */
const ODD_TEXTS = [
  ...['"', '""', '"""', ",", ",,", "\n", "\r", "\r\n", "\0", "\ufeff", "\u2028", "\ud800", ";"],
  ...["\t", " ", "#", "=", "x", "0x", "0x3f800000", "0x3f80000g", "-0", "+1", "1e999", "-1e-999"],
  ...["NaN", "inf", "-INF", "null", "banana", "9x9", "1x2", "-1", "1.5", "1e2", "0,5", "٣", "🐎"],
  ...["9007199254740993", "__proto__", "constructor", "case", "value", "instance", "*", "?*?"],
  ...["9".repeat(400), `0.${"0".repeat(400)}1`, "x".repeat(5000), '"'.repeat(301), ",".repeat(999)],
  ...["*".repeat(300), " ".repeat(3000), "\n".repeat(300)],
];

const linesOf = (text: string) => text.split("\n");

function changeLine(text: string, draw: Draw, change: (line: string) => string): string {
  const lines = linesOf(text);
  const at = draw(lines.length);
  return lines.with(at, change(lines[at]!)).join("\n");
}

function changeField(text: string, draw: Draw, change: (field: string) => string): string {
  return changeLine(text, draw, (line) => {
    const fields = line.split(",");
    const at = draw(fields.length);
    return fields.with(at, change(fields[at]!)).join(",");
  });
}

function swapped<T>(list: readonly T[], a: number, b: number): T[] {
  return a < list.length && b < list.length ? list.with(a, list[b]!).with(b, list[a]!) : [...list];
}

function cut(text: string, draw: Draw): [string, string, string] {
  const from = draw(text.length + 1);
  const to = Math.min(text.length, from + 1 + draw(pick(draw, [3, 30, 300])));
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}

function swapColumns(text: string, draw: Draw, lines: "all" | "one"): string {
  const [a, b] = [draw(4), draw(4)];
  const change = (line: string) => swapped(line.split(","), a, b).join(",");
  return lines === "one" ? changeLine(text, draw, change) : linesOf(text).map(change).join("\n");
}

type Damage = (text: string, draw: Draw, files: readonly string[]) => string;

const damages: readonly Damage[] = [
  (text, draw) => cut(text, draw).toSpliced(1, 1).join(""),
  (text, draw) => cut(text, draw).flatMap((part, i) => i === 1 ? [part, part] : [part]).join(""),
  (text, draw) => text.slice(0, draw(text.length + 1)),
  (text, draw) => text.slice(draw(text.length + 1)),
  (text, draw) => cut(text, draw).toSpliced(1, 0, pick(draw, ODD_TEXTS)).join(""),
  (text, draw) => changeField(text, draw, () => pick(draw, ODD_TEXTS)),
  (text, draw) => changeField(text, draw, (field) => field + pick(draw, ODD_TEXTS)),
  (text, draw) => changeField(text, draw, (field) => `"${field}"`),
  (text, draw) => swapColumns(text, draw, "all"),
  (text, draw) => swapColumns(text, draw, "one"),
  (text, draw) => {
    const lines = linesOf(text);
    return swapped(lines, draw(lines.length), draw(lines.length)).join("\n");
  },
  (text, draw) => linesOf(text).toSpliced(draw(linesOf(text).length), 1).join("\n"),
  (text, draw) => changeLine(text, draw, (line) => `${line}\n${line}`),
  (text, draw) => text.replaceAll(",", pick(draw, [";", "\t", "|", " ", ",,", " , "])),
  (text, draw) => changeLine(text, draw, (line) => line.replaceAll(",", pick(draw, [";", "\t"]))),
  (text, draw) => text.replaceAll("\n", pick(draw, ["\r", "\r\n", "\n\n", "\n\r", " ", '"\n'])),
  (text, draw) => text.replaceAll(".", pick(draw, [",", "", ".."])),
  (text, draw) => text.replaceAll('"', pick(draw, ["'", "", '""'])),
  (text, draw, files) => text + pick(draw, ["", "\n"]) + pick(draw, files),
  (text, draw) => changeLine(text, draw, (line) => `${linesOf(text)[0]}\n${line}`),
];

type ByteDamage = (bytes: readonly number[], draw: Draw) => number[];

const BAD_BYTES = [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xef, 0xbb, 0xbf], [0]];

const byteDamages: readonly ByteDamage[] = [
  (bytes, draw) => {
    const at = draw(bytes.length + 1);
    return bytes.map((byte, i) => i === at ? byte ^ (1 << draw(8)) : byte);
  },
  (bytes, draw) => {
    const at = draw(bytes.length + 1);
    return bytes.map((byte, i) => i === at ? draw(256) : byte);
  },
  (bytes, draw) => bytes.toSpliced(draw(bytes.length + 1), 1),
  (bytes, draw) => bytes.toSpliced(draw(bytes.length + 1), 0, ...pick(draw, BAD_BYTES)),
  (bytes, draw) => bytes.slice(0, draw(bytes.length + 1)),
  (bytes, draw) => [...pick(draw, [[0xff, 0xfe], [0x1f, 0x8b], [0xef, 0xbb, 0xbf]]), ...bytes],
  (bytes) => bytes.flatMap((byte) => [byte, 0]),
];

/** Changes that change nothing: the values are the same. */
const harmless: readonly ((text: string, draw: Draw) => string)[] = [
  (text) => text,
  (text) => `\ufeff${text}`,
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replaceAll("\n", "\n \n"),
  (text) => text.replaceAll(",", " ,\t"),
  (text) => text.replaceAll("\n", `\n${linesOf(text)[0]}\n`),
  (text) => linesOf(text).map((line) => line.split(",").reverse().join(",")).join("\n"),
  (text) => linesOf(text).map((line) => line && `${line},"a ""note"",\nof two lines"`).join("\n"),
];

async function read(
  bytes: Uint8Array<ArrayBuffer>,
  pieceSize: (at: number) => number,
): Promise<GivenValues> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = pieceSize(at);
    pieces.push(bytes.slice(at, at + size));
    at += size;
  }
  const reader = new ValuesReader(small);
  for await (const text of utf8Text(pieces, "mine.csv")) reader.push(text);
  return reader.end();
}

/** What was read, for comparison. */
function summary({ instances, problems, problemCount, warnings }: GivenValues): string {
  const values = instances.map(({ case: { id }, instance, inputs, values, missing }) => [
    ...[id, instance, missing],
    ...Object.entries({ ...inputs, ...values }).map((
      [name, { shape, data }],
    ) => [name, shape, Array.from(data, toBits)]),
  ]);
  return JSON.stringify([values, problems, problemCount, warnings]);
}

/** What is wrong with a list of problems, if anything. */
function misreported({ instances, problems, problemCount }: GivenValues): string | undefined {
  if (problems.length !== Math.min(problemCount, 20)) return "problems are counted wrongly";
  if (instances.length > 0) return "values are given beside problems";
  const odd = problems.find(({ line, message }) =>
    !(Number.isInteger(line) && line >= 1) || !/^[a-z"].{5,400}[^.\s]$/.test(message)
  );
  return odd && `a problem reads ${JSON.stringify(odd)}`;
}

const files = validFiles();
const encoder = new TextEncoder();

/** How many files a try reads: telling each to the watchdog would take longer than reading it. */
const FILES = 10;

async function attempt(seed: number, i: number): Promise<Try> {
  const draw = drawing(seed, i);
  const counts: string[] = [];
  for (let n = 0; n < FILES; n++) {
    const { failure, counts: more } = await readOne(draw, n === 0 && i % 4 === 0);
    counts.push(...more);
    if (failure !== undefined) return { failure: `file ${n}: ${failure}`, counts };
  }
  return { counts };
}

/** Reads and judges one file, damaged or spared. */
async function readOne(draw: Draw, spared: boolean): Promise<Try> {
  const file = pick(draw, files);
  let text = file;
  const textual = spared ? 0 : draw(4);
  for (let n = 0; n < textual; n++) text = pick(draw, damages)(text, draw, files);
  if (spared) text = pick(draw, harmless)(file, draw);
  let bytes = encoder.encode(text);
  const bytewise = spared ? 0 : textual === 0 ? 1 + draw(2) : draw(5) === 0 ? 1 : 0;
  for (let n = 0; n < bytewise; n++) {
    bytes = Uint8Array.from(pick(draw, byteDamages)([...bytes], draw));
  }
  const kind = spared ? "spared" : "damaged";
  try {
    const most = pick(draw, [50, 1000, 1e6]);
    const given = await read(bytes, () => 1 + draw(most));
    const again = draw(4) === 0 ? await read(bytes, () => bytes.length) : given;
    if (again !== given && summary(given) !== summary(again)) {
      return { failure: "the values depend on the pieces that the text comes in", counts: [kind] };
    }
    const first = given.problems[0]?.line ?? 2;
    const counts = [kind, ...first > 1 ? ["passed the header"] : []];
    if (spared && summary(given) !== summary(await read(encoder.encode(file), () => 1e6))) {
      return { failure: "a harmless change has changed the values", counts };
    }
    if (given.problemCount > 0) {
      const failure = misreported(given);
      return { ...failure && { failure }, counts: [...counts, "problems"] };
    }
    if (given.instances.length === 0) return { failure: "no values and no problems", counts };
    const { right, missing = [] } = judgeInstance(pick(draw, given.instances));
    if (spared && !right) return { failure: "what is right is judged wrong", counts };
    return { counts: [...counts, "verdicts", right ? "right" : missing[0] ? "missing" : "wrong"] };
  } catch (error) {
    const known = [SyntaxError, TypeError, RangeError].some((kind) => error instanceof kind);
    const { message = "" } = error as Error;
    if (known && /^Cannot [^\r\n]+: [^\r\n]*[^.]$/.test(message)) {
      return { counts: [kind, "refused"] };
    }
    return { failure: String((error as Error)?.stack ?? error), counts: [kind] };
  }
}

if (import.meta.main) await campaign(attempt);
