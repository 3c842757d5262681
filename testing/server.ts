/**
 * The project's files, served on loopback.
 *
 * @module
 */
import { afterEach, beforeEach } from "@std/testing/bdd";

/** Where the files are served while a test runs. */
export interface Server {
  /** Such as `http://127.0.0.1:4321`, without a slash at the end. */
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
 * Serves the project's files, modules with a type of one's own, at a port that the system chooses.
 */
export function serveProject(
  typeOfModules = "application/typescript",
): Server & { close(): Promise<void> } {
  const root = new URL("../", import.meta.url);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const type = pathname.endsWith(".json") ? "application/json" : typeOfModules;
    const body = await Deno.readTextFile(new URL(`.${pathname}`, root)).catch(() => null);
    return body === null
      ? new Response(null, { status: 404 })
      : new Response(body, { headers: { "content-type": type } });
  });
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    close: () => server.shutdown(),
  };
}
