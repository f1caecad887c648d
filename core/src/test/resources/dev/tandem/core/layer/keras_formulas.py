"""Writes keras_formulas.json: numbers for lines of LayerSamples, from the formulas in Keras 3's documentation.

Needs NumPy, not Keras. Run: python3 keras_formulas.py > keras_formulas.json
Keras 3.15.1 on JAX, in float32, was held against these numbers for all lines but simple RNNs and positions: they differ
by 2.1e-7 at most.
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


def blocks(x, k, s, d=(1, 1, 1), padding="valid", fill=0.0):
    """(batch, planes, rows, columns, window ..., channels)."""
    ends = [pads(n, (w - 1) * e + 1, t, padding) for n, w, t, e in zip(x.shape[1:4], k, s, d)]
    x = np.pad(x, [(0, 0)] + ends + [(0, 0)], constant_values=fill)
    out = [(n - (w - 1) * e - 1) // t + 1 for n, w, t, e in zip(x.shape[1:4], k, s, d)]
    y = np.zeros((x.shape[0],) + tuple(out) + tuple(k) + (x.shape[4],))
    for at in np.ndindex(*out):
        cut = [slice(i * t, i * t + (w - 1) * e + 1, e) for i, t, w, e in zip(at, s, k, d)]
        y[(slice(None),) + at] = x[(slice(None),) + tuple(cut)]
    return y


def conv3d(x, kernel, s=(1, 1, 1), d=(1, 1, 1), padding="valid"):
    return np.einsum("bxyzuvwc,uvwco->bxyzo", blocks(x, kernel.shape[:3], s, d, padding), kernel)


def transpose3d(x, kernel, s, padding="valid"):
    """Each place adds its kernel, (window ..., filters, channels), to the output."""
    k, n = kernel.shape[:3], x.shape[1:4]
    full = np.zeros((x.shape[0],) + tuple((m - 1) * t + max(w, t) for m, t, w in zip(n, s, k)) + (kernel.shape[3],))
    for at in np.ndindex(*n):
        part = np.einsum("bc,uvwoc->buvwo", x[(slice(None),) + at], kernel)
        full[(slice(None),) + tuple(slice(i * t, i * t + w) for i, t, w in zip(at, s, k))] += part
    if padding == "valid":
        return full
    first = [max(w - t, 0) // 2 for w, t in zip(k, s)]
    return full[(slice(None),) + tuple(slice(f, f + m * t) for f, m, t in zip(first, n, s))]


def mean_of_blocks(x, k, s):
    count = blocks(np.ones_like(x), k, s, padding="same").sum((4, 5, 6))
    return blocks(x, k, s, padding="same").sum((4, 5, 6)) / count


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


def attention(query, value, key, mask, weights):
    """Output and scores; mask is of 1 and 0, (batch, queries, keys) or without some of these axes."""
    qk, qb, kk, kb, vk, vb, ok, ob = weights
    q = np.einsum("btf,fhd->bthd", query, qk) + qb
    k = np.einsum("btf,fhd->bthd", key, kk) + kb
    v = np.einsum("btf,fhd->bthd", value, vk) + vb
    logits = np.einsum("bthd,bshd->bhts", q / np.sqrt(qk.shape[2]), k)
    shown = np.broadcast_to(mask, (len(query),) + logits.shape[2:])[:, None]
    scores = softmax(np.where(shown, logits, -1e9))
    taken = np.einsum("bhts,bshd->bthd", scores, v)
    return np.einsum("bthd,hdo->bto", taken, ok) + ob, scores


def masked(q, v, k, m, qk, kk, vk, ok):
    mask = (np.arange(m.size) % 2).reshape(m.shape)  # integers
    return attention(q, v, k, mask, (qk, 0, kk, 0, vk, 0, ok, 0))


def sines(x):
    steps, size = np.arange(x.shape[1])[:, None], x.shape[2]
    feature = np.arange(size)
    angle = steps / 10000 ** (2 * (feature // 2) / size)
    return x + np.where(feature % 2, np.cos(angle), np.sin(angle))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def simple(x, states, k, r, b):
    return [np.tanh(x @ k + states[0] @ r + b)]


def lstm(x, states, k, r, b):
    i, f, g, o = np.split(x @ k + states[0] @ r + b, 4, axis=-1)
    cell = sigmoid(f) * states[1] + sigmoid(i) * np.tanh(g)
    return [sigmoid(o) * np.tanh(cell), cell]


def gru_after(x, states, k, r, b):
    h = states[0]
    xz, xr, xh = np.split(x @ k + b[0], 3, axis=-1)
    hz, hr, hh = np.split(h @ r + b[1], 3, axis=-1)
    z = sigmoid(xz + hz)
    return [z * h + (1 - z) * np.tanh(xh + sigmoid(xr + hr) * hh)]


def gru_before(x, states, k, r, b):
    h, units = states[0], states[0].shape[1]
    xz, xr, xh = np.split(x @ k + b, 3, axis=-1)
    z = sigmoid(xz + h @ r[:, :units])
    reset = sigmoid(xr + h @ r[:, units : 2 * units])
    return [z * h + (1 - z) * np.tanh(xh + (reset * h) @ r[:, 2 * units :])]


def run(cell, x, weights, states=None, count=1, reverse=False):
    """All first states in the order in which they are made, and the last states."""
    states = states or [np.zeros((len(x), weights[1].shape[0]))] * count
    made = []
    for t in range(x.shape[1])[:: -1 if reverse else 1]:
        states = cell(x[:, t], states, *weights)
        made.append(states[0])
    return np.stack(made, 1), states


def both_ways(cell, x, weights, count=1, first=None):
    n = len(weights) // 2
    first = first or (None, None)
    there = run(cell, x, weights[:n], first[0], count)
    back = run(cell, x, weights[n:], first[1], count, True)
    return there[0], back[0][:, ::-1], there[1] + back[1]


def average_rnn(x, h, g, *weights):
    there, back, states = both_ways(simple, x, weights, 1, ([h], [g]))
    return (there + back) / 2, states



GRU_BEFORE = lambda x, h, *w: run(gru_before, x, w, [h])
LSTM_BACK = lambda x, h, c, *w: run(lstm, x, w, [h, c], 2, True)
STEPS, SHORT = (4, 2), (2, 2)
VOLUME = (3, 4, 3, 1)

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
        "separable conv of steps",
        [STEPS],
        [(2, 2, 2), (1, 4, 1), (1,)],
        lambda x, d, p, b: depthwise1d(x, d, padding="same") @ p[0] + b,
    ),
    (
        "separable conv",
        [(3, 2, 2)],
        [(2, 3, 2, 1), (1, 1, 2, 2), (2,)],
        lambda x, d, p, b: separable2d(x, d, p, b, 2),
    ),
    ("masking", [(3, 2)], [], lambda x: x),
    ("masking of a number", [(3, 2)], [], lambda x: x),
    ("unmasking", [(3, 2)], [], lambda x: x),
    # its input is 0, 1, 2, ...
    ("embedding, masked", [(3,)], [(4, 3)], lambda x, e: e[(np.arange(6) % 4).reshape(2, 3)]),
    ("conv of volumes", [(2, 3, 2, 2)], [(2, 2, 2, 2, 2), (2,)], lambda x, k, b: conv3d(x, k) + b),
    (
        "conv of volumes with strides",
        [VOLUME],
        [(3, 2, 3, 1, 1), (1,)],
        lambda x, k, b: np.tanh(conv3d(x, k, (2, 1, 2), padding="same") + b),
    ),
    (
        "conv of volumes with dilation",
        [VOLUME],
        [(2, 1, 2, 1, 1)],
        lambda x, k: conv3d(x, k, d=(2, 1, 1)),
    ),
    (
        "transposed conv of volumes",
        [(2, 2, 1, 1)],
        [(3, 2, 2, 2, 1), (2,)],
        lambda x, k, b: transpose3d(x, k, (2, 1, 2), "same") + b,
    ),
    (
        "transposed conv of volumes inside",
        [(2, 1, 2, 1)],
        [(2, 2, 1, 1, 1)],
        lambda x, k: transpose3d(x, k, (1, 2, 1)),
    ),
    ("max pool of volumes", [VOLUME], [], lambda x: blocks(x, (2, 2, 2), (2, 2, 2)).max((4, 5, 6))),
    (
        "max pool of volumes with border",
        [VOLUME],
        [],
        lambda x: blocks(x, (2, 3, 2), (2, 2, 1), padding="same", fill=-np.inf).max((4, 5, 6)),
    ),
    (
        "average pool of volumes with overlap",
        [VOLUME],
        [],
        lambda x: mean_of_blocks(x, (2, 2, 3), (1, 2, 2)),
    ),
    ("global max pool of volumes", [VOLUME], [], lambda x: x.max((1, 2, 3))),
    ("global average pool of volumes", [VOLUME], [], lambda x: x.mean((1, 2, 3))),
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
        "rms norm of two axes",
        [(2, 3)],
        [(2, 3)],
        lambda x, s: rms(x, (1, 2), 0.1) * s,
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
    (
        "causal multi-head attention",
        [(3, 2)],
        [(2, 2, 2), (2, 2)] * 3 + [(2, 2, 2), (2,)],
        lambda x, *w: attention(x, x, x, np.tri(3), w)[0],
    ),
    (
        "masked multi-head attention of others",
        [(2, 2), (3, 1), (3, 2), (2, 3)],
        [(2, 1, 2), (2, 1, 2), (1, 1, 1), (1, 1, 3)],
        lambda *a: masked(*a)[0],
        {"others": lambda *a: [masked(*a)[1]]},
    ),
    ("learned positions", [(2, 2)], [(3, 2)], lambda x, e: x + e[:2]),
    ("sines of positions", [(2, 3)], [], sines),
    ("gru", [SHORT], [(2, 6), (2, 6), (2, 6)], lambda x, *w: run(gru_after, x, w)[1][0]),
    (
        "gru with reset before, states and sequences",
        [SHORT, (2,)],
        [(2, 6), (2, 6), (6,)],
        lambda *a: GRU_BEFORE(*a)[0],
        {"others": lambda *a: GRU_BEFORE(*a)[1]},
    ),
    (
        "gru in reverse without bias",
        [SHORT],
        [(2, 3), (1, 3)],
        lambda x, k, r: run(gru_after, x, (k, r, np.zeros((2, 3))), reverse=True)[0],
    ),
    (
        "simple rnn",
        [SHORT],
        [(2, 2), (2, 2), (2,)],
        lambda x, *w: run(simple, x, w, reverse=True)[1][0],
    ),
    (
        "lstm with states",
        [SHORT, (2,), (2,)],
        [(2, 8), (2, 8), (8,)],
        lambda *a: LSTM_BACK(*a)[0],
        {"others": lambda *a: LSTM_BACK(*a)[1]},
    ),
    (
        "bidirectional lstm",
        [SHORT],
        [(2, 4), (1, 4), (4,)] * 2,
        lambda x, *w: np.concatenate(both_ways(lstm, x, w, 2)[:2], -1),
    ),
    (
        "bidirectional rnn with states",
        [SHORT, (2,), (2,)],
        [(2, 2), (2, 2), (2,)] * 2,
        lambda *a: average_rnn(*a)[0],
        {"others": lambda *a: average_rnn(*a)[1]},
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
