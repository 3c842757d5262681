/**
 * Reads JSON and keeps the line of every value, so that an error in a notebook file can name it.
 *
 * @module
 */
import { cannotRead } from "./source_text.ts";

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

/**
 * Parses JSON text (RFC 8259); where an object names a key twice the last value counts.
 *
 * Throws a `SyntaxError` that names file and line for text that is not JSON.
 */
export function parseJsonLines(text: string, file: string): JsonNode {
  const tokens = tokenize(text);
  let next = 0;

  function take(): Token {
    return tokens[Math.min(next++, tokens.length - 1)]!;
  }

  function expect(wanted: string): void {
    const token = take();
    if (token.text !== wanted) throw notJson(token, JSON.stringify(wanted));
  }

  function notJson({ text, line }: Token, wanted: string): SyntaxError {
    const found = text === "" ? "the end of the file" : JSON.stringify(text.slice(0, 20));
    return cannotRead(file, line, `not JSON, expected ${wanted}, found ${found}`);
  }

  function readValue(): JsonNode {
    const token = take();
    if (token.text === "[") return { line: token.line, value: readArray() };
    if (token.text === "{") return { line: token.line, value: readObject() };
    return { line: token.line, value: readPrimitive(token) };
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
 * Cuts text into strings, punctuation and other runs; the last token is empty and stands for the
 * end of the file.
 */
function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [piece] of text.matchAll(/\n|"(?:[^"\\\n]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (piece === "\n") line++;
    else tokens.push({ text: piece, line });
  }
  tokens.push({ text: "", line });
  return tokens;
}
