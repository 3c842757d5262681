/**
 * The project's files, served on loopback.
 *
 * @module
 */
import { afterEach, beforeEach } from "@std/testing/bdd";

/** Where the files are served while a test runs. */
export interface Server {
  /**
   * Such as `http://127.0.0.1:4321/0b6e…`, without a slash at the end. The path is another one for
   * every server: Deno keeps modules by URL, and the system gives out a port more than once.
   */
  readonly origin: string;
}

/** Serves the project's files to every test of the suite that calls this. */
export function serverPerTest(): Server {
  let server: ReturnType<typeof serveProject>;
  beforeEach(() => {
    server = serveProject();
  });
  afterEach(() => server.close());
  return {
    get origin() {
      return server.origin;
    },
  };
}

/**
 * Serves the project's files, modules with a type of one's own, at a port that the system chooses
 * unless one is given.
 */
export function serveProject(
  typeOfModules = "application/typescript",
  wantedPort = 0,
): Server & { close(): Promise<void> } {
  const root = new URL("../", import.meta.url);
  const prefix = `/${crypto.randomUUID()}`;
  const options = { hostname: "127.0.0.1", port: wantedPort, onListen() {} };
  const server = Deno.serve(options, async (request) => {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(`${prefix}/`)) return new Response(null, { status: 404 });
    const pathname = url.pathname.slice(prefix.length);
    const type = pathname.endsWith(".json") ? "application/json" : typeOfModules;
    const body = await Deno.readTextFile(new URL(`.${pathname}`, root)).catch(() => null);
    return body === null
      ? new Response(null, { status: 404 })
      : new Response(body, { headers: { "content-type": type } });
  });
  return {
    origin: `http://127.0.0.1:${server.addr.port}${prefix}`,
    close: () => server.shutdown(),
  };
}
