import { assert, assertEquals, assertMatch } from "@std/assert";
import { cases } from "../cases/mod.ts";

const root = new URL("../", import.meta.url);
const id = "notebook/n=1/target=y/upstream=none/auto";

/** How `verify` is run: what it reads on standard input, and further variables. */
interface Surroundings {
  readonly input?: string;
  readonly env?: Record<string, string>;
}

/** Runs `verify` with the permissions of its task. */
async function verify(
  args: readonly string[],
  { input = "", env = {} }: Surroundings = {},
): Promise<{ code: number; out: string; err: string }> {
  const permissions = ["--allow-read", "--allow-env=GITHUB_ACTIONS"];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...permissions, "scripts/verify.ts", ...args],
    cwd: root,
    env: { GITHUB_ACTIONS: "", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input)).catch(() => {}); // it may not care to read
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, err: err! };
}

const header = "case,tensor,index,value";
const right = `${header}\n${id},dlogits,0,0.14349349\n${id},dlogits,1,0.22245498\n`;
const wrong = `${header}\n${id},dlogits,0,0.14349349\n${id},dlogits,1,NaN\n`;

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("verify judges every case and is right", async () => {
  const { code, out, err } = await verify([]);
  assertEquals([code, err], [0, ""]);
  assertMatch(
    out,
    new RegExp(
      `\\n${cases.length} of ${cases.length} cases right, .* 114 of 114 captured numbers printed\\n$`,
    ),
  );
});

Deno.test("values of another program are judged from a file and from standard input", () =>
  inFolder(async (folder) => {
    const file = `${folder}/it's mine.csv`;
    await Deno.writeTextFile(file, right.replaceAll("\n", "\r\n"));
    const fromFile = await verify(["--against", file]);
    const missing =
      "is judged without z, logits, y, y_sum, y_mean, dz, dW_A, dW_B: not in the file";
    assertEquals([fromFile.code, fromFile.err], [0, `warning: ${file}: case "${id}" ${missing}\n`]);
    assertMatch(fromFile.out, /\n1 of 1 cases right, /);
    const fromInput = await verify(["--against=-"], { input: right });
    assertEquals([fromInput.code, fromInput.out], [0, fromFile.out]);
    assert(fromInput.err.startsWith("warning: standard input: "));
    await Deno.writeTextFile(file, wrong);
    const failed = await verify(["--against", file, "--profile", "own"]);
    assertEquals(failed.code, 1);
    const again =
      `deno task verify --against '${folder}/it'\\''s mine.csv' --profile 'own' --case '${id}'`;
    assert(failed.out.includes(`to reproduce: ${again}\n`), failed.out);
  }));

Deno.test("a file that can't be judged is told line by line, with exit code 2 and no report", () =>
  inFolder(async (folder) => {
    const file = `${folder}/mine.csv`;
    const says = async (text: string | Uint8Array<ArrayBuffer>, ...args: string[]) => {
      await Deno.writeFile(file, typeof text === "string" ? new TextEncoder().encode(text) : text);
      const { code, out, err } = await verify(["--against", file, ...args]);
      assertEquals([code, out], [2, ""]);
      return err.trimEnd().split("\n").map((line) => line.replace(`${folder}/`, ""));
    };
    assertEquals(await says(""), ["error: mine.csv:1: the file is empty: expected a header"]);
    assertEquals(await says(right.replace("1,0.2", "1,0.2.")), [
      'error: mine.csv:3: value "0.2.2245498" is not a number',
    ]);
    const many = await says(header + `\n${id},dlogits,7,0`.repeat(99));
    assertEquals([many.length, many[20]], [21, "error: mine.csv: 79 more such lines"]);
    assertEquals(await says(right, "--case", "graph/*"), [
      'error: Cannot judge mine.csv: it has none of the cases that match "graph/*"',
    ]);
    assertEquals(await says(Uint8Array.of(0xff, 0xfe, 0x61, 0)), [
      "error: Cannot read mine.csv: it is not UTF-8 text",
    ]);
    assertMatch(
      (await verify(["--against", `${folder}/none.csv`])).err,
      /^error: Cannot read .*none\.csv: No such file or directory\n$/,
    );
    assertEquals((await verify(["--against", folder])).code, 2);
  }));

Deno.test("--profile needs --against", async () => {
  const { code, err } = await verify(["--profile", "own"]);
  assertEquals([code, err], [
    2,
    "error: option --profile needs --against: this program's own values are judged as own\n",
  ]);
});

Deno.test("--witnesses hears every gradient, as a table and as JSON", async () => {
  const table = await verify(["--witnesses", "--case", "graph/stop/*"]);
  assertEquals([table.code, table.err], [0, ""]);
  assertMatch(table.out, /^graph\/stop\/option\s+dh\s+3 agree; 3 by differences$/m);
  assertMatch(table.out, /\n4 gradients: no witness disagrees\n$/);
  const json = await verify(["--witnesses", "--case", "graph/stop/*", "--reporter", "json"]);
  assertEquals(JSON.parse(json.out).gradients.length, 4);
  const junit = await verify(["--witnesses", "--reporter", "junit"]);
  assertEquals([junit.code, junit.out], [2, ""]);
  assertEquals(junit.err, "error: option --witnesses has no junit report, only table and json\n");
});

Deno.test("the user's own cases are judged, with --case and --against too", async () => {
  const mine = ["--cases", "examples/mine.ts"];
  const all = await verify(mine);
  assertEquals([all.code, all.err], [0, ""]);
  assertMatch(all.out, /\nmine\/regression\n[^]*\n1 of 1 cases right, 21 comparisons\n$/);
  const unknown = await verify([...mine, "--case", "mine/regresion"]);
  assertEquals([unknown.code, unknown.err], [
    2,
    'error: Cannot select cases: none matches "mine/regresion", did you mean "mine/regression"?\n',
  ]);
  const input = `${header}\nmine/regression,db,0,0.5\n`;
  const against = await verify([...mine, "--against=-", "--reporter", "tap"], { input });
  assertEquals(against.code, 1);
  assertMatch(against.out, /\nnot ok 1 - mine\/regression \(fail\)\n/);
  assertMatch(against.out, /--cases 'examples\/mine\.ts' --against '-' --case 'mine\/regression'/);
});

Deno.test("a module without cases, and a case that can't be run, are the user's mistake", () =>
  inFolder(async (folder) => {
    const module = `${folder}/mine.ts`;
    await Deno.writeTextFile(module, "export default [];");
    const empty = await verify(["--cases", module]);
    assertEquals([empty.code, empty.err], [
      2,
      `error: Cannot use ${module}: it exports no cases\n`,
    ]);
    const library = new URL("mod.ts", root).href;
    await Deno.writeTextFile(
      module,
      `import { neg, placeholder } from "${library}";
      const node = neg(placeholder([2]));
      export const cases = [{ id: "mine", build: () => [{ name: "y", role: "forward", node }] }];`,
    );
    const unfed = await verify(["--cases", module]);
    assertEquals([unfed.code, unfed.out], [2, ""]);
    assertMatch(
      unfed.err,
      /^error: Cannot use .*: case "mine" needs placeholder \[2\] to be fed, expected variables as inputs\n$/,
    );
  }));

Deno.test("on GitHub Actions what is wrong is annotated on standard error; the report stays whole", async () => {
  const env = { GITHUB_ACTIONS: "true" };
  const args = ["--against=-", "--reporter", "json"];
  const failed = await verify(args, { input: wrong, env });
  assertEquals(failed.code, 1);
  assertEquals(JSON.parse(failed.out).summary.failed, 1);
  const annotations = failed.err.split("\n").filter((line) => line.startsWith("::"));
  assertEquals(annotations.length, 1);
  assertMatch(
    annotations[0]!,
    new RegExp(`^::error title=${id} dlogits::dlogits\\[0\\]\\[1\\] is NaN, `),
  );
  const fine = await verify(args, { input: right, env });
  assertEquals([fine.code, fine.err.includes("::")], [0, false]);
  const elsewhere = await verify(args, { input: wrong });
  assertEquals([elsewhere.out, elsewhere.err.includes("::")], [failed.out, false]);
});

Deno.test("without the permission to see GITHUB_ACTIONS nothing is asked and nothing annotated", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-read", "scripts/verify.ts", "--case", id],
    cwd: root,
    env: { GITHUB_ACTIONS: "true" },
  }).output();
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
});

/** Whether a Python is there; nothing that users run needs one. */
const python = await new Deno.Command("python3", { args: ["--version"] }).output().then(
  ({ success }) => success,
  () => false,
);

Deno.test({
  name: `the Python example is judged right${python ? "" : " (skipped: there is no python3)"}`,
  ignore: !python,
  async fn() {
    const example = new URL("examples/judge_me.py", root);
    assert((await Deno.readTextFile(example)).trimEnd().split("\n").length <= 15);
    const { success, stdout } = await new Deno.Command("python3", {
      args: ["examples/judge_me.py"],
      cwd: root,
    }).output();
    assert(success);
    const input = new TextDecoder().decode(stdout);
    const { code, out, err } = await verify(["--against=-"], { input });
    assertEquals(code, 0, err + out);
    assert(["dlogits", "dz", "dW_A", "dW_B"].every((name) => out.includes(`\n  ${name} `)), out);
    const spoilt = await verify(["--against=-"], { input: input.replace(/(dz,0,)(.*)/, "$10") });
    assertEquals(spoilt.code, 1);
  },
});
