/**
 * A progress bar on a terminal.
 *
 * @module
 */

/** Where a bar is drawn; `Deno.stderr` is one. */
export interface Terminal {
  isTerminal(): boolean;
  writeSync(bytes: Uint8Array): number;
}

/** What a progress bar shows, and where. */
export interface ProgressOptions {
  /** The number of steps of the whole work. */
  readonly total: number;
  /** What is being done, in a word or two. */
  readonly label: string;
  /** Where to draw; default `Deno.stderr`. */
  readonly terminal?: Terminal;
  /** The time in milliseconds; default `performance.now`. */
  readonly now?: () => number;
  /** The width of the terminal in characters; default asked of the terminal. */
  readonly columns?: number;
}

/** A progress bar under way. */
export interface Progress {
  /** Says how many steps are done. */
  update(done: number): void;
  /** Wipes the bar. */
  finish(): void;
}

/** Milliseconds before the bar is shown, and between two drawings of it. */
const PATIENCE = 1000;
const PERIOD = 100;

/**
 * Starts a progress bar: drawn on a terminal only, and only once the work has taken over a second.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { progress } from "./progress.ts";
 * const lengths: number[] = [];
 * const terminal = {
 *   isTerminal: () => true,
 *   writeSync: (bytes: Uint8Array) => lengths.push(bytes.length),
 * };
 * let time = 0;
 * const bar = progress({ total: 3, label: "generate", terminal, now: () => time += 600 });
 * for (let step = 1; step <= 3; step++) bar.update(step);
 * bar.finish();
 * assertEquals(lengths.length, 3); // two bars after the first second, and they are wiped
 * ```
 */
export function progress(options: ProgressOptions): Progress {
  const { total, label, terminal = Deno.stderr, now = () => performance.now() } = options;
  if (!terminal.isTerminal()) return { update() {}, finish() {} };
  const write = (text: string) => void terminal.writeSync(new TextEncoder().encode(text));
  const start = now();
  let drawn = -Infinity;
  return {
    update(done: number): void {
      const time = now();
      if (time - start < PATIENCE || time - drawn < PERIOD) return;
      drawn = time;
      const columns = options.columns ?? terminalColumns();
      write(`\r${barText(label, done, total, time - start, columns)}\x1b[K`);
    },
    finish(): void {
      if (drawn > -Infinity) write("\r\x1b[K");
    },
  };
}

/** One line of at most `columns - 1` characters: label, bar, share done, time left. */
function barText(
  label: string,
  done: number,
  total: number,
  elapsed: number,
  columns: number,
): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const seconds = Math.ceil((elapsed / share - elapsed) / 1000);
  const left = share === 0
    ? ""
    : `${seconds < 10 ? `${seconds} s` : durationText(seconds * 1000)} left`;
  const facts = ` ${String(Math.floor(share * 100)).padStart(3)} % ${left}`;
  const width = Math.min(40, columns - 1 - label.length - facts.length - 3);
  const full = Math.round(share * width);
  const bar = width >= 5 ? ` [${"#".repeat(full)}${"-".repeat(width - full)}]` : "";
  return `${label}${bar}${facts}`.slice(0, columns - 1);
}

function terminalColumns(): number {
  try {
    return Deno.consoleSize().columns || 80; // 0 where the terminal does not know
  } catch {
    return 80; // no size to be had
  }
}

/**
 * Writes a time in milliseconds for people: `0.31 s`, `12 s`, `3 min 5 s`, `2 h 10 min`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { durationText } from "./progress.ts";
 * assertEquals(durationText(312), "0.31 s");
 * assertEquals(durationText(185_000), "3 min 5 s");
 * ```
 */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min`;
}
