/**
 * Kinds of numbers for {@linkcode evaluateNaively}: the numeric contract in float32, float64, and
 * float64 with a derivative.
 *
 * @module
 */
import { exp } from "../core/math/exp.ts";
import { sigmoid } from "../core/math/sigmoid.ts";
import type { Scalars } from "./naive.ts";

const f = Math.fround;
const fromLeft = (terms: readonly number[]) => terms.reduce((sum, term) => f(sum + term));

/** The order in which NumPy adds: its pairwise sum, from its documentation. */
function numpySum(terms: readonly number[]): number {
  const n = terms.length;
  if (n < 8) return fromLeft([0, ...terms]);
  if (n > 128) {
    let half = Math.floor(n / 2);
    while (half % 8 !== 0) half--;
    return f(numpySum(terms.slice(0, half)) + numpySum(terms.slice(half)));
  }
  const whole = n - n % 8;
  let lanes = Array.from(
    { length: 8 },
    (_, lane) => fromLeft([0, ...terms.slice(0, whole).filter((_, i) => i % 8 === lane)]),
  );
  while (lanes.length > 1) {
    lanes = lanes.filter((_, i) => i % 2 === 0).map((even, i) => f(even + lanes[2 * i + 1]!));
  }
  return fromLeft([lanes[0]!, ...terms.slice(whole)]);
}

/** The order of TensorFlow's AddN: a head of at most nine, then groups of eight. */
function groupedSum(terms: readonly number[]): number {
  let head = terms.length;
  while (head > 9) head -= 8;
  let sum = fromLeft(terms.slice(0, head));
  for (let at = head; at < terms.length; at += 8) sum = f(sum + fromLeft(terms.slice(at, at + 8)));
  return sum;
}

/** Numbers rounded to float32 after every step, in the order of the numeric contract. */
export const float32: Scalars<number> = {
  unary: { neg: (x) => -x, square: (x) => f(x * x), exp, sigmoid },
  binary: {
    add: (a, b) => f(a + b),
    sub: (a, b) => f(a - b),
    mul: (a, b) => f(a * b),
    div: (a, b) => f(a / b),
  },
  number: (x) => x,
  value: (x) => x,
  stop: (x) => x,
  addN: groupedSum,
  sum: numpySum,
  mean: (terms) => f(numpySum(terms) / f(terms.length)),
  dot: (row, column) => fromLeft([0, ...row.map((a, t) => f(a * column[t]!))]),
  inOrder: (terms) => fromLeft([0, ...terms]),
  ties: { best: ([first]) => first!, share: (part, x) => f(f(part) * x) },
};

const total = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);
const logistic = (x: number) => x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));

/** Plain doubles. */
export const float64: Scalars<number> = {
  unary: { neg: (x) => -x, square: (x) => x * x, exp: Math.exp, sigmoid: logistic },
  binary: {
    add: (a, b) => a + b,
    sub: (a, b) => a - b,
    mul: (a, b) => a * b,
    div: (a, b) => a / b,
  },
  number: (x) => x,
  value: (x) => x,
  stop: (x) => x,
  addN: total,
  sum: total,
  mean: (terms) => total(terms) / terms.length,
  dot: (row, column) => total(row.map((a, t) => a * column[t]!)),
  inOrder: total,
  ties: { best: ([first]) => first!, share: (part, x) => part * x },
};

/** A double and its derivative in some direction. */
export interface Dual {
  readonly value: number;
  readonly slope: number;
}

/** A double that does not change. */
export const fixed = (value: number): Dual => ({ value, slope: 0 });

const plus = (a: Dual, b: Dual) => ({ value: a.value + b.value, slope: a.slope + b.slope });
const times = (a: Dual, b: Dual) => ({
  value: a.value * b.value,
  slope: a.slope * b.value + a.value * b.slope,
});
const dualTotal = (terms: readonly Dual[]) => terms.reduce(plus, fixed(0));

/** Doubles with derivatives, by the rules of calculus. */
export const dual: Scalars<Dual> = {
  unary: {
    neg: (x) => ({ value: -x.value, slope: -x.slope }),
    square: (x) => times(x, x),
    exp: (x) => times({ value: Math.exp(x.value), slope: 0 }, { value: 1, slope: x.slope }),
    sigmoid(x) {
      const value = logistic(x.value);
      return { value, slope: value * logistic(-x.value) * x.slope };
    },
  },
  binary: {
    add: plus,
    sub: (a, b) => ({ value: a.value - b.value, slope: a.slope - b.slope }),
    mul: times,
    div: (a, b) => ({
      value: a.value / b.value,
      slope: (a.slope * b.value - a.value * b.slope) / (b.value * b.value),
    }),
  },
  number: fixed,
  value: (x) => x.value,
  stop: (x) => fixed(x.value),
  addN: dualTotal,
  sum: dualTotal,
  mean: (terms) => times(dualTotal(terms), fixed(1 / terms.length)),
  dot: (row, column) => dualTotal(row.map((a, t) => times(a, column[t]!))),
  inOrder: dualTotal,
  ties: {
    // The slope of several is the mean of theirs.
    best: (winners) => ({
      value: winners[0]!.value,
      slope: dualTotal(winners).slope / winners.length,
    }),
    share: (part, x) => times(fixed(part), x),
  },
};
