/**
 * Lines as long as the reader allows, and longer: each is read, or refused in one line, by a
 * process whose heap is small.
 *
 * @module
 */
import { cases } from "../cases/mod.ts";
import { LONGEST_LINE } from "../dataset/text.ts";
import { ValuesReader } from "../verify/against/mod.ts";
import { campaign, type Try } from "./campaign.ts";

const header = "case,tensor,index,value\n";

/**
 * What a long line begins with, what is repeated in it, how it ends, what is to be said of it, and
 * by how many characters it is too long, if it is.
 */
type LongLine = readonly [start: string, unit: string, end: string, said: RegExp, more?: number];

const one = /^2: expected 4 fields as in the header, found 1$/;
const refused = `has more than ${LONGEST_LINE} characters`;

/** All of them, one for each try. */
export const longLines: readonly LongLine[] = [
  [header, "x", "", one],
  [header, ",", "", RegExp(`^2: expected 4 fields as in the header, found ${LONGEST_LINE + 1}$`)],
  [header, " ", "x", one],
  [header, "ž", "", one],
  [`${header}"`, '""', '"', one],
  [`${header}"`, "\n", '"', one],
  [`${header}"`, " ", '"x', /^2: a quoted field is followed by "x", expected a comma$/],
  [`${header}""`, " ", "x", /^2: a quoted field is followed by " {60}…", expected a comma$/],
  [header, "*", ",y,0,1", /^2: there is no case "\*{60}…"$/],
  [header, "x?", ",y,0,1", /^2: there is no case ".{60}…"$/],
  [`${header}graph/stop/op,`, "y", ",0,1", /^2: case "graph\/stop\/op" has no tensor "y{60}…"$/],
  [`${header}graph/stop/op,dx,`, "1", ",1", /^2: index "1{60}…" is not an integer from 0$/],
  [`${header}graph/stop/op,dx,0,`, "1", "x", /^2: value "1{60}…" is not a number$/],
  [`${header}graph/stop/op,dx,0,1e`, "1", "x", /^2: value "1e1{58}…" is not a number$/],
  [`${header}graph/stop/op,dx,0,0.`, "1", "", /^2: "dx" has no indices 1, 2 in/],
  ["", "case;", "", /^1: the first line is no header .*: found "(case;){12}…"$/],
  ["", "tensor,", "index", /^1: the header has "tensor" twice$/],
  [header, "x", "", RegExp(`^2: the line ${refused}$`), 1],
  [header, "x", "\n", RegExp(`^2: the line ${refused}$`), 1],
  [`${header}"`, "x", "", RegExp(`^2: the line ${refused}: is a quote never closed\\?$`), 1],
  [`${header}"`, "x\n", "", RegExp(`^2: the record that begins here ${refused}: is a quote`), 1e6],
];

/** The text, in pieces of 64 KiB as files are read. */
function* pieces([start, unit, end, , more = 0]: LongLine): Generator<string> {
  yield start;
  const line = start.slice(start.indexOf("\n") + 1) + end.trim();
  let rest = LONGEST_LINE + more - line.length;
  const piece = unit.repeat(2 ** 16 / unit.length);
  for (; rest >= piece.length; rest -= piece.length) yield piece;
  yield piece.slice(0, rest - rest % unit.length);
  yield end;
}

if (import.meta.main) {
  await campaign((_, i): Try => {
    const line = longLines[i]!;
    const reader = new ValuesReader(cases);
    for (const piece of pieces(line)) reader.push(piece);
    const [first] = reader.end().problems;
    const said = `${first?.line}: ${first?.message}`;
    return line[3].test(said) ? { counts: ["as expected"] } : { failure: said, counts: [] };
  });
}
