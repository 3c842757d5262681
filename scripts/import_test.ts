// The library as its users import it: from a URL, with no permission but the import; in Node; in a
// browser's bundle.

import { assertEquals, assertRejects } from "@std/assert";
import { beforeEach, describe, it } from "@std/testing/bdd";
import { folderPerTest } from "../testing/folders.ts";
import { serveProject, serverPerTest } from "../testing/server.ts";

const program = (origin: string) => `
import { cases, compile, gradients, matmul, placeholder, sigmoid, tensor, variable } from "${origin}/mod.ts";
import { compileCase } from "${origin}/cases/mod.ts";
import { goldenFor } from "${origin}/golden/mod.ts";
import { assertGradients } from "${origin}/verify/mod.ts";
import { longTable } from "${origin}/dataset/mod.ts";

const x = placeholder([1, 3]);
const w = variable([[0.2, 0.3], [0.1, 0.2], [0.4, 0.5]]);
const y = sigmoid(matmul(matmul(x, w), [[0.1, -0.3], [0.2, 0.1]]));
const plan = compile([y, ...gradients(y, [w], { unconnected: "zero" })], [x]);
const [value, gradient] = plan.run([tensor([[3, 4, 8]])]);
console.log(String(value));
console.log(String(gradient));

const id = "notebook/n=2/target=y/upstream=none/auto";
const compiled = compileCase(cases.find((c) => c.id === id)!);
const outputs = compiled.run();
assertGradients(id, Object.fromEntries(compiled.tensors.map(({ name }, i) => [name, outputs[i]!])));
console.log(goldenFor(id).length > 0, typeof longTable);
`;

const expected = `[[0.8263534  0.33403307]]
[[-0.15716144  0.15283258]
 [-0.2095486   0.20377678]
 [-0.4190972   0.40755355]]
true function
`;

/** Runs a command in a folder and gives what it printed; fails with what it said if it fails. */
async function output(cwd: string, command: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    cwd,
    env: { NO_COLOR: "1", NO_PROXY: "127.0.0.1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) {
    throw new Error(`${command} ${args.join(" ")} failed:\n${text(stderr)}${text(stdout)}`);
  }
  return text(stdout).replaceAll("\r\n", "\n");
}

describe("the library", () => {
  const place = folderPerTest();
  const server = serverPerTest();
  beforeEach(() => Deno.writeTextFile(`${place.folder}/program.ts`, program(server.origin)));

  it("a program in an empty folder imports every entry point from a URL with no other permission", async () => {
    const { folder } = place;
    const { origin } = server;
    const host = new URL(origin).host;
    const args = [
      "run",
      "--no-prompt",
      "--no-lock",
      "--check",
      `--allow-import=${host}`,
      "program.ts",
    ];
    assertEquals(await output(folder, Deno.execPath(), args), expected);
  });

  it("Node runs a bundle of it", async () => {
    const { folder } = place;
    const { origin } = server;
    const host = new URL(origin).host;
    await output(folder, Deno.execPath(), [
      "bundle",
      "--quiet",
      "--no-lock",
      `--allow-import=${host}`,
      "--output=bundle.mjs",
      "program.ts",
    ]);
    assertEquals(await output(folder, "node", ["bundle.mjs"]), expected);
  });

  it("a bundle for browsers needs nothing of Node or Deno", async () => {
    const { folder } = place;
    const { origin } = server;
    const host = new URL(origin).host;
    await output(folder, Deno.execPath(), [
      "bundle",
      "--quiet",
      "--no-lock",
      "--platform=browser",
      "--format=iife",
      "--minify",
      `--allow-import=${host}`,
      "--output=bundle.js",
      "program.ts",
    ]);
    // A bare context of Node has no process and no require: ECMAScript's own globals, and the few
    // of the web that are put in.
    const bare = `
      const { readFileSync } = require("node:fs");
      const log = (...values) => console.log(...values);
      require("node:vm").runInNewContext(readFileSync("bundle.js", "utf8"), { console: { log }, TextEncoder, TextDecoder, crypto });
    `;
    assertEquals(await output(folder, "node", ["-e", bare]), expected);
  });

  it("Deno imports from a URL with --allow-import of its host only", async () => {
    const { folder } = place;
    const { origin } = server;
    const host = new URL(origin).host;
    const run = ["run", "--no-prompt", "--no-lock"];
    for (const flag of [[], ["--allow-import=jsr.io:443"], ["--allow-net", "--allow-read"]]) {
      await assertRejects(
        () => output(folder, Deno.execPath(), [...run, ...flag, "program.ts"]),
        Error,
        `Requires import access to "${host}"`,
      );
    }
  });

  it("the server may send modules as TypeScript or as nothing in particular, not as JavaScript", async () => {
    const { folder } = place;
    const program = (origin: string) =>
      `import { tensor } from "${origin}/mod.ts";\nconsole.log(String(tensor([1, 2])));\n`;
    for (
      const type of [
        "text/typescript",
        "video/mp2t",
        "text/plain; charset=utf-8",
        "application/octet-stream",
        "text/javascript",
      ]
    ) {
      const { origin, close } = serveProject(type);
      try {
        await Deno.writeTextFile(`${folder}/program.ts`, program(origin));
        const args = [
          "run",
          "--no-prompt",
          "--no-lock",
          `--allow-import=${new URL(origin).host}`,
        ];
        const run = () => output(folder, Deno.execPath(), [...args, "program.ts"]);
        if (type === "text/javascript") await assertRejects(run, Error, "failed");
        else assertEquals(await run(), "[1. 2.]\n", type);
      } finally {
        await close();
      }
    }
  });

  it("a server at a port that was used before is no stale one to Deno", async () => {
    const { folder } = place;
    const first = serveProject();
    const port = Number(new URL(first.origin).port);
    const run = async (origin: string) => {
      await Deno.writeTextFile(`${folder}/program.ts`, `import "${origin}/mod.ts";\n`);
      const args = ["run", "--no-lock", `--allow-import=127.0.0.1:${port}`, "program.ts"];
      return await output(folder, Deno.execPath(), args);
    };
    try {
      await run(first.origin);
    } finally {
      await first.close();
    }
    // Sent as JavaScript the same modules do not run: they do if Deno takes those it has kept.
    const second = serveProject("text/javascript", port);
    try {
      await assertRejects(() => run(second.origin), Error, "failed");
    } finally {
      await second.close();
    }
  });
});
