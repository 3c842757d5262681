import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  add,
  compile,
  constant,
  div,
  gradients,
  matmul,
  mul,
  neg,
  type Node,
  placeholder,
  reduceSum,
  run,
  sigmoid,
  square,
  sub,
  tensor,
  variable,
} from "../mod.ts";
import { evaluate } from "./evaluate.ts";
import { toBits } from "./float32.ts";
import { compileWith } from "./plan.ts";

const numbers = (data: Float32Array) => Array.from(data);

Deno.test("run computes nodes in the order asked for, each on a fresh tensor", () => {
  const x = variable([1, 2]);
  const [a, b] = run([neg(x), x]);
  assertEquals([numbers(a.data), numbers(b.data)], [[-1, -2], [1, 2]]);
  b.data[0] = 99;
  assertEquals(numbers(run([x])[0].data), [1, 2]);
});

Deno.test("a variable keeps its value unless it is fed, and a fed one forgets it after", () => {
  const x = variable([1, 2]);
  const y = square(x);
  assertEquals(numbers(run([y], new Map([[x, tensor([3, 4])]]))[0].data), [9, 16]);
  assertEquals(numbers(run([y])[0].data), [1, 4]);
});

Deno.test("a missing feed is named", () => {
  const x = placeholder([2], { name: "x" });
  assertThrows(() => run([neg(x)]), TypeError, 'Cannot compile: placeholder "x" [2] is not fed');
  const plan = compile([neg(x)], [x]);
  assertThrows(() => plan.run(), TypeError, "Cannot run: passed 0 tensors for 1 feeds");
});

Deno.test("a feed of the wrong shape or kind is refused", () => {
  const x = placeholder([2, 3], { name: "x" });
  const y = neg(x);
  assertThrows(
    () => run([y], new Map([[x, tensor([1, 2, 3])]])),
    TypeError,
    'Cannot feed "x" [2,3]: the tensor has shape [3]',
  );
  assertThrows(
    () => run([y], new Map([[x, [[1]] as never]])),
    TypeError,
    'Cannot run: the feed of "x" [2,3] is a list, expected a tensor',
  );
  const one = new Map<Node, ReturnType<typeof tensor>>([[x, tensor([[1, 2, 3], [4, 5, 6]])], [
    y,
    tensor(1),
  ]]);
  assertThrows(() => run([y], one), TypeError, "neither a placeholder nor a variable");
  assertThrows(() => compile([y], [x, x]), TypeError, "fed twice");
  assertThrows(
    () => compile([constant(1)], [constant(1)]),
    TypeError,
    "neither a placeholder nor a variable",
  );
});

Deno.test("a plan returns the same tensors each time and never a stale value", () => {
  const x = placeholder([2]);
  const plan = compile([square(x), x], [x]);
  const first = plan.run([tensor([1, 2])]);
  assertEquals(first.map(({ data }) => numbers(data)), [[1, 4], [1, 2]]);
  const second = plan.run([tensor([3, 4])]);
  assertStrictEquals(first[0], second[0]);
  assertEquals(second.map(({ data }) => numbers(data)), [[9, 16], [3, 4]]);
});

Deno.test("what a caller writes into an output reaches no later run", () => {
  const x = placeholder([2]);
  const c = constant([5, 6]);
  const plan = compile([c, x, add(c, x)], [x]);
  for (const output of plan.run([tensor([1, 2])])) output.data.fill(99);
  assertEquals(plan.run([tensor([1, 2])]).map(({ data }) => numbers(data)), [[5, 6], [1, 2], [
    6,
    8,
  ]]);
});

Deno.test("the same node asked for twice gives one tensor", () => {
  const y = neg(variable([1]));
  const [a, b] = run([y, y]);
  assertStrictEquals(a, b);
});

Deno.test("shared buffers never overwrite a value that is still needed", () => {
  // A long chain of equal shapes, with an early value read again at the end, against the same
  // without sharing.
  const x = variable([0.5, -0.25, 2]);
  const chain: Node[] = [x];
  for (let i = 0; i < 30; i++) {
    chain.push(i % 3 === 0 ? mul(chain.at(-1)!, 1.01) : add(chain.at(-1)!, chain[i >> 1]!));
  }
  const end = chain.reduce((a, b) => add(a, b));
  const [shared] = run([end]);
  const [apart] = run([end, ...chain]);
  assertEquals(numbers(shared.data), numbers(apart!.data));
});

Deno.test("NaN has one bit pattern in every output", () => {
  const x = variable(tensor(new Float32Array(new Uint32Array([0xffc12345, 0x7f800001]).buffer)));
  const outputs = run([x, neg(x), div(variable([0, Infinity]), [0, -Infinity])]);
  for (const { data } of outputs) {
    assertEquals(Array.from(new Uint32Array(data.buffer)), [0x7fc00000, 0x7fc00000]);
  }
  assertEquals(toBits(outputs[0].data[0]!), 0x7fc00000);
});

Deno.test("a large feed is copied whole", () => {
  const data = Float32Array.from({ length: 1000 }, (_, i) => i);
  const x = placeholder([1000]);
  assertEquals(numbers(run([x], new Map([[x, tensor(data)]]))[0].data), numbers(data));
});

Deno.test("running a plan allocates nothing of its own", () => {
  const x = placeholder([2, 3]);
  const wA = variable([[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]]);
  const wB = variable([[0.1, -0.3], [0.2, 0.1]]);
  const logits = matmul(matmul(x, wA), wB);
  const y = sigmoid(logits);
  const plan = compile([
    y,
    ...gradients(y, [logits, wA, wB], { unconnected: "zero" }),
    reduceSum(y),
  ], [x]);
  const feeds = [tensor([[3, 4, 8], [1, 2, 3]])];
  const collect = (globalThis as { gc?: () => void }).gc;
  assert(collect !== undefined, "run with --v8-flags=--expose-gc");
  for (let i = 0; i < 20_000; i++) plan.run(feeds);
  collect();
  const before = Deno.memoryUsage().heapUsed;
  for (let i = 0; i < 100_000; i++) plan.run(feeds);
  collect();
  const growth = Deno.memoryUsage().heapUsed - before;
  assert(growth < 4096, `the heap grew by ${growth} bytes in 100,000 runs`);
});

Deno.test("compile, run and a plan refuse what is not a list of nodes or a map of tensors", () => {
  const p = placeholder([1]);
  const one = tensor([1]);
  const wrong: [call: () => unknown, message: string][] = [
    [() => compile(3 as never), "Cannot compile: nodes is 3, expected a list of nodes"],
    [() => compile([p], p as never), "Cannot compile: feeds is a node, expected a list of nodes"],
    [() => run([tensor(1)] as never), "Cannot run: nodes[0] is a tensor, expected a node"],
    // deno-lint-ignore no-sparse-arrays
    [() => run([p, , p] as never), "Cannot run: nodes is a list with a hole, expected a list of"],
    [() => run([p], {} as never), "Cannot run: feeds is an object, expected a Map of tensors"],
    [() => run([p], null as never), "Cannot run: feeds is null, expected a Map of tensors by node"],
    [() => run([p], new Map([["x", one]]) as never), 'feeds[0] is "x", expected a node'],
    [() => compile([p], [p]).run(one as never), "Cannot run: feeds is a tensor, expected a list"],
    [() => compile([p], [p]).run([,] as never), "the feed of placeholder [1] is undefined"],
  ];
  for (const [call, message] of wrong) assertThrows(call, TypeError, message);
});

Deno.test("common subexpressions are found by op, attributes and inputs", () => {
  const x = placeholder([2, 2]);
  const [a, b, c] = compile([
    matmul(x, x, { transposeA: true }),
    matmul(x, x, { transposeA: true, transposeB: false }),
    matmul(x, x, { transposeB: true }),
  ], [x]).run([tensor([[1, 2], [3, 4]])]);
  assertStrictEquals(a, b);
  assertEquals(a === c, false);
});

Deno.test("every buffer of a plan comes from its allocator, and the bits are the same", () => {
  const [x, w] = [placeholder([2, 3]), variable([[1, 2], [3, 4], [5, 6]])];
  const product = matmul(x, w);
  const y = sigmoid(sub(mul(product, 0.25), [[1, 2], [3, 4]]));
  const outputs = [y, ...gradients(y, [x, w], { unconnected: "zero" }), x, w];
  const feeds = [tensor([[0.1, -0.2, 0.3], [4, -5, 6]])];
  const bits = (values: readonly { data: Float32Array }[]) =>
    values.map(({ data }) => Array.from(data, toBits));
  const expected = bits(compile(outputs, [x]).run(feeds));

  const arena = new Float32Array(1000);
  const made = Float32Array;
  let used = 7;
  const allocate = (length: number) => arena.subarray(used, used += length);
  // While the plan is made nothing else makes a buffer.
  globalThis.Float32Array = new Proxy(made, {
    construct() {
      throw new Error("a buffer beside the allocator's");
    },
  });
  let plan;
  try {
    plan = compileWith(allocate, outputs, [x]);
  } finally {
    globalThis.Float32Array = made;
  }
  assertEquals(bits(plan.run(feeds)), expected);
  for (const { data } of plan.run(feeds)) assertStrictEquals(data.buffer, arena.buffer);
  // Constants and variables lie there too.
  arena.fill(NaN);
  assert(plan.run(feeds)[0]!.data.every(Number.isNaN));
});

Deno.test("evaluate gives the values of nodes by node, those that are fed among them", () => {
  const [x, w] = [placeholder([2]), variable([3, 4])];
  const y = mul(x, w);
  const fed = evaluate([y, w], new Map([[x, Float32Array.of(1, 2)], [w, Float32Array.of(5, 6)]]));
  assertEquals([y, w].map((node) => numbers(fed.get(node)!)), [[5, 12], [5, 6]]);
  const own = evaluate([y, y], new Map([[x, Float32Array.of(1, 2)]]));
  assertEquals(numbers(own.get(y)!), [3, 8]);
});
