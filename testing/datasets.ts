/**
 * What the tests of datasets share: cases of given values, a folder in memory that can fail.
 *
 * @module
 */
import type { Case, Role } from "../cases/case.ts";
import type { Tensor } from "../core/tensor.ts";
import type { Folder } from "../dataset/folder.ts";
import { variable } from "../core/functions/mod.ts";

/** A case whose tensors have the given values; those of role `input` can be fed. */
export function givenCase(
  id: string,
  tensors: readonly (readonly [name: string, role: Role, value: Tensor])[],
): Case {
  return {
    id,
    description: `Given values of ${id}`,
    parameters: {},
    build: () => tensors.map(([name, role, value]) => ({ name, role, node: variable(value) })),
  };
}

/** A folder in memory. */
export interface MemoryFolder extends Folder {
  /** The text of each file. */
  readonly files: Map<string, string>;
  /** Every operation that changes the folder, in order. */
  readonly operations: string[];
  /** The number of the operation that fails, counted from 0; none by default. */
  failAt: number;
  /** Whether a writer has it. */
  locked: boolean;
}

/** Makes a folder in memory that holds the given files. */
export function memoryFolder(content: Readonly<Record<string, string>> = {}): MemoryFolder {
  const files = new Map(Object.entries(content));
  const operate = (operation: string) => {
    folder.operations.push(operation);
    if (folder.operations.length - 1 === folder.failAt) {
      throw new Error(`Cannot ${operation}: No space left on device`);
    }
  };
  const folder: MemoryFolder = {
    files,
    operations: [],
    failAt: -1,
    locked: false,
    make: () => Promise.resolve(),
    unmake: () => Promise.resolve(),
    lock: async () => {
      await Promise.resolve();
      if (folder.locked) throw new Error("Cannot write: another has the folder");
      folder.locked = true;
    },
    unlock: async () => {
      await Promise.resolve();
      folder.locked = false;
    },
    list: () => Promise.resolve([...files.keys()]),
    read: (name) => Promise.resolve(files.get(name) ?? null),
    exists: (name) => Promise.resolve(files.has(name)),
    create: async (name) => {
      await Promise.resolve();
      operate(`create ${name}`);
      if (files.has(name)) throw new Error(`Cannot create ${name}: it exists`);
      files.set(name, "");
      let length = 0;
      return {
        write: async (bytes) => {
          await Promise.resolve();
          operate(`write ${name}`);
          files.set(name, files.get(name) + new TextDecoder().decode(bytes));
          length += bytes.length;
        },
        close: async () => {
          operate(`close ${name}`);
          const digest = await crypto.subtle.digest(
            "SHA-256",
            new TextEncoder().encode(files.get(name)),
          );
          return {
            bytes: length,
            sha256: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0"))
              .join(""),
          };
        },
      };
    },
    rename: async (from, to) => {
      await Promise.resolve();
      operate(`rename ${from} to ${to}`);
      if (!files.has(from) || files.has(to)) {
        throw new Error(`Cannot rename ${from} to ${to}: missing or in the way`);
      }
      files.set(to, files.get(from)!);
      files.delete(from);
    },
    remove: async (name) => {
      await Promise.resolve();
      operate(`remove ${name}`);
      if (!files.delete(name)) throw new Error(`Cannot remove ${name}: it is not there`);
    },
  };
  return folder;
}
