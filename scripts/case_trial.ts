/**
 * A worker that loads a user's module and builds its cases, on trial: the process that waits can
 * end even if this never does.
 *
 * @module
 */
import { reasonOf } from "./attempt.ts";
import { containUserCode } from "./contain.ts";
import { importCases, type TrialMessage } from "./user_cases.ts";

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<string>) => void;
  postMessage(message: TrialMessage): void;
};

scope.onmessage = async ({ data: module }) => {
  const post = scope.postMessage.bind(scope);
  const onStray = (reason: string) => post({ failure: `Cannot use ${module}: ${reason}` });
  containUserCode({ print() {}, onStray });
  try {
    await importCases(module, (id) => post({ building: id }));
    await new Promise((resolve) => setTimeout(resolve, 0)); // what is rejected unseen comes first
    post({ failure: null });
  } catch (error) {
    post({ failure: reasonOf(error) });
  }
};
