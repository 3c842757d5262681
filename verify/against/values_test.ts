import { assertEquals } from "@std/assert";
import { cases, compileCase } from "../../cases/mod.ts";
import type { Case } from "../../cases/mod.ts";
import { longTable } from "../../dataset/mod.ts";
import { TextBuffer } from "../../dataset/text.ts";
import { toBits } from "../../core/float32.ts";
import { type GivenValues, ValuesReader } from "./values.ts";

const id = "notebook/n=1/target=y/upstream=none/auto";
const header = "case,tensor,index,value";

function read(text: string, from: readonly Case[] = cases): GivenValues {
  const reader = new ValuesReader(from);
  reader.push(text);
  return reader.end();
}

/** The problems of a file whose rows, below the header, are these. */
function problems(...rows: string[]): string[] {
  return read([header, ...rows].join("\n")).problems.map(({ line, message }) =>
    `${line}: ${message}`
  );
}

/** A dataset of some cases, as `generate` writes it. */
function dataset(list: readonly Case[]): string {
  const out = new TextBuffer();
  list.forEach((c, i) => {
    const compiled = compileCase(c);
    const table = longTable(compiled);
    if (i === 0) table.header(out);
    table.append(out, 0, compiled.run());
  });
  return new TextDecoder().decode(out.take());
}

/** Everything that was read, as text. */
function summary({ instances, problems }: GivenValues): unknown {
  return {
    problems,
    instances: instances.map(({ case: { id }, instance, values, inputs }) => [
      id,
      instance,
      ...Object.entries({ ...inputs, ...values }).map(([name, { shape, data }]) =>
        `${name} ${shape} ${Array.from(data, toBits)}`
      ),
    ]),
  };
}

Deno.test("a dataset of every case is read back to the bits, inputs apart from the rest", () => {
  const { instances, problemCount, warnings } = read(dataset(cases));
  assertEquals([problemCount, warnings.length, instances.length], [0, 0, cases.length]);
  instances.forEach(({ case: of, instance, values, inputs }, i) => {
    assertEquals([of, instance], [cases[i], 0]);
    const compiled = compileCase(of);
    compiled.run().forEach(({ data, size }, t) => {
      const { name, role } = compiled.tensors[t]!;
      if (size === 0) return;
      const given = (role === "input" ? inputs : values)[name]!;
      assertEquals(Array.from(given.data, toBits), Array.from(data, toBits), `${of.id} ${name}`);
    });
  });
});

Deno.test("order of rows and columns, line ends, byte order mark and quotes make no difference", () => {
  const text = dataset(cases.filter(({ id }) => id.startsWith("notebook/n=2/target=y/")));
  const [first, ...rows] = text.trimEnd().split("\n");
  const expected = summary(read(text));
  const quoted = (line: string) => line.split(",").map((field) => `"${field}"`).join(",");
  const reversed = (line: string) => line.split(",").reverse().join(",");
  const same: Record<string, string> = {
    "permuted rows": [first, ...rows.toReversed()].join("\n"),
    "permuted columns": [first, ...rows].map((line) => reversed(line!)).join("\n"),
    "Windows line ends": text.replaceAll("\n", "\r\n"),
    "byte order mark": `\ufeff${text}`,
    "quotes": text.trimEnd().split("\n").map(quoted).join("\r\n"),
    "another column": text.replaceAll("\n", ',"a ""note"",\nof two lines"\n').replace(
      '"a ""note"",\nof two lines"',
      "note",
    ),
    "blanks": text.replaceAll(",", " ,\t"),
    "empty lines": text.replaceAll("\n", "\n\n"),
  };
  for (const [what, changed] of Object.entries(same)) {
    assertEquals(summary(read(changed)), expected, what);
  }
});

Deno.test("bits win over the value where they are there and not empty", () => {
  const rows = [`${id},dlogits,0,0.5,0x3f800000`, `${id},dlogits,1,0.5,`];
  const { instances, problems } = read([`${header},bits`, ...rows].join("\n"));
  assertEquals(problems, []);
  assertEquals([...instances[0]!.values.dlogits!.data], [1, 0.5]);
  assertEquals(
    read(`${header},bits\n${id},dlogits,0,none,0x7fc00000\n${id},dlogits,1,,0x00000001`).problems,
    [],
  );
});

Deno.test("a decimal is rounded to float32 once", () => {
  const { instances } = read(
    `${header}\n${id},dlogits,0,1.00000005960464477539062500001\n${id},dlogits,1,-0`,
  );
  assertEquals([...instances[0]!.values.dlogits!.data].map(toBits), [0x3f800001, 0x80000000]);
});

Deno.test("instances are told apart by number; one that is not said is 0", () => {
  const rows = ["7", "", "12"].flatMap((instance, i) =>
    [0, 1].map((index) => `${instance},${id},dlogits,${index},${i}`)
  );
  const { instances, problems } = read(["instance," + header, ...rows].join("\n"));
  assertEquals(problems, []);
  assertEquals(
    instances.map(({ instance, values }) => [instance, ...values.dlogits!.data]),
    [[0, 1, 1], [7, 0, 0], [12, 2, 2]],
  );
});

Deno.test("files without rows say so", () => {
  for (const text of ["", "\n\n", "\ufeff", " \r\n"]) {
    assertEquals(read(text).problems, [{
      line: 1,
      message: "the file is empty: expected a header",
    }]);
  }
  assertEquals(read(`${header}\n`).problems, [{ line: 1, message: "no rows below the header" }]);
  assertEquals(read('"case').problems, [{ line: 1, message: "a quoted field is never closed" }]);
});

Deno.test("a header without a needed column, or with one twice, is the only problem", () => {
  const rows = `\n${id},dlogits,zero,NOT\n,,,,,\n`;
  assertEquals(read(`case,tensor,idx,Value${rows}`).problems, [
    { line: 1, message: 'the header has no column "index": found "case,tensor,idx,Value"' },
    { line: 1, message: 'the header has no column "value", did you mean "Value"?' },
  ]);
  assertEquals(read(`${header},bits,bits${rows}`).problems, [
    { line: 1, message: 'the header has "bits" twice' },
  ]);
  assertEquals(
    read("1;2;3").problems[0]!.message,
    'the header has no column "case": found "1;2;3"',
  );
});

Deno.test("every row that can't be used is named by its line", () => {
  assertEquals(
    problems(
      `${id},dlogits,0,0.1`,
      `${id},dlogits,1,0,1`,
      `${id},dlogits,1`,
      `${id},dlogits,2,0.1`,
      `${id},dlogits,-1,0.1`,
      `${id},dlogits,1.0,0.1`,
      `${id},dlogits,,0.1`,
      `${id},dlogits,0,0.2`,
      `${id},dlogits,1,0x1`,
      `${id},y_sum,1,0.1`,
      `${id},dlogit,0,0.1`,
      `${id},dlogit,1,0.1`,
      `${id.replace("auto", "atuo")},dlogits,0,0.1`,
      `elsewhere,dlogits,0,0.1`,
    ),
    [
      "3: expected 4 fields as in the header, found 5",
      "4: expected 4 fields as in the header, found 3",
      '5: index 2 is out of range: "dlogits" has 2 elements, shape [1,2]',
      '6: index "-1" is not an integer from 0',
      '7: index "1.0" is not an integer from 0',
      '8: index "" is not an integer from 0',
      `9: index 0 of "dlogits" of case "${id}", instance 0, was given on line 2`,
      '10: value "0x1" is not a number',
      '11: index 1 is out of range: "y_sum" has 1 element, shape []',
      `12: case "${id}" has no tensor "dlogit", did you mean "dlogits" or "logits"? (2 rows)`,
      `14: there is no case "${id.replace("auto", "atuo")}", did you mean ${
        [id, id.replace("=y", "=z"), id.replace("=1", "=2")].map((near) => `"${near}"`).join(" or ")
      }?`,
      '15: there is no case "elsewhere"',
    ],
  );
});

Deno.test("instances and bits that can't be read are named by their line", () => {
  const text = `instance,${header},bits
-1,${id},dlogits,0,0,
x,${id},dlogits,0,0,
9007199254740992,${id},dlogits,0,0,
0,${id},dlogits,0,0,3f800000
0,${id},dlogits,1,0,0x3f8000000
`;
  assertEquals(read(text).problems.map(({ line, message }) => `${line}: ${message}`), [
    '2: instance "-1" is not an integer from 0',
    '3: instance "x" is not an integer from 0',
    '4: instance "9007199254740992" is not an integer from 0',
    '5: bits "3f800000" are not 0x and up to 8 hexadecimal digits',
    '6: bits "0x3f8000000" are not 0x and up to 8 hexadecimal digits',
  ]);
});

Deno.test("a tensor with a gap is a problem at the first line it is on", () => {
  assertEquals(problems(`${id},y_sum,0,1`, `${id},dW_A,5,1`, `${id},dW_A,2,1`), [
    `3: "dW_A" has no indices 0, 1, 3, 4 in case "${id}", instance 0`,
  ]);
  assertEquals(problems(`${id},x,0,1`, `${id},dlogits,0,1`, `${id},dlogits,1,1`), [
    `2: "x" has no indices 1, 2 in case "${id}", instance 0`,
  ]);
});

Deno.test("a case without any gradient is a problem; other tensors that are not there are a warning", () => {
  assertEquals(problems(`${id},y_sum,0,1`), [
    `2: there are no gradients in case "${id}", instance 0: dlogits, dz, dW_A, dW_B`,
  ]);
  const { problemCount, warnings } = read(`${header}\n${id},dz,0,1\n${id},dz,1,1`);
  assertEquals(problemCount, 0);
  assertEquals(warnings, [{
    id,
    message:
      `case "${id}" is judged without z, logits, y, y_sum, y_mean, dlogits, dW_A, dW_B: not in the file`,
  }]);
});

Deno.test("the first 20 problems are kept in the order of their lines, all are counted", () => {
  const rows = Array.from({ length: 50 }, () => `${id},dlogits,9,0`);
  const { problems, problemCount } = read(
    [header, `${id},dz,0,0`, ...rows, `${id},y,0,0`].join("\n"),
  );
  assertEquals(problems.map(({ line }) => line), Array.from({ length: 20 }, (_, i) => i + 2));
  assertEquals(problemCount, 52);
});

Deno.test("what a file says is shown on one line and cut", () => {
  const [long] = problems(`"${"x".repeat(1000)}",dlogits,0,0`);
  assertEquals(long, `2: there is no case "${"x".repeat(100)}…"`);
  const [odd] = problems(`"a\nb",dlogits,0,0`);
  assertEquals(odd, '2: there is no case "a\\nb"');
});

Deno.test("text may come in pieces that end anywhere", () => {
  const text = dataset([cases.find((c) => c.id === id)!]).replaceAll("\n", "\r\n");
  const reader = new ValuesReader(cases);
  for (const character of text) reader.push(character);
  assertEquals(summary(reader.end()), summary(read(text)));
});
