/**
 * Bugs in the kernels of selections: wrong winners, or wrong shares of them.
 *
 * @module
 */
import { bindPairs, winnersOf } from "../../../core/forms/winners.ts";
import type { Node } from "../../../core/graph.ts";
import type { Form, Op } from "../../../core/op.ts";
import { sizeOf } from "../../../core/shape.ts";
import { type KernelBug, onChanged, referenceOf, rolled, type Values, withBits } from "./kernel.ts";
import { operandsOf } from "./mutant.ts";

type Selection = Extract<Form, { name: "selection" }>;

/** All bugs in the kernel of a selection. */
export function selectionBugs(row: Op): KernelBug[] {
  const form = row.form as Selection;
  const { gives } = form;
  const shared = (name: string, wrong: (shares: readonly number[]) => readonly number[]) => ({
    name,
    wrong: (node: Node, inputs: readonly Values[]) => withShares(form, node, inputs, wrong),
  });
  const offByOne = shared(
    "winner off by one",
    (shares) => [shares.at(-1)!, ...shares.slice(0, -1)],
  );
  return [
    ...operandsOf(row).map((operand) =>
      onChanged(
        "neighbour read in",
        operand,
        (x) => x.length < 2 ? null : rolled(x, 1, x.length),
      )
    ),
    worstForBest(gives),
    ...gives === "index" ? [indexOffByOne, lastOfSeveral(form)] : [offByOne],
    ...!form.rounds ? [] : [
      shared("all to each of several winners", (shares) => shares.map((share) => share && 1)),
      shared("all to the first of several winners", (shares) => onlyAt(shares, 0)),
      shared("all to the last of several winners", (shares) => onlyAt(shares, -1)),
    ],
    ...gives === "index" ? [] : [{
      name: "result in tf32",
      wrong: (node: Node, inputs: readonly Values[]) =>
        referenceOf(node, inputs).map((y) => withBits(y, 11)),
    }],
  ];
}

/** The smallest for the largest, or the other way round. */
function worstForBest(gives: Selection["gives"]): KernelBug {
  return {
    name: "worst for best",
    wrong(node, [x, ...others]) {
      const result = referenceOf(node, [x!.map((value) => -value), ...others]);
      return gives === "value" ? result.map((value) => -value) : result;
    },
  };
}

const indexOffByOne: KernelBug = {
  name: "winner off by one",
  wrong: (node, inputs) => referenceOf(node, inputs).map((index) => index + 1),
};

/** The last of several that tie. */
function lastOfSeveral({ candidates }: Selection): KernelBug {
  return {
    name: "last of several winners",
    wrong(node, [x]) {
      // A little better the later it comes, by less than two values differ.
      const better = candidates(node).best === "largest" ? 2 ** -40 : -(2 ** -40);
      return referenceOf(node, [x!.map((value, i) => value + i * better)]);
    },
  };
}

/** All to the first or last of several that have a share. */
function onlyAt(shares: readonly number[], which: 0 | -1): number[] {
  const winner = [...shares.keys()].filter((n) => shares[n]! > 0).at(which);
  return shares.map((_, n) => n === winner ? 1 : 0);
}

/** The result where the shares of the candidates of each element are others. */
function withShares(
  { candidates, gives }: Selection,
  node: Node,
  [x, given]: readonly Values[],
  wrong: (shares: readonly number[]) => readonly number[],
): Values | null {
  const among = candidates(node);
  const { find, shareOf } = winnersOf(among, x!);
  find();
  const positions = Array.from({ length: among.size }, (): number[] => []);
  bindPairs(among.layout, (k, i) => positions[k]!.push(i))();
  const result = new Float64Array(sizeOf(node.shape));
  positions.forEach((list, k) => {
    const shares = wrong(list.map((i) => shareOf(k, i)));
    list.forEach((i, n) => {
      if (gives === "to winners") result[i]! += shares[n]! * given![k]!;
      else result[k]! += shares[n]! * (given ?? x!)[i]!;
    });
  });
  return result;
}
