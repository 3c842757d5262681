import { assert, assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { reachable, workAtImport } from "./import_work.ts";

const root = new URL("../", import.meta.url);

/** Modules that work at import, each with the reason; a module that no longer does fails. */
const exceptions: Readonly<Record<string, string>> = {
  "core/format.ts": "makes the kind of an option out of its few texts",
  "cases/case.ts": "makes the kind of a role out of its few texts",
  "dataset/table.ts": "makes the kind of a layout out of its few texts",
  "golden/printed.ts": "two ordinals",
  "cases/notebook.ts": "lists the grid of cases",
  "core/gradients.ts": "picks the rules out of the table of ops",
  "verify/tangents.ts": "picks the rules of forward mode out of the table of ops",
};

Deno.test("what entry points reach does nothing at import but declare", async () => {
  // Not all elementary functions have an op yet.
  const entries = [...Object.values(config.exports), "core/math/functions.ts"];
  const sources = await reachable(entries.map((path) => new URL(path, root)));
  const found = [...sources.keys()].map((href) => [href, workAtImport(href, sources)] as const)
    .filter(([, work]) => work.length > 0)
    .map(([href, work]) => [href.slice(root.href.length), work] as const);
  const unexpected = found.filter(([path]) => !(path in exceptions));
  assertEquals(unexpected, []);
  assertEquals(found.map(([path]) => path).sort(), Object.keys(exceptions).sort());
});

/** What of a module is work, where its neighbour `b.ts` exports some functions. */
function workOf(source: string): string[] {
  const neighbour = `
    export function row(f: () => number, { size = 1 } = {}) {
      const kernel = () => f() * size;
      return { kernel, size, again: wrap(f) };
    }
    const wrap = <T>(value: T) => ({ value });
    export function list(n: number) { return Array.from({ length: n }); }
    export function loops(n: number) { for (let i = 0; i < n; i++); return n; }
    export function circle(n: number) { return circle(n); }
    export function local(n: number) {
      const of = (x: number) => () => x;
      return { a: of(n), b: inner(n) };
      function inner(x: number) { return { x }; }
    }
    export function localWork(n: number) {
      const of = (x: number) => Math.exp(x);
      return { a: of(n) };
    }
    export function byDefault(n = list(3)) { return n; }
    export function hidden() { return list(3); }`;
  const sources = new Map([["file:///a.ts", source], ["file:///b.ts", neighbour]]);
  return workAtImport("file:///a.ts", sources);
}

Deno.test("declarations are no work", () => {
  for (
    const source of [
      `import { row } from "./b.ts"; export * from "./b.ts"; export type A = number;`,
      `export const A = 2 ** -24, B = [[1, -2.5], "a", /b/y, 3n] as const, C = \`x\${A}\`;`,
      `const SCRATCH = new Float32Array(1); const bits = new Int32Array(SCRATCH.buffer);`,
      `const seen = new Map<string, number>(); let count = 0; let last: number | undefined;`,
      `const f = (x: number) => Math.exp(x); function g() { return f(1); } const t = { f, g };`,
      `const all = { ...t, [Symbol.for("x")]: 1 }, list = [...a, ...b]; export default all;`,
      `class A<T> extends B { #x = f(); static y = 1; constructor(readonly z: T) { super(); } }`,
      `import { row as r } from "./b.ts"; const rows = { a: r(() => Math.exp(1)) };`,
      `const TABLE = Object.freeze({ a: [1] }); interface I { a(): void }`,
      `import { local } from "./b.ts"; const rows = { ...local(3) };`,
      `const f = a.f ?? ((x: number) => x), g = a.b === undefined ? f : () => f(1);`,
    ]
  ) assertEquals(workOf(source), [], source);
});

Deno.test("anything else is work", () => {
  const calls = (name: string) => `import { ${name} } from "./b.ts"; const x = ${name}(3);`;
  for (
    const source of [
      `const TABLE = Float64Array.from([1]);`,
      `const SET = new Set([1]);`,
      `const TABLE = new Float64Array([1, 2]);`,
      `const d = new Date();`,
      `for (let i = 0; i < 9; i++) { }`,
      `if (true) { f(); }`,
      `f();`,
      `a.b = 1;`,
      `const a = { b: { c: f() } };`,
      `const a = { [f()]: 1 };`,
      `const a = [...f()];`,
      `const a = (() => 1)();`,
      `const a = await f();`,
      `const a = f\`x\`;`,
      `const { a = f() } = b;`,
      `const a = Math.PI ? f() : 1;`,
      `const a = Math.PI ?? f();`,
      `const a = f() ? 1 : 2;`,
      `class A { static x = f(); }`,
      `class A { static { f(); } }`,
      `class A extends f() {}`,
      `enum A { B }`,
      `export default f();`,
      `import { row } from "./b.ts"; const rows = { a: row(f()) };`,
      calls("list"),
      calls("loops"),
      calls("circle"),
      calls("byDefault"),
      calls("hidden"),
      calls("localWork"),
    ]
  ) assert(workOf(source).length > 0, source);
});
