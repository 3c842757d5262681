import { assert, assertEquals } from "@std/assert";
import { cases, compileCase, selectCases } from "./mod.ts";
import { toBits } from "../core/float32.ts";
import { sizeOf } from "../core/shape.ts";
import { Tensor } from "../core/tensor.ts";
import { notebookCases } from "./notebook.ts";
import { uniformInputs } from "./random.ts";

/**
 * The values of a case by tensor name, as bits; on its own inputs, or on those of a instance of
 * random ones.
 */
function bitsOf(id: string, instance?: number): Map<string, number[]> {
  const compiled = compileCase(selectCases(id)[0]!);
  const random = compiled.inputs.map(({ node: { shape } }) =>
    new Tensor(new Float32Array(sizeOf(shape)), shape)
  );
  if (instance !== undefined) uniformInputs(random, 7, instance);
  const inputs = instance === undefined ? undefined : random;
  return new Map(
    compiled.run(inputs).map((
      value,
      i,
    ) => [compiled.tensors[i]!.name, Array.from(value.data, toBits)]),
  );
}

Deno.test("the grid is whole: 2 samples, 4 targets, every upstream, 2 paths, and the composed sigmoid on 2 paths", () => {
  // Full shapes: none, given, random, basis, sparse, zero. Scalars: none, given, random, zero.
  assertEquals(notebookCases.length, 2 * (2 * 6 + 2 * 4) * 2 + 2 * 2);
  assertEquals(new Set(cases.map(({ id }) => id)).size, cases.length);
});

Deno.test("tensor names can be columns: no slash, no duplicate", () => {
  for (const c of cases) {
    const names = c.build().map(({ name }) => name);
    assertEquals(names.filter((name) => !/^[A-Za-z]\w*$/.test(name)), [], c.id);
    assertEquals(new Set(names).size, names.length, c.id);
  }
});

const points = notebookCases.map(({ id }) => id).filter((id) =>
  id.endsWith("/manual") && !id.includes("composed")
);

for (const manual of points) {
  Deno.test(`${manual} and its auto twin are equal bit for bit`, () => {
    const auto = manual.replace("/manual", "/auto");
    for (const instance of [undefined, ...Array.from({ length: 100 }, (_, i) => i)]) {
      const a = bitsOf(manual, instance);
      for (const [name, bits] of bitsOf(auto, instance)) {
        assertEquals(a.get(name), bits, `${name}, instance ${instance}`);
      }
    }
  });
}

Deno.test("the composed sigmoid equals the op on the notebook's values, and not everywhere", () => {
  let different = 0;
  let elements = 0;
  for (const n of [1, 2]) {
    const composed = `notebook/n=${n}/composed/manual`;
    const op = `notebook/n=${n}/target=y/upstream=none/manual`;
    assertEquals(bitsOf(composed), bitsOf(op));
    for (let instance = 0; instance < 500; instance++) {
      const [a, b] = [bitsOf(composed, instance).get("y")!, bitsOf(op, instance).get("y")!];
      elements += a.length;
      different += a.filter((bits, i) => bits !== b[i]).length;
    }
  }
  const share = different / elements;
  assert(share > 0.2 && share < 0.5, `${share} of the elements differ`);
});
