import { assertEquals } from "@std/assert";
import type { CaseVerdict, TensorVerdict } from "../verify/case_verdict.ts";
import { judge } from "../verify/judge.ts";
import { shareOf, type Verdict, verdicts } from "../verify/verdict.ts";
import { mergeInstances } from "./merge.ts";
import { summaryOf } from "./summary.ts";

const ID = "notebook/n=2/target=y/upstream=none/auto";

/** Verdicts on twelve instances, of which `wrong` fail, the third of them by most. */
function verdictsOf(wrong: readonly number[]): CaseVerdict[] {
  return Array.from({ length: 12 }, (_, instance) => {
    const k = wrong.indexOf(instance);
    const z = [[4.2, 5.7], [k < 0 ? 1.6 : k === 2 ? 3 : 1.7, 2.2]];
    return { ...judge(ID, { z }), instance };
  });
}

Deno.test("a case is right if all its instances are, and tells which are not, of any number", () => {
  assertEquals(mergeInstances(verdictsOf([]))[0]!.right, true);
  for (let instance = 0; instance < 12; instance++) {
    const [merged] = mergeInstances(verdictsOf([instance]));
    assertEquals([merged!.right, merged!.wrong, merged!.count], [false, [instance], 12]);
    assertEquals(merged!.verdict, "fail");
  }
  assertEquals(mergeInstances(verdictsOf([1, 5, 6, 11]))[0]!.wrong, [1, 5, 6, 11]);
});

Deno.test("merged counts are the sums over all instances, and the worst element is the worst of all", () => {
  for (const wrong of [[1, 4, 9], [9, 4, 1], [0, 1, 2], [11, 10, 9], [3, 3, 3]]) {
    const results = verdictsOf(wrong);
    const [merged] = mergeInstances(results);
    for (const [i, tensor] of merged!.tensors.entries()) {
      const all = results.map(({ tensors }) => tensors[i]!);
      for (const verdict of verdicts) {
        const sum = all.reduce((n, { counts }) => n + counts[verdict], 0);
        assertEquals(tensor.counts[verdict], sum, `${tensor.witness} ${verdict}`);
      }
      assertEquals(tensor.right, all.every(({ right }) => right));
      assertEquals(shareOf(tensor.worst!), Math.max(...all.map(({ worst }) => shareOf(worst!))));
      assertEquals(tensor.worst, all[tensor.instance]!.worst);
    }
  }
});

Deno.test("a case has inputs given if one instance has, whichever it is", () => {
  for (let given = 0; given < 12; given++) {
    const results = verdictsOf([]).map((result, i) =>
      i === given ? { ...result, inputs: "given" as const } : result
    );
    assertEquals(mergeInstances(results)[0]!.inputsGiven, true);
  }
  assertEquals(mergeInstances(verdictsOf([]))[0]!.inputsGiven, false);
});

/** A result of one golden block: `printed` of its ten numbers are printed so. */
function block(occurrence: number, printed: number, id = ID): CaseVerdict {
  const result = judge(ID, { z: [[4.2, 5.7], [1.6, 2.2]] });
  const golden = result.tensors.find(({ witness }) => witness === "golden")!;
  const none = Object.fromEntries(verdicts.map((verdict) => [verdict, 0]));
  const counts = { ...none, printed, fail: 10 - printed } as Record<Verdict, number>;
  const tensor: TensorVerdict = {
    ...golden,
    counts,
    right: printed === 10,
    source: { ...golden.source!, occurrence },
  };
  return { ...result, id, tensors: [tensor] };
}

Deno.test("blocks of one cell stay apart, however many it printed", () => {
  const results = Array.from({ length: 6 }, (_, i) => block(i + 1, 10 - i));
  const all = { ...results[0]!, tensors: results.flatMap(({ tensors }) => tensors) };
  for (const once of [[all], [all, { ...all, instance: 1 }]]) {
    const [merged] = mergeInstances(once);
    assertEquals(
      merged!.tensors.map(({ source, counts }) => [source!.occurrence, counts.printed]),
      results.map((_, i) => [i + 1, (10 - i) * once.length]),
    );
  }
});

Deno.test("a captured number counts as printed if every case that is bound to it prints it", () => {
  for (const printed of [[10, 3, 10, 10], [3, 10, 10, 10], [10, 10, 10, 3], [10, 10, 10, 10]]) {
    const results = printed.map((count, i) => block(1, count, `${ID}${i}`));
    const other = block(2, 10);
    const { captured, printed: found } = summaryOf([...results, other]);
    assertEquals([captured, found], [20, 10 + Math.min(...printed)]);
  }
});
