import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import { smallCases as cases } from "../cases/mod.ts";
import { tensor } from "../core/tensor.ts";
import config from "../deno.json" with { type: "json" };
import type { RowRange } from "./export.ts";
import { fileName, listedFiles, MANIFEST_NAME } from "./manifest.ts";
import { givenCase, type MemoryFolder, memoryFolder } from "../testing/datasets.ts";
import { writeDataset } from "./writer.ts";

// deno-lint-ignore no-explicit-any
type Json = any;

/** The folder and manifest of all cases. */
async function written(rows?: RowRange): Promise<{ folder: MemoryFolder; manifest: Json }> {
  const folder = memoryFolder();
  await writeDataset(folder, cases, rows ? { rows } : {});
  return { folder, manifest: JSON.parse(folder.files.get(MANIFEST_NAME)!) };
}

Deno.test("the manifest is a tabular data package with a resource for each file", async () => {
  const { folder, manifest } = await written();
  assertEquals(manifest.profile, "tabular-data-package");
  assertMatch(manifest.name, /^[a-z0-9._/-]+$/);
  assert(
    manifest.licenses.length > 0 &&
      manifest.sources.every(({ title }: Json) => typeof title === "string"),
  );
  assertEquals([manifest.version, manifest.goldengrad.version], [config.version, config.version]);
  const paths = manifest.resources.map(({ path }: Json) => path);
  assertEquals([...paths, MANIFEST_NAME].sort(), [...folder.files.keys()].sort());
  assertEquals(paths.length, 2 * cases.length);
  assertEquals(new Set(manifest.resources.map(({ name }: Json) => name)).size, paths.length);
});

Deno.test("a resource says what its file holds: bytes, hash, lines, columns, key", async () => {
  for (const rows of [undefined, { seed: 5, first: 0, count: 3 }]) {
    const { folder, manifest } = await written(rows);
    for (const resource of manifest.resources) {
      const text = folder.files.get(resource.path)!;
      const bytes = new TextEncoder().encode(text);
      const [header, ...lines] = parse(text);
      assertEquals(resource.profile, "tabular-data-resource");
      assertMatch(resource.name, /^[a-z0-9._/-]+$/);
      assertEquals([resource.format, resource.mediatype, resource.encoding], [
        "csv",
        "text/csv",
        "utf-8",
      ]);
      assertEquals(resource.bytes, bytes.length);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      assertEquals(
        resource.hash,
        `sha256:${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`,
      );
      assertEquals(resource.rows, lines.length);
      const { fields, primaryKey, missingValues } = resource.schema;
      assertEquals(fields.map(({ name }: Json) => name), header);
      assertEquals(missingValues, []);
      const key = [primaryKey].flat().map((name: string) => header!.indexOf(name));
      assert(key.every((column) => column >= 0));
      assertEquals(
        new Set(lines.map((line) => key.map((column) => line[column]).join("\n"))).size,
        lines.length,
      );
      lines.forEach((line) =>
        fields.forEach((field: Json, i: number) => checkField(field, line[i]!))
      );
    }
  }
});

/** Checks a text against its field as Table Schema defines the types and constraints used. */
function checkField({ name, type, constraints = {} }: Json, text: string): void {
  const patterns: Record<string, RegExp> = {
    string: /^/,
    integer: /^\d+$/,
    number: /^(-?\d+(\.\d+)?(e[+-]\d+)?|NaN|-?INF)$/,
  };
  assertMatch(text, patterns[type]!, name);
  if (constraints.pattern) assertMatch(text, new RegExp(`^(?:${constraints.pattern})$`), name);
  if (constraints.enum) assert(constraints.enum.includes(text), name);
}

Deno.test("the manifest says where the inputs come from", async () => {
  assertEquals((await written()).manifest.goldengrad.inputs.from, "case");
  const { manifest } = await written({ seed: 5, first: 0, count: 3 });
  const { description: _, ...inputs } = manifest.goldengrad.inputs;
  assertEquals(inputs, {
    from: "generator",
    generator: "philox4x32-10",
    distribution: "uniform",
    interval: "[-1, 1)",
    seed: 5,
    firstRow: 0,
    rows: 3,
  });
});

Deno.test("a resource has the id, parameters and tensors of its case", async () => {
  const { manifest } = await written();
  const found = manifest.resources.find(({ goldengrad }: Json) =>
    goldengrad.case === "notebook/n=2/target=y/upstream=none/auto"
  );
  assertEquals(
    found.goldengrad.parameters,
    cases.find(({ id }) => id === found.goldengrad.case)!.parameters,
  );
  assertEquals(found.goldengrad.tensors[0], { name: "x", role: "input", shape: [2, 3] });
});

Deno.test("file names are portable, and two cases of one file name are refused before anything is written", async () => {
  assertEquals(
    fileName("notebook/n=2/Target=y_mean", "wide"),
    "notebook.n-2.target-y_mean.wide.csv",
  );
  for (const id of ["../up", "-x", ".hidden", "a b,c", "Ä", "con:"]) {
    assertMatch(fileName(id, "long"), /^[a-z0-9][a-z0-9._-]*\.long\.csv$/);
  }
  const folder = memoryFolder();
  const twins = ["a/b", "A.b"].map((id) => givenCase(id, [["x", "input", tensor(1)]]));
  let message = "";
  await writeDataset(folder, twins).catch((error) => message = error.message);
  assertEquals(message, "Cannot name files: a/b and A.b would both be a.b.long.csv");
  assertEquals(folder.operations, []);
});

Deno.test("the files that a manifest lists are read back", async () => {
  const { folder } = await written();
  const listed = listedFiles(folder.files.get(MANIFEST_NAME)!);
  assertEquals([...listed, MANIFEST_NAME].sort(), [...folder.files.keys()].sort());
});

Deno.test("a manifest that is not ours is refused", () => {
  const ours = (path: unknown) => JSON.stringify({ goldengrad: {}, resources: [{ path }] });
  const texts = [
    "",
    "{",
    "null",
    "[]",
    '"text"',
    '{"name":"other","resources":[]}',
    '{"goldengrad":null,"resources":[]}',
    '{"goldengrad":{}}',
    '{"goldengrad":{},"resources":[null]}',
    ours(undefined),
    ours(["a.long.csv"]),
    ours("../a.long.csv"),
    ours("/a.long.csv"),
    ours("b/a.long.csv"),
    ours("..\\a.long.csv"),
    ours("notes.txt"),
    ours("datapackage.json"),
  ];
  for (const text of texts) {
    assertThrows(() => listedFiles(text), SyntaxError, `Cannot replace ${MANIFEST_NAME}: it`);
  }
  assertEquals(listedFiles(ours("a.long.csv")), ["a.long.csv"]);
});
