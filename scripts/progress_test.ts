import { assert, assertEquals, assertMatch } from "@std/assert";
import { durationText, progress } from "./progress.ts";

/** A terminal that keeps what is written, and a clock that is set by hand. */
function fakes(isTerminal: boolean) {
  const lines: string[] = [];
  const clock = { time: 0 };
  const terminal = {
    isTerminal: () => isTerminal,
    writeSync(bytes: Uint8Array): number {
      lines.push(new TextDecoder().decode(bytes));
      return bytes.length;
    },
  };
  return { lines, clock, options: { terminal, now: () => clock.time, columns: 80 } };
}

Deno.test("a progress bar is silent for the first second, and where there is no terminal", () => {
  for (const [isTerminal, time] of [[true, 999], [false, 60_000]] as const) {
    const { lines, clock, options } = fakes(isTerminal);
    const bar = progress({ total: 10, label: "generate", ...options });
    clock.time = time;
    bar.update(5);
    bar.finish();
    assertEquals(lines, []);
  }
});

Deno.test("a progress bar shows its share after a second, ten times a second, and is wiped at the end", () => {
  const { lines, clock, options } = fakes(true);
  const bar = progress({ total: 10, label: "generate", ...options });
  for (clock.time = 2000; clock.time < 3000; clock.time += 10) bar.update(5);
  assertEquals(lines.length, 10);
  assertEquals(lines[0], `\rgenerate [${"#".repeat(20)}${"-".repeat(20)}]  50 % 2 s left\x1b[K`);
  bar.finish();
  assertEquals(lines.at(-1), "\r\x1b[K");
});

Deno.test("a progress bar fits the terminal's width", () => {
  for (const columns of [1, 2, 10, 20, 30, 50, 80]) {
    const { lines, clock, options } = fakes(true);
    const bar = progress({ total: 10, label: "generate", ...options, columns });
    clock.time = 5000;
    bar.update(3);
    assert(lines[0]!.length - "\r\x1b[K".length < columns, `${columns}: ${lines[0]}`);
  }
});

Deno.test("a progress bar of no steps, or of more than there are, stays within 100 %", () => {
  for (const [total, done] of [[0, 0], [10, 11]] as const) {
    const { lines, clock, options } = fakes(true);
    const bar = progress({ total, label: "generate", ...options });
    clock.time = 2000;
    bar.update(done);
    assertMatch(lines[0]!, /100 % 0 s left/);
  }
});

Deno.test("times are written for people", () => {
  const texts = [0, 312, 9_994, 9_999, 59_600, 185_000, 7_800_000].map(durationText);
  assertEquals(texts, [
    "0.00 s",
    "0.31 s",
    "9.99 s",
    "10 s",
    "1 min 0 s",
    "3 min 5 s",
    "2 h 10 min",
  ]);
});
