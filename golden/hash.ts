/**
 * The hash that says whether a golden file is as it was written.
 *
 * @module
 */
import type { Golden } from "./format.ts";

/** The SHA-256 of a golden that is known to be one, over everything but its own `sha256`. */
export async function hashOf(golden: Omit<Golden, "sha256">): Promise<string> {
  const { sha256: _, ...rest } = golden as Golden;
  return await sha256Hex(new TextEncoder().encode(JSON.stringify(rest)));
}

/** The SHA-256 of bytes in hexadecimal. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
