// What core/README.md tells of one value is computed here, step by step, and every number in it is
// one of these.

import { assert, assertEquals } from "@std/assert";
import { gradients, matmul, type Node, run, sigmoid, tensor, variable } from "../mod.ts";
import { goldens } from "../golden/mod.ts";
import { shortestText } from "./float32.ts";
import { postorder } from "./graph.ts";

const readme = await Deno.readTextFile(new URL("README.md", import.meta.url));
const walk = readme.slice(
  readme.indexOf("## One value"),
  readme.indexOf("## The numeric contract"),
).replace(/```[^]*?```/g, "");

const f = Math.fround;
const text = shortestText;

/** The values of the walk, as the network computes them. */
function network() {
  const x = variable([[3, 4, 8]]);
  const W_A = variable([[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]]);
  const W_B = variable([[0.1, -0.3], [0.2, 0.1]]);
  const z = matmul(x, W_A);
  const logits = matmul(z, W_B);
  const y = sigmoid(logits);
  const [dW_A] = gradients(y, [W_A], { unconnected: "zero" });
  const valueOf = (node: Node) => [...run([node])[0].data];
  const order = postorder([dW_A]);
  const [one, dlogits, dz] = [
    order.find(({ op }) => op === "sub")!,
    order.filter(({ op }) => op === "mul")[1]!,
    dW_A.inputs[1]!,
  ];
  return { x, W_A, W_B, z, logits, y, one, dlogits, dz, dW_A, valueOf };
}

Deno.test("every number of the walk is one that is computed, and none of them is left out", () => {
  const { W_A, W_B, z, logits, y, one, dlogits, dz, dW_A, valueOf } = network();
  const products = [f(3 * f(0.2)), f(4 * f(0.1)), f(8 * f(0.4))] as const;
  const sums = [products[0], f(products[0] + products[1])];
  sums.push(f(sums[1]! + products[2]));
  const [d0, d1] = valueOf(dlogits) as [number, number];
  const parts = [f(d0 * f(0.1)), f(d1 * f(-0.3))] as const;
  // The steps by hand are those of the graph.
  assertEquals(sums[2], valueOf(z)[0]);
  assertEquals(f(parts[0] + parts[1]), valueOf(dz)[0]);
  assertEquals(f(3 * valueOf(dz)[0]!), valueOf(dW_A)[0]);

  const shown = [
    ...products,
    ...[sums[0]!, sums[2]!],
    ...valueOf(z),
    ...valueOf(logits),
    ...valueOf(y),
    ...valueOf(one).slice(0, 1),
    ...valueOf(dlogits),
    ...parts,
    ...valueOf(dz).slice(0, 1),
    ...valueOf(dW_A).slice(0, 1),
  ].map(text);
  const exactly = [f(0.2).toPrecision(9), String(valueOf(z)[0])];
  const given = [...valueOf(W_A), ...valueOf(W_B)].map(text);
  const found = [...walk.matchAll(/-?\d+\.\d+/g)].map(([number]) => number);
  const sign = (number: string) => number.replace("-", "");
  const known = new Set([...shown, ...exactly, ...given].map(sign));
  assertEquals(found.filter((number) => !known.has(sign(number))), []);
  const missing = [...shown, ...exactly].filter((number) =>
    !found.map(sign).includes(sign(number))
  );
  assertEquals(missing, []);
});

Deno.test("the table of the walk has the products and sums of the first element, in order", () => {
  const rows = [...walk.matchAll(/^\| (\d) · ([\d.]+) +\| ([\d.]+) +\| ([\d.]+) +\|$/gm)];
  assertEquals(rows.length, 3);
  let sum = 0;
  for (const [, a, b, product, total] of rows) {
    const exact = f(Number(a) * f(Number(b)));
    sum = f(sum + exact);
    assertEquals([product, total], [text(exact), text(sum)]);
  }
});

Deno.test("the notebook printed the gradient that the walk ends with", () => {
  const printed = goldens().flatMap(({ entries }) => entries).flatMap(({ blocks }) => blocks)
    .flatMap((block) => "numbers" in block ? block.numbers : []);
  const { dW_A, valueOf } = network();
  assert(printed.includes(text(valueOf(dW_A)[0]!)));
});

Deno.test("prints and shapes that the walk shows are those of the nodes", () => {
  const { z, dW_A, x } = network();
  assertEquals(z.shape, [1, 2]);
  assertEquals([dW_A.op, dW_A.inputs[0], dW_A.attributes], [
    "matmul",
    x,
    { transposeA: true, transposeB: false },
  ]);
  const ops = postorder([dW_A]).map(({ op }) => op);
  assertEquals(ops.filter((op) => op === "mul" || op === "sub"), ["mul", "sub", "mul"]);
  assertEquals(`${tensor([0.2])}`, "[0.2]");
});

Deno.test("the files that core/README.md names are there, and it has at most 150 lines", async () => {
  assert(readme.split("\n").length <= 150);
  const named = [...readme.matchAll(/`([\w/]+(?:\.ts|\.md|\/))`/g)].map(([, path]) => path!);
  assert(named.length >= 20, `${named.length}`);
  const root = new URL("../", import.meta.url);
  const there = [...await pathsIn(root, "core/"), ...await pathsIn(root, "verify/")];
  const missing = named.filter((path) => !there.some((each) => `/${each}`.endsWith(`/${path}`)));
  assertEquals(missing, []);
});

/** The paths of all files and folders in a folder; those of folders end in a slash. */
async function pathsIn(root: URL, folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
    const path = `${folder}${name}${isDirectory ? "/" : ""}`;
    found.push(path, ...(isDirectory ? await pathsIn(root, path) : []));
  }
  return found;
}
