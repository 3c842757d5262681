import { assertEquals } from "@std/assert";
import { compileCase, smallCases as cases } from "../../cases/mod.ts";
import type { Case } from "../../cases/mod.ts";
import { longTable } from "../../dataset/mod.ts";
import { TextBuffer } from "../../dataset/text.ts";
import { toBits } from "../../core/float32.ts";
import type { Required } from "./elements.ts";
import { type GivenValues, ValuesReader } from "./values.ts";

const id = "notebook/n=1/target=y/upstream=none/auto";
const header = "case,tensor,index,value";

function read(
  text: string,
  from: readonly Case[] = cases,
  required: Required = "gradients",
): GivenValues {
  const reader = new ValuesReader(from, required);
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
  const rows = [`${id},dlogits,0,0.3,0x3eaaaaab`, `${id},dlogits,1,0.5,`];
  const { instances, problems } = read([`${header},bits`, ...rows].join("\n"));
  assertEquals(problems, []);
  assertEquals([...instances[0]!.values.dlogits!.data], [Math.fround(1 / 3), 0.5]);
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
    '5: bits "3f800000" are not 0x and 8 hexadecimal digits',
    '6: bits "0x3f8000000" are not 0x and 8 hexadecimal digits',
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

Deno.test("gradients that are not there are missing, other tensors a warning, as far as required", () => {
  const text = `${header}\n${id},dz,0,1\n${id},dz,1,1\n${id},y_sum,0,1`;
  const said = (required: Required) => {
    const { instances, problemCount, warnings } = read(text, cases, required);
    assertEquals(problemCount, 0);
    return [instances[0]!.missing.join(), ...warnings.map(({ message }) => message)];
  };
  const without = (names: string) => `case "${id}" is judged without ${names}: not in the file`;
  assertEquals(said("gradients"), ["dlogits,dW_A,dW_B", without("z, logits, y, y_mean")]);
  assertEquals(said("all"), ["z,logits,y,y_mean,dlogits,dW_A,dW_B"]);
  assertEquals(said("none"), ["", without("z, logits, y, y_mean, dlogits, dW_A, dW_B")]);
  const two = `instance,${header}\n1,${id},dz,0,1\n1,${id},dz,1,1\n2,${id},y_sum,0,1`;
  assertEquals(read(two).instances.map(({ missing }) => missing.join()), [
    "dlogits,dW_A,dW_B",
    "dlogits,dz,dW_A,dW_B",
  ]);
  assertEquals(read(two).warnings.map(({ message }) => message.slice(id.length + 7)), [
    ", instance 1 is judged without z, logits, y, y_sum, y_mean: not in the file",
    ", instance 2 is judged without z, logits, y, y_mean: not in the file",
  ]);
});

Deno.test("an instance that has inputs only is a problem", () => {
  assertEquals(problems(`${id},x,0,1`, `${id},x,1,1`, `${id},x,2,1`), [
    `2: there is nothing to judge in case "${id}", instance 0: only inputs`,
  ]);
});

Deno.test("role and shape must be those of the tensor where the file says them", () => {
  const told = (...rows: string[]) =>
    read([`role,shape,${header}`, ...rows].join("\n")).problems.map(({ message }) => message);
  const [first, second] = [0, 1].map((i) => `${id},dlogits,${i},0`);
  assertEquals(told(`gradient,1x2,${first}`, `,1x2,${second}`, `forward,,${id},y_sum,0,0`), []);
  assertEquals(told(`banana,1x2,${first}`, `input,1x2,${second}`), [
    'role "banana" is not that of "dlogits": expected "gradient"',
    'role "input" is not that of "dlogits": expected "gradient"',
  ]);
  assertEquals(told(`gradient,9x9,${first}`, `gradient,,${second}`, `,1,${id},y_sum,0,0`), [
    'shape "9x9" is not that of "dlogits": expected "1x2"',
    'shape "" is not that of "dlogits": expected "1x2"',
    'shape "1" is not that of "y_sum": expected ""',
  ]);
});

Deno.test("bits suffice without a value", () => {
  const bits = (list: string[]) =>
    read(
      ["case,tensor,index,bits", ...list.map((text, i) => `${id},dlogits,${i},${text}`)].join("\n"),
    );
  const { instances, problems } = bits(["0x3f800000", "0x80000000"]);
  assertEquals(problems, []);
  assertEquals([...instances[0]!.values.dlogits!.data], [1, -0]);
  assertEquals(bits(["0x3f800000", ""]).problems, [
    { line: 3, message: 'bits "" are not 0x and 8 hexadecimal digits' },
  ]);
});

Deno.test("bits and a value that contradict each other are told", () => {
  const row = (value: string, bits: string) =>
    read(`${header},bits\n${id},y_sum,0,${value},${bits}`).problems.map(({ message }) => message);
  for (const value of ["0.33333334", "0.333", "0.33", "3.33e-1", "", "n/a", "0"]) {
    assertEquals(row(value, "0x3eaaaaab"), [], value);
  }
  assertEquals(row("0.5", "0x3eaaaaab"), ['bits "0x3eaaaaab" are 0.33333334, but value is "0.5"']);
  // Neither rounded nor cut to three digits; and a zero that cuts off all there is.
  assertEquals(row("3.34e-1", "0x3eaaaaab").length, 1);
  assertEquals(row("0", "0x3f6f2eff"), ['bits "0x3f6f2eff" are 0.93431085, but value is "0"']);
  assertEquals(row("nan", "0x3eaaaaab"), ['bits "0x3eaaaaab" are 0.33333334, but value is "nan"']);
  assertEquals(row("1e400", "0x3f800000"), ['bits "0x3f800000" are 1, but value is "1e400"']);
  assertEquals(row("3.403e38", "0x7f7fffff"), []); // four digits of the largest float32
  assertEquals(row("inf", "0xff800000"), ['bits "0xff800000" are -INF, but value is "inf"']);
});

Deno.test("a row that can't be used is told alone: the gap that it leaves is its follow-up", () => {
  const [first, bad] = [`${id},dlogits,0,1`, `${id},dlogits,one,1`];
  assertEquals(problems(first, bad), ['3: index "one" is not an integer from 0']);
  assertEquals(problems(first, `${id},dlogitz,1,1`).length, 1);
  assertEquals(problems(first, `"${id}"x,dlogits,1,1`), [
    '3: a quoted field is followed by "x", expected a comma',
  ]);
  assertEquals(problems(first), [`2: "dlogits" has no index 1 in case "${id}", instance 0`]);
});

Deno.test("the header may come again, as where files are joined", () => {
  const part = (name: string) => `${header}\n${id},${name},0,1\n${id},${name},1,1\n`;
  const { instances, problems } = read(part("dlogits") + part("dz"));
  assertEquals(problems, []);
  assertEquals(Object.keys(instances[0]!.values), ["dlogits", "dz"]);
  assertEquals(read(part("dz") + part("dz")).problems.map(({ line }) => line), [5, 6]);
  assertEquals(read(header + "\n" + header).problems[0]!.message, "no rows below the header");
});

Deno.test("the first 20 problems are kept in the order of their lines, all are counted", () => {
  const rows = Array.from({ length: 50 }, () => `${id},dlogits,9,0`);
  const { problems, problemCount } = read([header, ...rows, `${id},y,9,0`].join("\n"));
  assertEquals(problems.map(({ line }) => line), Array.from({ length: 20 }, (_, i) => i + 2));
  assertEquals(problemCount, 51);
  const gaps = Array.from({ length: 30 }, (_, i) => `${30 - i},${id},dz,0,0`);
  const { problems: found } = read([`instance,${header}`, ...gaps].join("\n"));
  assertEquals(found.map(({ line }) => line), Array.from({ length: 20 }, (_, i) => i + 2));
});

Deno.test("what a file says is shown on one line and cut", () => {
  const [long] = problems(`"${"x".repeat(1000)}",dlogits,0,0`);
  assertEquals(long, `2: there is no case "${"x".repeat(60)}…"`);
  const [odd] = problems(`"a\nb",dlogits,0,0`);
  assertEquals(odd, '2: there is no case "a\\nb"');
});

Deno.test("text may come in pieces that end anywhere", () => {
  const text = dataset([cases.find((c) => c.id === id)!]).replaceAll("\n", "\r\n");
  const reader = new ValuesReader(cases);
  for (const character of text) reader.push(character);
  assertEquals(summary(reader.end()), summary(read(text)));
});
