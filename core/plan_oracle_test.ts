// Plans against naive evaluation: many nodes, many outputs, many feeds, run after run.

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  add,
  addN,
  compile,
  mul,
  neg,
  type Node,
  placeholder,
  run,
  square,
  type Tensor,
  tensor,
  variable,
} from "../mod.ts";
import { evaluateNaively } from "../testing/naive.ts";
import { Draw } from "../testing/op_graphs.ts";
import { randomDag } from "../testing/random_dag.ts";
import { float32 } from "../testing/scalars.ts";
import { toBits } from "./float32.ts";
import { sourceValue } from "./functions/sources.ts";

const rawBits = ({ data }: Tensor) =>
  Array.from(new Uint32Array(data.buffer, data.byteOffset, data.length));

Deno.test("plans of hundreds of nodes agree with naive evaluation, run after run on other feeds", () => {
  for (let seed = 0; seed < 8; seed++) {
    const draw = new Draw(seed);
    const { inputs, nodes } = randomDag(draw, 320);
    // Few outputs, so that buffers are shared; many, some of them feeds and some asked for twice.
    for (const count of [1, 3, 40]) {
      const some = draw.shuffled([...nodes, ...inputs]).slice(0, count);
      const outputs = [...some, nodes.at(-1)!, ...some.slice(0, 2), ...(count > 3 ? inputs : [])];
      const plan = compile(outputs, inputs);
      for (let round = 0; round < 3; round++) {
        const feeds = inputs.map(({ shape }) => draw.tensorOf(shape, () => 2 * draw.next() - 1));
        const expected = evaluateNaively(
          outputs,
          float32,
          (node) => feeds[inputs.indexOf(node)]?.data ?? sourceValue(node)!.data,
        );
        plan.run(feeds).forEach(({ data, shape }, i) => {
          assertEquals(shape, outputs[i]!.shape);
          assertEquals(
            Array.from(data, toBits),
            expected(outputs[i]!).map(toBits),
            `seed ${seed}, ${count} outputs, round ${round}, output ${i}`,
          );
        });
      }
    }
  }
});

Deno.test("NaN has one bit pattern in every element of every output, however many", () => {
  const size = 300;
  const bits = Uint32Array.from({ length: size }, (_, i) => [0xffc00000, 0x7f800001][i % 2]! + i);
  const nan = tensor(new Float32Array(bits.buffer));
  const [x, fed] = [variable(nan), placeholder([size])];
  const outputs: Node[] = [x, fed];
  while (outputs.length < 24) outputs.push(neg(mul(outputs.at(-2)!, outputs.length)));
  for (const output of run(outputs, new Map([[fed, nan]]))) {
    assertEquals(new Set(rawBits(output)), new Set([0x7fc00000]));
  }
});

Deno.test("nodes are shared only where op, attributes and every operand are the same", () => {
  const xs = Array.from({ length: 40 }, (_, i) => variable([i, -i]));
  const sums = xs.map((_, i) =>
    addN([...xs.slice(0, i), variable([100, 200]), ...xs.slice(i + 1)])
  );
  const last = xs.map((_, i) => addN([...xs.slice(0, 30), xs[i]!]));
  const ends = xs.map((x) => addN([...xs.slice(0, 39), square(x)]));
  const outputs = [...sums, ...last, ...ends];
  const expected = evaluateNaively(outputs, float32, (node) => sourceValue(node)!.data);
  run(outputs).forEach(({ data }, i) => assertEquals(Array.from(data), expected(outputs[i]!)));
});

Deno.test("a value read many times keeps its buffer until the last of its readers", () => {
  const x = variable([1, 2]);
  const h = mul(x, 3);
  const many = Array.from({ length: 16 }, () => h);
  const first = addN(many);
  const chain = [1, 2, 3, 4, 5].reduce((y: Node, k) => add(mul(y, 0.5), k), first);
  const y = add(addN([chain, ...many]), h);
  const expected = evaluateNaively([y], float32, (node) => sourceValue(node)!.data);
  assertEquals(Array.from(run([y])[0].data), expected(y));
});

Deno.test("large feeds are copied whole, and the shape of every feed is checked", () => {
  const n = 100_003;
  const xs = Array.from({ length: 7 }, () => placeholder([n]));
  const feeds = xs.map((_, k) => tensor(Float32Array.from({ length: n }, (_, i) => i * (k + 1))));
  const plan = compile([...xs, addN(xs)], xs);
  const outputs = plan.run(feeds);
  feeds.forEach(({ data }, k) => assert(data.every((value, i) => outputs[k]!.data[i] === value)));
  assertEquals(outputs[7]!.data[n - 1], Math.fround(28 * (n - 1)));
  for (const k of xs.keys()) {
    const wrong = feeds.map((feed, i) => i === k ? tensor(new Float32Array(n), [n, 1]) : feed);
    assertThrows(() => plan.run(wrong), TypeError, `the tensor has shape [${n},1]`);
  }
});
