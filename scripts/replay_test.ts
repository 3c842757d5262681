import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { describe, it } from "@std/testing/bdd";
import { runCommandLine } from "../testing/commands.ts";
import { commandParts, copyProject, folderPerTest } from "../testing/folders.ts";

const name = "golden/notebook/01_calculate_gradient_for_one_sample_manually.json";
const commands = [["replay"], ["verify"]];
const permissions = ["--allow-read", "--allow-env=GITHUB_ACTIONS"];

describe("replay", () => {
  const place = folderPerTest();

  it("replay --check finds every line as captured", async () => {
    const { code, out, err } = await runCommandLine(["replay", "--check"]);
    assertEquals({ code, err, out }, {
      code: 0,
      err: "",
      out: "19 cells, 69 lines: all as captured\n",
    });
  });

  it("replay prints each cell as the notebook printed it", async () => {
    const { out } = await runCommandLine(["replay"]);
    assertStringIncludes(
      out,
      "## Calculate gradient for one sample manually\n\nIn [7]:\narray([[4.2, 5.7]], dtype=float32)\n",
    );
    assertStringIncludes(out, "In [39]:\nback_grad: \n [[-0.05238715  0.05094419]\n");
    assertStringIncludes(out, "back_grad_mean: \n  [-0.05162768  0.06064163]\n");
    assertStringIncludes(out, "In [40]:\n(2, 3)\n(3,)\n[[-0.20802966  0.22317165]\n");
  });

  it("a golden file that is damaged is named in one line with exit code 2", async () => {
    const damages: [what: string, change: (text: string) => string, message: string][] = [
      ["cut off", (text) => text.slice(0, -200), "not JSON"],
      [
        "of a newer format",
        (text) => text.replace('"formatVersion": 2', '"formatVersion": 3'),
        "3, newer than 2",
      ],
      [
        "of another count",
        (text) => text.replace(/"numbers": (\d+)/, (_, n) => `"numbers": ${Number(n) + 1}`),
        "17",
      ],
      ["changed in a digit", (text) => text.replace('"0.8263534"', '"0.8263535"'), "SHA-256"],
      ["nested too deep", (text) => text.replace("[", "[".repeat(200_000)), "deeper than 500"],
    ];
    const { folder } = place;
    await copyProject(commandParts, folder);
    const text = await Deno.readTextFile(`${folder}/${name}`);
    for (const [what, change, message] of damages) {
      assert(change(text) !== text, what);
      await Deno.writeTextFile(`${folder}/${name}`, change(text));
      for (const args of commands) {
        const { code, out, err } = await runCommandLine(args, { cwd: folder });
        assertEquals([code, out, err.split("\n").length], [2, "", 2], `${what}: ${err}`);
        assert(err.startsWith(`error: Cannot read ${name}:`) && err.includes(message), err);
      }
    }
  });

  it("a golden file that cannot be read is named in one line with exit code 2", async () => {
    const { folder } = place;
    await copyProject(commandParts, folder);
    const path = `${folder}/${name}`;
    const text = await Deno.readFile(path);
    const unreadable: [
      what: string,
      make: () => Promise<void>,
      flags: string[],
      message: string,
    ][] = [
      ["forbidden", async () => {}, [`--deny-read=${name}`], "Requires read access"],
      [
        "not UTF-8",
        () => Deno.writeFile(path, text.fill(0xff, 100, 101)),
        [],
        "it is not UTF-8 text",
      ],
      ["a folder", () => Deno.remove(path).then(() => Deno.mkdir(path)), [], "Is a directory"],
      [
        "a dangling link",
        () => Deno.remove(path).then(() => Deno.symlink("nowhere", path)),
        [],
        "No such file or directory",
      ],
    ];
    for (const [what, make, flags, message] of unreadable) {
      await make();
      for (const args of commands) {
        const { code, out, err } = await runCommandLine(args, {
          cwd: folder,
          flags: [...permissions, ...flags],
        });
        assertEquals([code, out, err.split("\n").length], [2, "", 2], `${what}: ${err}`);
        assert(err.startsWith(`error: Cannot read ${name}: `) && err.includes(message), err);
      }
    }
    await Deno.remove(path);
    for (const args of commands) {
      const { code, out, err } = await runCommandLine(args, { cwd: folder });
      assertEquals([code, out, err.split("\n").length], [2, "", 2], err);
      assert(err.startsWith("error: Cannot load the golden files: ") && err.includes(name), err);
    }
  });

  it("replay --check shows both lines at the first difference and exits with 1", async () => {
    const { folder } = place;
    await copyProject(commandParts, folder);
    // An engine whose sigmoid is wrong: the first line that depends on it is in cell 29, the NumPy
    // cells compose theirs.
    const file = `${folder}/core/ops/special.ts`;
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(
      file,
      text.replace("float32: sigmoid,", "float32: (x) => sigmoid(x) * 1.0001,"),
    );
    const { code, out } = await runCommandLine(["replay", "--check"], { cwd: folder });
    const [first, captured, computed] = out.split("\n");
    assertEquals(code, 1);
    assert(/^cell \d+ differs at 000_cf3e9b176747913a\.txt:\d+$/.test(first!), out);
    assert(
      captured!.startsWith("  captured: ") && computed!.startsWith("  computed: ") &&
        captured !== computed,
      out,
    );
  });
});
