import { assertEquals } from "@std/assert";
import { readNotebook } from "./notebook.ts";

/** What looks as if a plain text were cut off. */
function warnings(text: string): readonly string[] {
  return readNotebook(text, "a.txt").warnings;
}

Deno.test("a plain text whose last cell has code and no output may be cut off", () => {
  const message = (line: number, number: number, facts: string) => [
    `a.txt:${line} (cell ${number}): ${facts}, the file may be cut off`,
  ];
  const silent = "the last cell has code and no output";
  assertEquals(warnings("In [1]:\nx\n\n[1.]\n\nIn [2]:\ny = x\n"), message(6, 2, silent));
  assertEquals(warnings("In [1]:\nx\n\n[1.]\n\nIn [2]:\nf(x)\n\n## next\n"), message(6, 2, silent));
  assertEquals(
    warnings("In [1]:\nx\n\n[1.]\n\nIn [2]:\n"),
    message(6, 2, "the last cell has no code"),
  );
  assertEquals(
    warnings("In [1]:\nx\n\n1.16"),
    message(1, 1, "the last line is a value that no line break ends"),
  );
});

Deno.test("a plain text that ends as it should gives no warning", () => {
  for (
    const text of [
      "In [1]:\ny = x\n\nIn [2]:\ny\n\n[1.]\n",
      "In [1]:\ny\n\n[1.]",
      "In [1]:\ny\n\n1.5\n",
      "In [1]:\ny\n\n1.5\n\nIn [ ]:\nnever run\n",
    ]
  ) {
    assertEquals(warnings(text), [], text);
  }
  for (const name of ["sample.txt", "sample.ipynb"]) {
    const text = Deno.readTextFileSync(new URL(`./testdata/${name}`, import.meta.url));
    assertEquals(readNotebook(text, name).warnings, []);
  }
});

Deno.test("the notebook cut off at any line is refused, or warned about, or ends where a cell or an output does", () => {
  const url = new URL("./notebook/000_cf3e9b176747913a.txt", import.meta.url);
  const lines = Deno.readTextFileSync(url).split("\n");
  const silent: number[] = [];
  for (let end = 1; end < lines.length; end++) {
    try {
      if (warnings(lines.slice(0, end).join("\n") + "\n").length === 0) silent.push(end);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  // Behind a heading or a whole value nothing in the text shows a cut; there the bindings do.
  const ends = /^$|^## |[\])\d>]$/;
  assertEquals(silent.filter((end) => !ends.test(lines[end - 1]!)), []);
});
