"""Runs golden/contract/gradients.json on TensorFlow's own gradients, in graph mode with its graph optimizers off.

Prints every disagreement and a count, and exits with 1 if there is a disagreement. Cases marked `beyondTensorFlow` are
counted, not run. Needs TensorFlow:

    python3 -m pip install tensorflow-cpu
    python3 scripts/maintain/contract_tensorflow.py
"""

import contextlib
import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1
FILE = pathlib.Path(__file__).parents[2] / "golden" / "contract" / "gradients.json"

OPS = {
    "add": lambda a, b: tf.add(a, b),
    "sub": lambda a, b: tf.subtract(a, b),
    "mul": lambda a, b: tf.multiply(a, b),
    "div": lambda a, b: tf.divide(a, b),
    "neg": tf.negative,
    "square": tf.square,
    "exp": tf.exp,
    "sigmoid": tf.sigmoid,
    "stopGradient": tf.stop_gradient,
    "matmul": lambda a, b, transposeA, transposeB: tf.matmul(a, b, transposeA, transposeB),
    "reduceSum": lambda x, axes, keepDims: tf.reduce_sum(x, axes, keepDims),
    "reduceMean": lambda x, axes, keepDims: tf.reduce_mean(x, axes, keepDims),
    "reshape": lambda x, shape: tf.reshape(x, shape),
    "broadcastTo": lambda x, shape: tf.broadcast_to(x, shape),
    "transpose": lambda x, permutation: tf.transpose(x, permutation),
}
TYPES = {"neg": "Neg"}
ERRORS = {"length-mismatch": ValueError, "no-gradient": LookupError, "unknown-option": ValueError}
UNCONNECTED = {
    "none": tf.UnconnectedGradients.NONE,
    "zero": tf.UnconnectedGradients.ZERO,
}


def tensor(data):
    """The float32 array that a tensor in JSON stands for."""
    return np.array([np.float32(value) for value in data["values"]], np.float32).reshape(data["shape"])


def build(node, nodes):
    if node["op"] in ("constant", "variable"):
        return tf.constant(tensor(node["attributes"]["value"]))
    return OPS[node["op"]](*[nodes[id] for id in node["inputs"]], **node["attributes"])


def pick(ids, nodes):
    if isinstance(ids, list):
        return [pick(id, nodes) for id in ids]
    return None if ids is None else nodes[ids]


def gradients(call, nodes):
    unconnected = call.get("unconnected", "none")
    return tf1.gradients(
        pick(call["ys"], nodes),
        pick(call["xs"], nodes),
        grad_ys=pick(call.get("gradYs"), nodes),
        stop_gradients=pick(call.get("stopGradients"), nodes),
        unconnected_gradients=UNCONNECTED.get(unconnected, unconnected),
    )


def difference(expected, found, session):
    """What is wrong with a result, or None. NaN is NaN; everything else has to have the same bits."""
    if expected is None or found is None:
        return None if expected is found else f"expected {expected}, found {found}"
    want, have = tensor(expected), np.asarray(session.run(found))
    same = want.shape == have.shape and np.array_equal(want, have, equal_nan=True)
    if same and np.array_equal(np.signbit(want)[want == 0], np.signbit(have)[want == 0]):
        return None
    return f"expected {want.tolist()}, found {have.tolist()}"


def run_case(case):
    """Makes all calls, then evaluates: the disagreements as texts."""
    graph = tf.Graph()
    rewrites = tf1.GraphOptions(
        optimizer_options=tf1.OptimizerOptions(opt_level=tf1.OptimizerOptions.L0),
        rewrite_options={"disable_meta_optimizer": True},
    )
    overrides = {TYPES[op]: "NoGradientForContract" for op in case.get("withoutGradient", [])}
    found = []
    with graph.as_default(), tf1.Session(config=tf1.ConfigProto(graph_options=rewrites)) as session:
        nodes = {}
        scope = graph.gradient_override_map(overrides) if overrides else contextlib.nullcontext()
        with scope:
            for node in case["nodes"]:
                nodes[node["id"]] = build(node, nodes)
        outcomes = []
        for call in case["calls"]:
            try:
                results = gradients(call, nodes)
                nodes.update(zip(call.get("results", []), results))
                outcomes.append(results)
            except Exception as error:
                outcomes.append(error)
        for i, (call, outcome) in enumerate(zip(case["calls"], outcomes)):
            if "error" in call:
                wanted = ERRORS[call["error"]["kind"]]
                if not isinstance(outcome, wanted):
                    found.append(f"call {i}: expected {wanted.__name__}, found {outcome!r}")
            elif isinstance(outcome, Exception):
                found.append(f"call {i}: {outcome!r}")
            elif len(outcome) != len(call["expected"]):
                found.append(f"call {i}: {len(outcome)} results")
            else:
                wrong = [difference(e, o, session) for e, o in zip(call["expected"], outcome)]
                found += [f"call {i}: {text}" for text in wrong if text]
        for id, value in case.get("values", {}).items():
            text = difference(value, nodes[id], session)
            found += [f"value of {id}: {text}"] if text else []
    return found


def main():
    contract = json.loads(FILE.read_text())
    agreeing = beyond = 0
    for case in contract["cases"]:
        if case.get("beyondTensorFlow"):
            beyond += 1
            continue
        wrong = run_case(case)
        agreeing += not wrong
        for text in wrong:
            print(f"{case['id']}: {text}")
    total = len(contract["cases"])
    print(f"TensorFlow {tf.__version__}: {agreeing} of {total} cases agree, {beyond} go beyond it")
    sys.exit(agreeing + beyond != total)


main()
