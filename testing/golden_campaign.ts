/**
 * A campaign over damaged notebooks, golden files and bindings, a third each: whatever is read
 * gives a result that can be used, or an error of one line that names file and line.
 *
 * @module
 */
import { cases } from "../cases/mod.ts";
import {
  type BlockBinding,
  blockText,
  captureNotebook,
  checkBindings,
  fillTemplate,
  type Golden,
  goldenFor,
  goldenHash,
  goldens,
  goldenText,
  listText,
  parseBindings,
  parseGolden,
  shapesOf,
} from "../golden/mod.ts";
import { campaign, type Try } from "./campaign.ts";
import { damagedText, damagedValue, Draws } from "./damage.ts";

const folder = new URL("../golden/", import.meta.url);
const read = (name: string) => Deno.readTextFileSync(new URL(name, folder));

const notebook = read("notebook/000_cf3e9b176747913a.txt").split(/^(?=In \[)/m);
const sample = read("testdata/sample.txt").split(/^(?=In \[)/m).slice(1);
const { cells: ipynbCells, ...ipynb } = JSON.parse(read("testdata/sample.ipynb"));
const bindings = parseBindings(read("notebook/bindings.json"), "bindings.json").bindings;
const bindingsJson = JSON.parse(read("notebook/bindings.json"));
const shapeOf = shapesOf(cases);

/** Golden files with one entry each, whole and with the hash that belongs to them. */
const entries = await Promise.all(
  goldens().flatMap((golden) =>
    golden.entries.map(async (entry): Promise<Golden> => {
      const numbers = entry.blocks.flatMap((b) => "numbers" in b ? b.numbers : []).length;
      const one = { ...golden, entries: [entry], numbers };
      return { ...one, sha256: await goldenHash(one) };
    })
  ),
);

const encoder = new TextEncoder();
const silent = () => {};

/** A cell or two of a real notebook, damaged, with the bindings that belong to them. */
async function tryText(draws: Draws): Promise<void> {
  const own = draws.below(2) === 0;
  const pieces = own ? notebook : sample;
  const first = draws.below(pieces.length);
  const text = pieces.slice(first, first + 1 + draws.below(2)).join("");
  const bound: BlockBinding[] = bindings.map((b) => ({ ...b, position: b.position - first + 1 }))
    .filter(({ position }) => position === 1);
  const bytes = encoder.encode(damagedText(text, draws));
  if (draws.below(8) === 0 && bytes.length > 0) bytes[draws.below(bytes.length)] = 0xc3;
  const given = own && draws.below(2) === 0
    ? { bindings: { file: "b.json", source: "a.txt", bindings: bound } }
    : {};
  for (
    const { name, golden } of await captureNotebook(bytes, "a.txt", { ...given, warn: silent })
  ) {
    use(await parseGolden(goldenText(golden), name));
  }
}

/** A cell or two of a `.ipynb`, damaged as a value or as a text. */
async function tryIpynb(draws: Draws): Promise<void> {
  const first = draws.below(ipynbCells.length);
  const value = { ...ipynb, cells: ipynbCells.slice(first, first + 1 + draws.below(2)) };
  const text = draws.below(2) === 0
    ? damagedText(JSON.stringify(value, null, 1), draws)
    : JSON.stringify(damagedValue(value, draws));
  const files = await captureNotebook(encoder.encode(text), "a.ipynb", { warn: silent });
  for (const { name, golden } of files) use(await parseGolden(goldenText(golden), name));
}

/** A golden file with one entry; half of those damaged as values state the right hash. */
async function tryGolden(draws: Draws): Promise<void> {
  const whole = draws.of(entries);
  if (draws.below(2) === 0) {
    return use(await parseGolden(damagedText(JSON.stringify(whole), draws), "g.json"));
  }
  const value = damagedValue(whole, draws) as Golden;
  const rehashed = draws.below(2) === 0 && typeof value === "object" && value !== null;
  if (rehashed && "sha256" in value) {
    const { sha256: _, ...rest } = value;
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(JSON.stringify(rest)));
    Object.assign(value, { sha256: new Uint8Array(digest).toHex() });
  }
  use(await parseGolden(JSON.stringify(value) ?? "", "g.json"));
}

/** Two bindings of the real ones. */
function tryBindings(draws: Draws): void {
  const first = draws.below(bindingsJson.bindings.length);
  const value = { ...bindingsJson, bindings: bindingsJson.bindings.slice(first, first + 2) };
  const text = draws.below(2) === 0
    ? damagedText(JSON.stringify(value, null, 1), draws)
    : JSON.stringify(damagedValue(value, draws)) ?? "";
  parseBindings(text, "b.json");
}

/** Does with a golden what the rest of the program does. */
function use(golden: Golden): void {
  for (const entry of golden.entries) {
    const filled = fillTemplate(entry, (block) => {
      const text = blockText(entry, block);
      if (typeof listText(text, block) !== "string") throw new Error("no text");
      return text;
    });
    const text = entry.text.join("\n").split("\n");
    if (JSON.stringify(filled) !== JSON.stringify(text)) throw new Error("the text differs");
    for (const block of entry.blocks) {
      for (const id of ("binding" in block ? block.binding?.cases : undefined) ?? []) {
        const found = goldenFor(id, [golden]).length > 0;
        if (found !== golden.entries.some(({ blocks }) => holds(blocks, id))) {
          throw new Error(`${id} is not found`);
        }
      }
    }
  }
  checkBindings([golden], shapeOf);
}

function holds(blocks: Golden["entries"][number]["blocks"], id: string): boolean {
  return blocks.some((block) => "numbers" in block && block.binding?.cases.includes(id));
}

const kinds = [
  ["notebook text", tryText, /^Cannot (read a\.txt|use b\.json):\d+/],
  [".ipynb", tryIpynb, /^Cannot read a\.ipynb:\d+/],
  ["golden JSON", tryGolden, /^Cannot read g\.json(:\d+: |: the file is damaged)/],
  ["bindings JSON", tryBindings, /^Cannot read b\.json:\d+: /],
] as const;

async function attempt(seed: number, i: number): Promise<Try> {
  const [kind, run, pattern] = kinds[i % 12 === 11 ? 3 : i % 3]!;
  try {
    await run(new Draws(seed, i));
    return { counts: [kind, `${kind}: result`] };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const good = /^.*$/.test(message) && (
      name === "SyntaxError" && pattern.test(message) ||
      name === "RangeError" && /^Cannot use the binding of .+:\d+ \(cell /.test(message)
    );
    return {
      counts: [kind, `${kind}: refused`],
      ...!good && { failure: `${kind}: ${name}: ${JSON.stringify(message)}` },
    };
  }
}

Error.stackTraceLimit = 0; // nobody looks at the stacks, and they take time

if (import.meta.main) await campaign(attempt);
