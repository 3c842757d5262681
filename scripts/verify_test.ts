import { assert, assertEquals, assertMatch } from "@std/assert";
import { describe, it } from "@std/testing/bdd";
import { cases, compileCase } from "../cases/mod.ts";
import { shortestText } from "../core/float32.ts";
import { type Outcome, runCommandLine, runShell, type Surroundings } from "../testing/commands.ts";
import { folderPerTest } from "../testing/folders.ts";

const id = "notebook/n=1/target=y/upstream=none/auto";

function verify(args: readonly string[], surroundings?: Surroundings): Promise<Outcome> {
  return runCommandLine(["verify", ...args], surroundings);
}

const header = "case,tensor,index,value";
/** Every gradient of the case, right. */
const right = gradientText();
const wrong = right.replace(/(dlogits,1,).*/, "$1NaN");
/** Two of the four gradients. */
const partial = right.replace(/.*,d(z|W_A),.*\n/g, "");

function gradientText(): string {
  const { tensors, run } = compileCase(cases.find((c) => c.id === id)!);
  const rows = run().flatMap(({ data }, t) =>
    tensors[t]!.role !== "gradient"
      ? []
      : Array.from(data, (x, i) => `${id},${tensors[t]!.name},${i},${shortestText(x)}\n`)
  );
  return `${header}\n${rows.join("")}`;
}

/** Whether a Python is there; nothing that users run needs one. */
const python = await new Deno.Command("python3", { args: ["--version"] }).output().then(
  ({ success }) => success,
  () => false,
);

describe("verify", () => {
  const place = folderPerTest();

  it("verify judges every case and is right", async () => {
    const { code, out, err } = await verify([]);
    assertEquals([code, err], [0, ""]);
    assertMatch(
      out,
      new RegExp(
        `\\n${
          cases.length - 9
        } of ${cases.length} cases right, 9 not checked, .* 114 of 114 captured numbers printed\\n$`,
      ),
    );
  });

  it("values of another program are judged from a file and from standard input", async () => {
    const { folder } = place;
    const file = `${folder}/it's mine.csv`;
    await Deno.writeTextFile(file, right.replaceAll("\n", "\r\n"));
    const fromFile = await verify(["--against", file]);
    const missing = "is judged without z, logits, y, y_sum, y_mean: not in the file";
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
  });

  it("a file that can't be judged is told line by line, with exit code 2 and no report", async () => {
    const { folder } = place;
    const file = `${folder}/mine.csv`;
    const says = async (text: string | Uint8Array<ArrayBuffer>, ...args: string[]) => {
      await Deno.writeFile(file, typeof text === "string" ? new TextEncoder().encode(text) : text);
      const { code, out, err } = await verify(["--against", file, ...args]);
      assertEquals([code, out], [2, ""]);
      return err.trimEnd().split("\n").map((line) => line.replace(`${folder}/`, ""));
    };
    assertEquals(await says(""), ["error: mine.csv:1: the file is empty: expected a header"]);
    assertEquals(await says(right.replace("dlogits,1,0", "dlogits,1,0.")), [
      'error: mine.csv:3: value "0..22245498" is not a number',
    ]);
    const many = await says(header + `\n${id},dlogits,7,0`.repeat(99));
    assertEquals([many.length, many[20]], [21, "error: mine.csv: 79 more such lines"]);
    assertEquals(await says(right, "--case", "graph/*"), [
      'error: Cannot judge mine.csv: it has none of the cases that match "graph/*"',
    ]);
    assertEquals(await says(Uint8Array.of(0xff, 0xfe, 0x61, 0)), [
      "error: Cannot read mine.csv: it is UTF-16 text, expected UTF-8 text",
    ]);
    assertEquals(await says(Uint8Array.of(0x61, 0x2c, 0xff, 0x62, 0x63, 0x64)), [
      "error: Cannot read mine.csv: it is not UTF-8 text",
    ]);
    assertMatch(
      (await verify(["--against", `${folder}/none.csv`])).err,
      /^error: Cannot read .*none\.csv: No such file or directory\n$/,
    );
    assertMatch(
      (await verify(["--against", folder])).err,
      /^error: Cannot read [^\n]*: Is a directory\n$/,
    );
  });

  it("what is unchecked is told, and wrong with --strict", async () => {
    const { folder } = place;
    const module = `${folder}/vacuous.ts`;
    const source = new URL("../testing/vacuous_case.ts", import.meta.url).href;
    await Deno.writeTextFile(
      module,
      `import { vacuousCase } from "${source}";\nexport default [vacuousCase];\n`,
    );
    await Deno.writeTextFile(
      `${folder}/mine.csv`,
      `${header}\nvacuous/sigmoid,dx,0,1e-7\nvacuous/sigmoid,dx,1,0\n`,
    );
    const judged = (...args: string[]) =>
      verify(["--cases", module, "--against", `${folder}/mine.csv`, ...args]);
    const plain = await judged();
    assertEquals(plain.code, 0);
    assertMatch(plain.out, /\n\? dx +float64 +unchecked /);
    assertMatch(plain.out, /\n0 of 1 cases right, 1 not checked, 4 comparisons, 2 unchecked\n$/);
    const strict = await judged("--strict");
    assertEquals(strict.code, 1);
    assertMatch(strict.out, /\n! dx +float64 +unchecked /);
    assertMatch(strict.out, /\n {2}to reproduce: .* --strict --case 'vacuous\/sigmoid'\n/);
    assertEquals((await verify(["--strict", "--case", id])).code, 0);
    for (const other of ["--witnesses", "--list"]) {
      const { code, err } = await verify(["--strict", other]);
      assertEquals(code, 2);
      assertMatch(err, new RegExp(`--strict can't be used with ${other}`));
    }
  });

  it("a missing gradient is wrong, unless --require says otherwise, and every report shows it", async () => {
    const judged = (...args: string[]) => verify(["--against=-", ...args], { input: partial });
    const { code, out, err } = await judged();
    assertEquals(code, 1);
    assertMatch(out, /\n! dz is missing\n! dW_A is missing\n {2}to reproduce: /);
    assertMatch(out, /\n0 of 1 cases right, .*, 2 required tensors missing\n$/);
    assertMatch(
      err,
      /^warning: [^\n]* is judged without z, logits, y, y_sum, y_mean: not in the file\n$/,
    );
    const none = await judged("--require", "none");
    assertEquals(none.code, 0);
    assertMatch(none.err, / without z, logits, y, y_sum, y_mean, dz, dW_A: not in the file\n$/);
    const all = await judged("--require=all", "--reporter", "json");
    assertEquals([all.code, all.err], [1, ""]);
    const report = JSON.parse(all.out);
    const names = ["z", "logits", "y", "y_sum", "y_mean", "dz", "dW_A"];
    assertEquals([report.cases[0].missing, report.cases[0].verdict], [names, "fail"]);
    assertEquals([report.summary.failed, report.summary.missing], [1, 7]);
    assertMatch(report.cases[0].reproduce, / --against '-' --require 'all' --case /);
    const tap = await judged("--reporter", "tap");
    assertMatch(tap.out, /\nnot ok 1 - .* \(fail\)\n {2}---\n {2}wrong:\n {4}- "dz is missing"\n/);
    const junit = await judged("--reporter", "junit");
    assertMatch(
      junit.out,
      /failures="2" skipped="0">\n[^]*<failure type="missing" message="dz is missing">/,
    );
    const annotated = await verify(["--against=-"], {
      input: partial,
      env: { GITHUB_ACTIONS: "true" },
    });
    assertMatch(
      annotated.err,
      new RegExp(`\n::error title=${id} dz::dz is missing; to reproduce: `),
    );
    const whole = await verify(["--require", "all"]);
    assertEquals([whole.code, whole.err], [
      2,
      "error: option --require needs --against: this program computes every tensor\n",
    ]);
  });

  it("--profile needs --against", async () => {
    const { code, err } = await verify(["--profile", "own"]);
    assertEquals([code, err], [
      2,
      "error: option --profile needs --against: this program's own values are judged as own\n",
    ]);
  });

  it("--witnesses hears every gradient, as a table and as JSON", async () => {
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

  it("the user's own cases are judged, with --case and --against too", async () => {
    const mine = ["--cases", "examples/mine.ts"];
    const all = await verify(mine);
    assertEquals([all.code, all.err], [0, ""]);
    assertMatch(all.out, /\nmine\/regression\n[^]*\n1 of 1 cases right, 38 comparisons\n$/);
    const unknown = await verify([...mine, "--case", "mine/regresion"]);
    assertEquals([unknown.code, unknown.err], [
      2,
      'error: Cannot select cases: none matches "mine/regresion", did you mean "mine/regression"?\n',
    ]);
    const input = `${header}\nmine/regression,db,0,0.5\n`;
    const against = await verify([...mine, "--against=-", "--reporter", "tap"], { input });
    assertEquals(against.code, 1);
    assertMatch(against.out, /\nnot ok 1 - mine\/regression \(fail\)\n/);
    assertMatch(
      against.out,
      /--cases 'examples\/mine\.ts' --against '-' --case 'mine\/regression'/,
    );
  });

  it("a module without cases, and a case that can't be run, are the user's mistake", async () => {
    const { folder } = place;
    const module = `${folder}/mine.ts`;
    await Deno.writeTextFile(module, "export default [];");
    const empty = await verify(["--cases", module]);
    assertEquals([empty.code, empty.err], [
      2,
      `error: Cannot use ${module}: it exports no cases\n`,
    ]);
    const library = new URL("../mod.ts", import.meta.url).href;
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
  });

  it("on GitHub Actions what is wrong is annotated on standard error; the report stays whole", async () => {
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

  it("without the permission to see GITHUB_ACTIONS nothing is asked and nothing annotated", async () => {
    const env = { GITHUB_ACTIONS: "true" };
    const { code, err } = await verify(["--case", id], { env, flags: ["--allow-read"] });
    assertEquals([code, err], [0, ""]);
  });

  it("the Python example is judged right", { skip: !python }, async () => {
    const file = new URL("../examples/judge_me.py", import.meta.url);
    assert((await Deno.readTextFile(file)).trimEnd().split("\n").length <= 15);
    const example = await runShell("python3 examples/judge_me.py");
    assertEquals(example.code, 0);
    const input = example.out;
    const { code, out, err } = await verify(["--against=-"], { input });
    assertEquals(code, 0, err + out);
    assert(["dlogits", "dz", "dW_A", "dW_B"].every((name) => out.includes(`\n  ${name} `)), out);
    const spoilt = await verify(["--against=-"], { input: input.replace(/(dz,0,)(.*)/, "$10") });
    assertEquals(spoilt.code, 1);
  });
});
