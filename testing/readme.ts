/**
 * The README's examples: its files and its sessions, to be run and compared.
 *
 * A session is a block of kind `console`: commands after `$`, each followed by what it prints. `…`
 * stands for what is left out: lines where it is alone, text within a line.
 *
 * @module
 */

/** A file that the README shows. */
export interface ShownFile {
  /** The first file name in the paragraph above it; missing if there is none. */
  readonly name?: string;
  /** The kind of the block, such as `ts`. */
  readonly language: string;
  readonly text: string;
}

/** A command that the README shows, and what it says that it prints. */
export interface ShownCommand {
  readonly command: string;
  readonly output: string;
  /** The line of the command. */
  readonly line: number;
}

/** What a text in Markdown shows, in order: its files, and the commands of each session. */
export function shown(
  markdown: string,
): { files: readonly ShownFile[]; sessions: readonly (readonly ShownCommand[])[] } {
  const files: ShownFile[] = [];
  const sessions: ShownCommand[][] = [];
  for (const block of markdown.matchAll(/^```(\w+)\n(.*?)\n```$/gms)) {
    const [, language = "", text = ""] = block;
    const above = markdown.slice(0, block.index);
    if (language === "console") {
      sessions.push(commands(text, above.split("\n").length + 1));
    } else {
      const paragraph = above.trimEnd().split("\n\n").at(-1)!;
      const name = /`([\w./]+\.(?:ts|py))`/.exec(paragraph)?.[1];
      files.push({ language, text: `${text}\n`, ...(name === undefined ? {} : { name }) });
    }
  }
  return { files, sessions };
}

function commands(session: string, firstLine: number): ShownCommand[] {
  const found: ShownCommand[] = [];
  session.split("\n").forEach((text, i) => {
    const last = found.pop();
    if (text.startsWith("$ ")) {
      if (last !== undefined) found.push(last);
      found.push({ command: text.slice(2), output: "", line: firstLine + i });
    } else if (last !== undefined) found.push({ ...last, output: `${last.output}${text}\n` });
  });
  return found;
}

/** Whether what was printed is what is shown, where `…` stands for anything. */
export function isShown(printed: string, output: string): boolean {
  const pattern = output.split("\n").map((line) =>
    line === "…" ? null : line.split("…").map(escaped).join(".*")
  );
  // A `…` of its own takes whole lines, or none.
  const source = pattern.map((line, i) =>
    line === null ? "(?:.*\n)*?" : i < pattern.length - 1 ? `${line}\n` : line
  ).join("");
  return new RegExp(`^${source}$`).test(printed);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
