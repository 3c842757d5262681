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

/**
 * Serves the project's files to every test of the suite that calls this, at a port that the system
 * chooses.
 */
export function serverPerTest(): Server {
  let server: Deno.HttpServer<Deno.NetAddr>;
  beforeEach(() => {
    server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, respond);
  });
  afterEach(() => server.shutdown());
  return {
    get origin() {
      return `http://127.0.0.1:${server.addr.port}`;
    },
  };
}

async function respond(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const type = pathname.endsWith(".json") ? "application/json" : "application/typescript";
  const file = new URL(`..${pathname}`, import.meta.url);
  const body = await Deno.readTextFile(file).catch(() => null);
  return body === null
    ? new Response(null, { status: 404 })
    : new Response(body, { headers: { "content-type": type } });
}
