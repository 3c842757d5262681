/**
 * Campaigns under a watchdog: many tries in a process of their own, since a hang, a crash or an
 * exit can't be caught from within.
 *
 * A campaign is a module that calls {@linkcode campaign} with a function that does try `i`, which
 * depends on the seed and `i` alone. Before each try the process writes its number; if nothing
 * comes for a while it is killed, the try is named, and a new process goes on after it.
 *
 * @module
 */

/** What one try came to. */
export interface Try {
  /** What is wrong, in one line; missing if nothing is. */
  readonly failure?: string;
  /** What the try is counted under, such as `result`, `refused`, `passed the first check`. */
  readonly counts: readonly string[];
}

/** What all tries came to. */
export interface Tally {
  /** How many tries were made. */
  readonly tries: number;
  /**
   * How many were counted under each name; a process that had to be killed takes its counts along.
   */
  readonly counts: Readonly<Record<string, number>>;
  /** The first failures, each with its number: the same seed and number make it again. */
  readonly failures: readonly string[];
  /** How many failed. */
  readonly failed: number;
}

/** How many failures are told in full. */
const SHOWN = 20;

/**
 * Runs the tries that the arguments ask for (seed, first, end) and writes their tally as JSON. To
 * be called by the module of a campaign, when it is the main one.
 */
export async function campaign(
  attempt: (seed: number, i: number) => Try | Promise<Try>,
): Promise<void> {
  const [seed = 0, first = 0, end = 0] = Deno.args.map(Number);
  const encoder = new TextEncoder();
  const counts: Record<string, number> = {};
  const failures: string[] = [];
  let failed = 0;
  for (let i = first; i < end; i++) {
    Deno.stdout.writeSync(encoder.encode(`${i}\n`));
    const { failure, counts: names } = await attempt(seed, i);
    for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
    if (failure === undefined) continue;
    failed++;
    if (failures.length < SHOWN) failures.push(`try ${i}: ${failure}`);
  }
  const tally: Tally = { tries: end - first, counts, failures, failed };
  Deno.stdout.writeSync(encoder.encode(`${JSON.stringify(tally)}\n`));
}

/** Options of {@linkcode runCampaign}. */
export interface CampaignOptions {
  readonly seed: number;
  readonly tries: number;
  /** How long one try may take, in milliseconds; 10 s by default. */
  readonly patience?: number;
  /** Permissions and other flags of the process; none by default. */
  readonly flags?: readonly string[];
}

/** Runs a campaign's module in processes of its own and gives the tally of all tries. */
export async function runCampaign(
  module: URL,
  { seed, tries, patience = 10_000, flags = [] }: CampaignOptions,
): Promise<Tally> {
  const counts: Record<string, number> = {};
  const failures: string[] = [];
  let failed = 0;
  for (let first = 0; first < tries;) {
    const { tally, last, ended } = await runProcess(module, [seed, first, tries], patience, flags);
    for (const [name, n] of Object.entries(tally?.counts ?? {})) {
      counts[name] = (counts[name] ?? 0) + n;
    }
    failures.push(...tally?.failures ?? []);
    failed += tally?.failed ?? 0;
    if (tally !== null) break;
    if (last < first) throw new Error(`Cannot run ${module.pathname}: ${ended}`);
    failures.push(`try ${last}: ${ended}`);
    failed++;
    first = last + 1;
    if (failures.length >= SHOWN) break;
  }
  return { tries, counts, failures: failures.slice(0, SHOWN), failed };
}

/** One process: its tally, or the number of its last try and how it ended. */
async function runProcess(
  module: URL,
  args: readonly number[],
  patience: number,
  flags: readonly string[],
): Promise<{ tally: Tally | null; last: number; ended: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", ...flags, module.href, ...args.map(String)],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hung = false;
  const watch = (time: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      hung = true;
      child.kill("SIGKILL");
    }, time);
  };
  watch(60_000 + patience); // the first word may wait for modules to be checked and compiled
  const errors = new Response(child.stderr).text();
  let rest = "";
  let last = -1;
  let tally: Tally | null = null;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    watch(patience);
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith("{")) tally = JSON.parse(line);
      else if (/^\d+$/.test(line)) last = Number(line);
    }
  }
  clearTimeout(timer);
  const { code } = await child.status;
  const said = (await errors).trim().split("\n").at(-1) ?? "";
  const ended = hung
    ? `no answer within ${patience} ms`
    : `the process ended with ${code}: ${said}`;
  return { tally, last, ended };
}
