// Tables are filled by the first call, whichever function that is: each is called first in a
// worker, which has modules of its own.

import { assert, assertEquals } from "@std/assert";
import { atan2 } from "./atan2.ts";
import { functions } from "./functions.ts";
import { pow } from "./pow.ts";

const all: Record<string, (x: number, y: number) => number> = { ...functions, pow, atan2 };

/** Inputs on both sides of 0 and of 1: some reach the tables of each function. */
const INPUTS = [0.7, -0.7, 1.7];

const WORKER = `
  self.onmessage = async ({ data: { href, name, x } }) => {
    const { functions } = await import(href + "functions.ts");
    const { pow } = await import(href + "pow.ts");
    const { atan2 } = await import(href + "atan2.ts");
    postMessage({ ...functions, pow, atan2 }[name](x, 0.4));
  };
`;

function firstCall(name: string, x: number): Promise<number> {
  const url = `data:application/javascript,${encodeURIComponent(WORKER)}`;
  const worker = new Worker(url, { type: "module" });
  return new Promise<number>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ href: new URL("./", import.meta.url).href, name, x });
  }).finally(() => worker.terminate());
}

Deno.test("the first call gives what every other gives", async () => {
  for (const x of INPUTS) for (const f of Object.values(all)) f(x, 0.4);
  let asked = 0;
  for (const [name, f] of Object.entries(all)) {
    const inputs = INPUTS.filter((x) => Number.isFinite(f(x, 0.4)));
    assertEquals(
      await Promise.all(inputs.map((x) => firstCall(name, x))),
      inputs.map((x) => f(x, 0.4)),
      `${name} of ${inputs}`,
    );
    asked += inputs.length;
  }
  assert(asked >= 60, `${asked}`);
});
