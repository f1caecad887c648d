"""Writes keras_formulas.json: numbers for lines of LayerSamples, from the formulas in Keras 3's documentation.

Needs NumPy, not Keras. Run: python3 keras_formulas.py > keras_formulas.json
Element i of the k-th array (inputs first, then weights in the layer's order) is sin(0.7 i + k), as in keras_layers.py.
"""

import json

import numpy as np

BATCH = 2


def wave(k, shape):
    n = int(np.prod(shape))
    return np.sin(0.7 * np.arange(n) + k).reshape(shape)


def pads(n, span, stride, padding):
    if padding == "valid":
        return 0, 0
    if padding == "causal":
        return span - 1, 0
    total = max((-(-n // stride) - 1) * stride + span - n, 0)
    return total // 2, total - total // 2


def windows(x, k, s=1, d=1, padding="valid", fill=0.0):
    """(batch, steps, window, channels)."""
    before, behind = pads(x.shape[1], (k - 1) * d + 1, s, padding)
    x = np.pad(x, [(0, 0), (before, behind), (0, 0)], constant_values=fill)
    out = (x.shape[1] - (k - 1) * d - 1) // s + 1
    return np.stack([x[:, i * s : i * s + (k - 1) * d + 1 : d] for i in range(out)], 1)


def conv1d(x, kernel, s=1, d=1, padding="valid"):
    return np.einsum("btkc,kco->bto", windows(x, kernel.shape[0], s, d, padding), kernel)


def depthwise1d(x, kernel, s=1, d=1, padding="valid"):
    y = np.einsum("btkc,kcm->btcm", windows(x, kernel.shape[0], s, d, padding), kernel)
    return y.reshape(y.shape[:2] + (-1,))


def transpose1d(x, kernel, s, padding="valid", further=None):
    """Each step adds its kernel, (window, filters, channels), to the output."""
    b, n, _ = x.shape
    k, filters, _ = kernel.shape
    full = np.zeros((b, (n - 1) * s + max(k, s) + (further or 0), filters))
    for i in range(n):
        full[:, i * s : i * s + k] += np.einsum("bc,koc->bko", x[:, i], kernel)
    if padding == "same":
        first = max(k - s, 0) // 2
        return full[:, first : first + n * s]
    return full if further is None else full[:, : (n - 1) * s + k + further]


def separable2d(x, each, points, bias, s):
    """SAME padding."""
    kh, kw, c, m = each.shape
    rows, columns = pads(x.shape[1], kh, s, "same"), pads(x.shape[2], kw, s, "same")
    out = -(-x.shape[1] // s), -(-x.shape[2] // s)
    x = np.pad(x, [(0, 0), rows, columns, (0, 0)])
    y = np.zeros((x.shape[0],) + out + (c, m))
    for i in range(out[0]):
        for j in range(out[1]):
            part = x[:, i * s : i * s + kh, j * s : j * s + kw]
            y[:, i, j] = np.einsum("buvc,uvcm->bcm", part, each)
    return y.reshape(y.shape[:3] + (-1,)) @ points[0, 0] + bias


def mean_of_windows(x, k, s):
    here = windows(x, k, s, 1, "same")
    inside = windows(np.ones_like(x), k, s, 1, "same")
    return here.sum(2) / inside.sum(2)


def normed(x, axes, epsilon):
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + epsilon)


def rms(x, axes, epsilon):
    return x / np.sqrt((x**2).mean(axes, keepdims=True) + epsilon)


def softmax(x):
    return np.exp(x) / np.exp(x).sum(-1, keepdims=True)


def dense(x, kernel, bias):
    return np.tanh(x @ kernel + bias)


STEPS = (4, 2)

# title, shapes of inputs, shapes of weights, formula of both, and perhaps what else there is
SAMPLES = [
    ("conv of steps", [STEPS], [(3, 2, 2), (2,)], lambda x, k, b: conv1d(x, k) + b),
    (
        "conv of steps with strides",
        [STEPS],
        [(3, 2, 1), (1,)],
        lambda x, k, b: np.tanh(conv1d(x, k, 2, 1, "same") + b),
    ),
    ("causal conv of steps", [STEPS], [(2, 2, 2)], lambda x, k: conv1d(x, k, 1, 2, "causal")),
    (
        "transposed conv of steps",
        [(2, 1)],
        [(3, 2, 1), (2,)],
        lambda x, k, b: transpose1d(x, k, 2, "same") + b,
    ),
    (
        "transposed conv of steps with output padding",
        [(2, 1)],
        [(3, 1, 1)],
        lambda x, k: transpose1d(x, k, 2, further=1),
    ),
    (
        "causal separable conv of steps",
        [STEPS],
        [(2, 2, 2), (1, 4, 1), (1,)],
        lambda x, d, p, b: depthwise1d(x, d, padding="causal") @ p[0] + b,
    ),
    (
        "separable conv",
        [(3, 2, 2)],
        [(2, 3, 2, 1), (1, 1, 2, 2), (2,)],
        lambda x, d, p, b: separable2d(x, d, p, b, 2),
    ),
    ("max pool of steps", [STEPS], [], lambda x: windows(x, 2, 2).max(2)),
    ("average pool of steps with overlap", [STEPS], [], lambda x: mean_of_windows(x, 3, 2)),
    ("global max pool of steps", [STEPS], [], lambda x: x.max(1)),
    ("global average pool of steps", [STEPS], [], lambda x: x.mean(1)),
    ("upsampling of steps", [(2, 2)], [], lambda x: np.repeat(x, 2, 1)),
    ("padding of steps", [(2, 2)], [], lambda x: np.pad(x, [(0, 0), (1, 2), (0, 0)])),
    ("cropping of steps", [STEPS], [], lambda x: x[:, 1:-2]),
    (
        "dense on the last axis",
        [(2, 1, 3)],
        [(3, 2), (2,)],
        dense,
        {"penalty": lambda *a: 0.1 * (dense(*a) ** 2).sum() / BATCH},
    ),
    (
        "dot of higher ranks",
        [(2, 3, 2), (3, 2)],
        [],
        lambda a, b: np.einsum("bikj,bkl->bijl", a, b),
    ),
    ("softmax of higher rank", [(2, 1, 3)], [], softmax),
    (
        "layer norm of two axes",
        [(2, 3)],
        [(2, 3), (2, 3)],
        lambda x, g, b: normed(x, (1, 2), 1e-3) * g + b,
    ),
    (
        "layer norm of the first axis",
        [(2, 3)],
        [(2,), (2,)],
        lambda x, g, b: normed(x, (1,), 0.1) * g[:, None] + b[:, None],
    ),
    ("rms norm", [(3,)], [(3,)], lambda x, s: rms(x, -1, 1e-6) * s),
    (
        "rms norm of the first axis",
        [(2, 3)],
        [(2,)],
        lambda x, s: rms(x, 1, 0.1) * s[:, None],
    ),
    ("repeated vector", [(3,)], [], lambda x: np.repeat(x[:, None], 2, 1)),
    ("rescaling", [(3,)], [], lambda x: 0.5 * x - 1),
    (
        "normalization by data",  # its weights are state, 1 + 0.5 sin(0.7 i + k)
        [(2, 3)],
        [(3,), (3,)],
        lambda x, m, v: (x - 1 - 0.5 * m) / np.sqrt(1 + 0.5 * v),
        {"state": lambda x, m, v: [1 + 0.5 * m, 1 + 0.5 * v]},
    ),
]


def rounded(array):
    return [float(f"{x:.9g}") for x in np.asarray(array, dtype="float64").ravel()]


def compute(shapes, weights, formula, others=()):
    arrays = [wave(k, (BATCH,) + shape) for k, shape in enumerate(shapes)]
    arrays += [wave(len(shapes) + k, shape) for k, shape in enumerate(weights)]
    output = formula(*arrays)
    result = {
        "shape": list(output.shape),
        "training": rounded(output),
        "params": int(sum(np.prod(shape) for shape in weights)),
    }
    for key in others:
        value = others[key](*arrays)
        result[key] = [rounded(v) for v in value] if isinstance(value, list) else float(value)
    return result


if __name__ == "__main__":
    lines = [f"{json.dumps(sample[0])}: {json.dumps(compute(*sample[1:]))}" for sample in SAMPLES]
    print("{\n" + ",\n".join(lines) + "\n}")
