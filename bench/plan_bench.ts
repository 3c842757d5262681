/**
 * A compiled plan against a hand-written loop: forward and backward of the notebook's two-sample
 * network.
 *
 * The loop is the floor: fused by hand, buffers reused, the same sigmoid and the same roundings, so
 * the same bits. A plan is to take at most 3 times as long on two samples and 2.2 times on
 * 1,000 (medians of five runs). Run: `deno task bench`
 *
 * @module
 */
import { compile, gradients, matmul, placeholder, sigmoid, tensor, variable } from "../mod.ts";
import { sigmoid as sigmoid32 } from "../core/math/sigmoid.ts";

const W_A = [0.2, 0.3, 0.1, 0.2, 0.4, 0.5].map(Math.fround);
const W_B = [0.1, -0.3, 0.2, 0.1].map(Math.fround);

/** The network by hand: values for n samples into buffers made once. */
export function fusedLoop(n: number) {
  const A = Float32Array.from(W_A);
  const B = Float32Array.from(W_B);
  const z = new Float32Array(2 * n);
  const y = new Float32Array(2 * n);
  const dlogits = new Float32Array(2 * n);
  const dA = new Float32Array(6);
  const dB = new Float32Array(4);
  const f = Math.fround;
  const run = (x: Float32Array) => {
    dA.fill(0);
    dB.fill(0);
    for (let s = 0; s < n; s++) {
      const x0 = x[3 * s]!, x1 = x[3 * s + 1]!, x2 = x[3 * s + 2]!;
      const z0 = f(f(f(x0 * A[0]!) + f(x1 * A[2]!)) + f(x2 * A[4]!));
      const z1 = f(f(f(x0 * A[1]!) + f(x1 * A[3]!)) + f(x2 * A[5]!));
      const y0 = sigmoid32(f(f(z0 * B[0]!) + f(z1 * B[2]!)));
      const y1 = sigmoid32(f(f(z0 * B[1]!) + f(z1 * B[3]!)));
      const g0 = f(y0 * f(1 - y0));
      const g1 = f(y1 * f(1 - y1));
      const h0 = f(f(g0 * B[0]!) + f(g1 * B[1]!));
      const h1 = f(f(g0 * B[2]!) + f(g1 * B[3]!));
      z[2 * s] = z0;
      z[2 * s + 1] = z1;
      y[2 * s] = y0;
      y[2 * s + 1] = y1;
      dlogits[2 * s] = g0;
      dlogits[2 * s + 1] = g1;
      dA[0] = dA[0]! + f(x0 * h0);
      dA[1] = dA[1]! + f(x0 * h1);
      dA[2] = dA[2]! + f(x1 * h0);
      dA[3] = dA[3]! + f(x1 * h1);
      dA[4] = dA[4]! + f(x2 * h0);
      dA[5] = dA[5]! + f(x2 * h1);
      dB[0] = dB[0]! + f(z0 * g0);
      dB[1] = dB[1]! + f(z0 * g1);
      dB[2] = dB[2]! + f(z1 * g0);
      dB[3] = dB[3]! + f(z1 * g1);
    }
  };
  return { run, y, dlogits, dA, dB };
}

/** The same network as a compiled plan. */
export function networkPlan(n: number) {
  const x = placeholder([n, 3], { name: "x" });
  const a = variable([W_A.slice(0, 2), W_A.slice(2, 4), W_A.slice(4)], { name: "W_A" });
  const b = variable([W_B.slice(0, 2), W_B.slice(2)], { name: "W_B" });
  const logits = matmul(matmul(x, a), b);
  const y = sigmoid(logits);
  return compile([y, ...gradients(y, [logits, a, b], { unconnected: "zero" })], [x]);
}

for (const n of [2, 1000]) {
  const values = Float32Array.from({ length: 3 * n }, (_, i) => [3, 4, 8, 1, 2, 3][i % 6]!);
  const feeds = [tensor(values, [n, 3])];
  const loop = fusedLoop(n);
  const plan = networkPlan(n);
  const group = `forward and backward, ${n} samples`;
  Deno.bench("hand-written fused loop", { group, baseline: true }, () => loop.run(values));
  Deno.bench("compiled plan", { group }, () => {
    plan.run(feeds);
  });
}
