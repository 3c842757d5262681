/**
 * Work at import: what a module does at its top level beside declaring.
 *
 * Declarations are functions, classes, literals and what is put together of them without a call,
 * zeroed memory (`new Float64Array(64)`, `new Map()`), symbols, and calls of functions that do
 * nothing themselves but declare and return what they are given, such as those that make a row of
 * the table of ops. Anything else is work. Reads the source, runs nothing.
 *
 * @module
 */
import { stripTypeScriptTypes } from "node:module";
import { type AnyNode, type Function, parse, type Program } from "acorn";

/** The modules that entry points reach, with their sources, by address. */
export async function reachable(entries: readonly URL[]): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  const open = entries.map(({ href }) => href);
  for (let href = open.pop(); href !== undefined; href = open.pop()) {
    if (sources.has(href) || !href.endsWith(".ts")) continue;
    const source = await Deno.readTextFile(new URL(href));
    sources.set(href, source);
    for (const statement of program(source).body) {
      if ("source" in statement && statement.source) {
        open.push(new URL(String(statement.source.value), href).href);
      }
    }
  }
  return sources;
}

/** The text of every place where a module works at import, given what it and the others declare. */
export function workAtImport(href: string, sources: ReadonlyMap<string, string>): string[] {
  const source = plain(sources.get(href)!);
  const scope = new Scope(href, sources);
  return parsed(source).body.flatMap((statement) => [...work(statement, scope)])
    .map(({ start, end }) => source.slice(start, end));
}

/** The source without its types. */
function plain(source: string): string {
  return stripTypeScriptTypes(source, { mode: "transform" });
}

function parsed(source: string): Program {
  return parse(source, { ecmaVersion: "latest", sourceType: "module" });
}

function program(source: string): Program {
  return parsed(plain(source));
}

/** The functions that are known by name: those of a module, those it imports, and local ones. */
class Scope {
  readonly #href: string;
  readonly #sources: ReadonlyMap<string, string>;
  readonly #body: Program["body"];
  readonly #locals: readonly AnyNode[];

  constructor(
    href: string,
    sources: ReadonlyMap<string, string>,
    locals: readonly AnyNode[] = [],
  ) {
    this.#href = href;
    this.#sources = sources;
    this.#body = program(sources.get(href)!).body;
    this.#locals = locals;
  }

  /** Whether a call of the function so named declares only; `seen` are calls being looked into. */
  declares(name: string, seen: readonly string[]): boolean {
    const key = `${this.#href} ${name}`;
    if (seen.includes(key)) return false;
    for (const statement of [...this.#locals, ...this.#body]) {
      const made = functionIn(statement, name);
      if (made !== undefined) return this.#onlyDeclares(made, [...seen, key]);
      if (statement.type !== "ImportDeclaration") continue;
      const found = statement.specifiers.find(({ local }) => local.name === name);
      const from = new URL(String(statement.source.value), this.#href).href;
      if (found?.type === "ImportSpecifier" && this.#sources.has(from)) {
        const imported = found.imported as { name: string };
        return new Scope(from, this.#sources).declares(imported.name, [...seen, key]);
      }
    }
    return false;
  }

  #onlyDeclares({ body, params, async, generator }: Function, seen: readonly string[]): boolean {
    if (async || generator) return false;
    const statements: AnyNode[] = body.type === "BlockStatement" ? body.body : [body];
    const parts = statements.map((statement) =>
      statement.type === "ReturnStatement" ? statement.argument : statement
    );
    const inner = new Scope(this.#href, this.#sources, [...statements, ...this.#locals]);
    return [...params, ...parts].every((part) => work(part, inner, seen).next().done);
  }
}

/** The function that a statement declares under a name. */
function functionIn(statement: AnyNode, name: string): Function | undefined {
  const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  if (declared?.type === "FunctionDeclaration" && declared.id?.name === name) return declared;
  if (declared?.type !== "VariableDeclaration") return undefined;
  const made = declared.declarations.find(({ id }) => id.type === "Identifier" && id.name === name);
  return made?.init?.type === "ArrowFunctionExpression" ? made.init : undefined;
}

/** Memory and collections that are empty when made. */
const EMPTY = /^(?:(?:Int|Uint|Float|BigInt|BigUint)\w*Array|(?:Weak)?(?:Map|Set))$/;

/** What of a piece of source is more than a declaration. */
function* work(
  node: AnyNode | null | undefined,
  scope: Scope,
  seen: readonly string[] = [],
): Generator<AnyNode> {
  switch (node?.type) {
    case undefined:
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "Literal":
    case "Identifier":
    case "EmptyStatement":
      return;
    default:
      yield node!;
      return;
    case "CallExpression":
      if (!isNamed(node.callee, scope, seen)) yield node;
      for (const argument of node.arguments) yield* work(argument, scope, seen);
      return;
    case "NewExpression": {
      const isEmpty = node.callee.type === "Identifier" && EMPTY.test(node.callee.name) &&
        (node.arguments.length === 0 || node.callee.name.endsWith("Array"));
      // A typed array copies a list, but not a number or a buffer.
      if (!isEmpty || node.arguments.some(({ type }) => type === "ArrayExpression")) yield node;
      for (const argument of node.arguments) yield* work(argument, scope, seen);
      return;
    }
    case "ClassDeclaration":
    case "ClassExpression":
      yield* work(node.superClass, scope, seen);
      for (const member of node.body.body) {
        if (member.type === "StaticBlock") yield member;
        else if (member.computed) yield* work(member.key, scope, seen);
        if (member.type === "PropertyDefinition" && member.static) {
          yield* work(member.value, scope, seen);
        }
      }
      return;
    case "Property":
      if (node.computed) yield* work(node.key, scope, seen);
      yield* work(node.value, scope, seen);
      return;
    case "ChainExpression":
      yield* work(node.expression, scope, seen);
      return;
    case "MemberExpression":
      yield* work(node.object as AnyNode, scope, seen);
      if (node.computed) yield* work(node.property as AnyNode, scope, seen);
      return;
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
    case "VariableDeclaration":
    case "VariableDeclarator":
    case "ArrayExpression":
    case "ArrayPattern":
    case "ObjectExpression":
    case "ObjectPattern":
    case "AssignmentPattern":
    case "RestElement":
    case "SpreadElement":
    case "UnaryExpression":
    case "BinaryExpression":
    case "LogicalExpression":
    case "ConditionalExpression":
    case "TemplateLiteral":
      for (const part of partsOf(node)) yield* work(part, scope, seen);
  }
}

/** The nodes that a node of one of the plain kinds is put together of. */
function partsOf(node: AnyNode): (AnyNode | null | undefined)[] {
  const parts = node as unknown as Readonly<Record<string, AnyNode | AnyNode[]>>;
  return [
    "declaration",
    "declarations",
    "id",
    "init",
    "elements",
    "properties",
    "argument",
    "left",
    "right",
    "test",
    "consequent",
    "alternate",
    "expressions",
    "test",
    "consequent",
    "alternate",
  ].flatMap((name) => parts[name]);
}

/** Whether a call of `callee` makes a symbol or is of a function that declares only. */
function isNamed(callee: AnyNode, scope: Scope, seen: readonly string[]): boolean {
  if (callee.type === "Identifier") {
    return callee.name === "Symbol" || scope.declares(callee.name, seen);
  }
  return callee.type === "MemberExpression" && callee.object.type === "Identifier" &&
    callee.property.type === "Identifier" &&
    ["Symbol.for", "Object.freeze"].includes(`${callee.object.name}.${callee.property.name}`);
}
