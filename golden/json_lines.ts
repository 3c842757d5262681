/**
 * Reads JSON and keeps the line of every value, so that an error in a file can name it.
 *
 * @module
 */
import { cannotRead, quoted } from "./source_text.ts";

/** A JSON value and the line that it starts on. */
export interface JsonNode {
  readonly line: number;
  readonly value:
    | string
    | number
    | boolean
    | null
    | readonly JsonNode[]
    | ReadonlyMap<string, JsonNode>;
}

interface Token {
  readonly text: string;
  readonly line: number;
}

/** How deep lists and objects may be nested; notebooks and golden files need a dozen. */
const MAX_DEPTH = 500;

/**
 * Parses JSON text (RFC 8259); where an object names a key twice the last value counts.
 *
 * Throws a `SyntaxError` that names file and line for text that is not JSON, or nested deeper than
 * 500 levels.
 */
export function parseJsonLines(text: string, file: string): JsonNode {
  const tokens = tokenize(text);
  let next = 0;
  let depth = 0;

  function take(): Token {
    return tokens[Math.min(next++, tokens.length - 1)]!;
  }

  function expect(wanted: string): void {
    const token = take();
    if (token.text !== wanted) throw notJson(token, JSON.stringify(wanted));
  }

  function notJson({ text, line }: Token, wanted: string): SyntaxError {
    const found = text === "" ? "the end of the file" : quoted(text);
    return cannotRead(file, line, `not JSON, expected ${wanted}, found ${found}`);
  }

  function readValue(): JsonNode {
    const { text, line } = tokens[next]!;
    if (text !== "[" && text !== "{") return { line, value: readPrimitive(take()) };
    if (++depth > MAX_DEPTH) {
      throw cannotRead(file, line, `the JSON is nested deeper than ${MAX_DEPTH} levels`);
    }
    next++;
    const value = text === "[" ? readArray() : readObject();
    depth--;
    return { line, value };
  }

  function readPrimitive(token: Token): string | number | boolean | null {
    try {
      return JSON.parse(token.text);
    } catch {
      throw notJson(token, "a value");
    }
  }

  function readArray(): JsonNode[] {
    const values: JsonNode[] = [];
    if (tokens[next]!.text === "]") {
      next++;
      return values;
    }
    for (;;) {
      values.push(readValue());
      const token = take();
      if (token.text === "]") return values;
      if (token.text !== ",") throw notJson(token, '"," or "]"');
    }
  }

  function readObject(): Map<string, JsonNode> {
    const entries = new Map<string, JsonNode>();
    if (tokens[next]!.text === "}") {
      next++;
      return entries;
    }
    for (;;) {
      const token = take();
      if (!token.text.startsWith('"')) throw notJson(token, "a key");
      const key = String(readPrimitive(token));
      expect(":");
      entries.set(key, readValue());
      const behind = take();
      if (behind.text === "}") return entries;
      if (behind.text !== ",") throw notJson(behind, '"," or "}"');
    }
  }

  const root = readValue();
  if (tokens[next]!.text !== "") throw notJson(tokens[next]!, "the end of the file");
  return root;
}

/**
 * The line of the part of a value that a path of keys and indices leads to, or of what is there.
 */
export function lineAt(root: JsonNode, path: readonly (string | number)[]): number {
  let node = root;
  for (const key of path) {
    const inner: JsonNode | undefined = typeof key === "number"
      ? (node.value as readonly JsonNode[])[key]
      : (node.value as ReadonlyMap<string, JsonNode>).get(key);
    if (inner === undefined) break;
    node = inner;
  }
  return node.line;
}

/**
 * Cuts text into strings, punctuation and other runs; the last token is empty and stands for the
 * end of the file.
 */
function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const other = /[^ \t\r\n{}[\],:"]+/y;
  let line = 1;
  for (let at = 0; at < text.length;) {
    const char = text[at]!;
    let end = at + 1;
    if (char === "\n") line++;
    else if (!" \t\r".includes(char)) {
      if (char === '"') end = stringEnd(text, at);
      else if (!"{}[],:".includes(char)) {
        other.lastIndex = at;
        other.test(text);
        end = other.lastIndex;
      }
      tokens.push({ text: text.slice(at, end), line });
    }
    at = end;
  }
  tokens.push({ text: "", line });
  return tokens;
}

/**
 * Where the string that starts at an offset ends: behind its quotation mark, or at the end of its
 * line. A regular expression overflows its stack on strings of some megabytes, such as pictures.
 */
function stringEnd(text: string, start: number): number {
  const special = /["\\\n]/g;
  special.lastIndex = start + 1;
  for (let found = special.exec(text); found !== null; found = special.exec(text)) {
    if (found[0] === '"') return special.lastIndex;
    if (found[0] === "\n") return found.index;
    if (text[special.lastIndex] !== "\n") special.lastIndex++;
  }
  return text.length;
}
