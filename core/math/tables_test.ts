// The constants and computed tables of the elementary functions are mpmath's, bit for bit.

import { assertEquals } from "@std/assert";
import data from "../testdata/math_tables.json" with { type: "json" };
import * as angle from "./angle_table.ts";
import * as erf from "./erf_table.ts";
import * as exp from "./exp_table.ts";
import * as log from "./log_table.ts";
import * as turn from "./turn_table.ts";

const { about: _, ...tables } = data;

/** What a module exports, its functions called with some arguments. */
function contents(module: Record<string, unknown>, ...args: unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(module).map(([name, value]) => [
      name,
      typeof value === "function" ? value(...args) : value,
    ]),
  );
}

/** A copy in which minus zero, which `assertEquals` takes for zero, is a text. */
function exact(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, x) => Object.is(x, -0) ? "-0" : x));
}

Deno.test("constants and computed tables are mpmath's, bit for bit", () => {
  const { NODES, nodes } = erf;
  const computed = {
    exp: contents(exp, 256),
    log: contents(log),
    turn: contents(turn),
    angle: contents(angle),
    erf: contents({ nodes }),
  };
  assertEquals(exact(computed), tables);
  assertEquals(tables.erf.nodes.length, NODES);
});

Deno.test("fewer roots of two are some of the many", () => {
  for (const count of [1, 2, 64]) {
    const some = tables.exp.rootsOfTwo.filter((_, i) => i % (256 / count) === 0);
    assertEquals(exp.rootsOfTwo(count), some as [number, number][]);
  }
});
