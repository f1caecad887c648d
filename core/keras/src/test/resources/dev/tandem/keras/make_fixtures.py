"""Writes the fixtures of this folder: models in the layouts of Keras 3 and Keras 2, with inputs and outputs.

Needs h5py and NumPy, not Keras. Run: python3 make_fixtures.py

The layouts are those of Keras 3.16.0:
  keras/src/saving/saving_lib.py            zip of metadata.json, config.json, model.weights.h5; groups
                                            layers/<class>_<number>/[cell|layer/]vars/<number>, names as attributes
  keras/src/saving/serialization_lib.py     module, class_name, config, registered_name, shared_object_id,
                                            __keras_tensor__ with keras_history
  keras/src/models/functional.py            inbound_nodes of both versions, numbers of calls of nested models
  keras/src/legacy/saving/legacy_h5_format.py  model_config, model_weights, layer_names, weight_names
and files of public repositories that Keras 2.0 to 3.10 wrote were looked at beside them.

Outputs are computed here, in float64, from the formulas in Keras's documentation, by loops over windows and steps.
"""

import io
import json
import os
import re
import zipfile

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(20)


def draw(*shape, low=-0.5, high=0.5):
    return rng.uniform(low, high, shape).astype("float32")


# ---- the arithmetic ----


def activate(name, x, keras2=False):
    return {
        "linear": lambda: x,
        "relu": lambda: np.maximum(x, 0),
        "relu6": lambda: np.clip(x, 0, 6),
        "tanh": lambda: np.tanh(x),
        "sigmoid": lambda: 1 / (1 + np.exp(-x)),
        "hard_sigmoid": lambda: np.clip(0.2 * x + 0.5 if keras2 else x / 6 + 0.5, 0, 1),
        "softmax": lambda: np.exp(x) / np.exp(x).sum(-1, keepdims=True),
        "elu": lambda: np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1),
        "silu": lambda: x / (1 + np.exp(-x)),
        "softplus": lambda: np.log1p(np.exp(x)),
    }[name]()


def span(k, d):
    return (k - 1) * d + 1


def same(n, k, s):
    """Output size, rows before and behind."""
    out = -(-n // s)
    total = max((out - 1) * s + k - n, 0)
    return out, total // 2, total - total // 2


def windows(x, k, s, d, padding, fill):
    """(batch, rows, columns, window rows, window columns, channels)."""
    pads, outs = [], []
    for axis in (0, 1):
        n, w = x.shape[1 + axis], span(k[axis], d[axis])
        if padding == "same":
            out, before, behind = same(n, w, s[axis])
        else:
            out, before, behind = (n - w) // s[axis] + 1, 0, 0
        pads.append((before, behind))
        outs.append(out)
    x = np.pad(x, [(0, 0), pads[0], pads[1], (0, 0)], constant_values=fill)
    result = np.empty((x.shape[0], outs[0], outs[1], k[0], k[1], x.shape[3]))
    for i in range(outs[0]):
        for j in range(outs[1]):
            for u in range(k[0]):
                for v in range(k[1]):
                    result[:, i, j, u, v] = x[:, i * s[0] + u * d[0], j * s[1] + v * d[1]]
    return result


def conv(x, kernel, s, d, padding):
    return np.einsum("bijuvc,uvco->bijo", windows(x, kernel.shape[:2], s, d, padding, 0.0), kernel)


def depthwise(x, kernel, s, d, padding):
    y = np.einsum("bijuvc,uvcm->bijcm", windows(x, kernel.shape[:2], s, d, padding, 0.0), kernel)
    return y.reshape(y.shape[:3] + (-1,))


def transpose(x, kernel, s, padding):
    """Each pixel adds its kernel, which is (rows, columns, filters, channels), to the output."""
    b, h, w, _ = x.shape
    kh, kw, filters, _ = kernel.shape
    full = np.zeros((b, (h - 1) * s[0] + kh, (w - 1) * s[1] + kw, filters))
    for i in range(h):
        for j in range(w):
            full[:, i * s[0] : i * s[0] + kh, j * s[1] : j * s[1] + kw] += np.einsum(
                "bc,uvoc->buvo", x[:, i, j], kernel
            )
    if padding == "valid":
        return full
    top, left = max(kh - s[0], 0) // 2, max(kw - s[1], 0) // 2
    return full[:, top : top + h * s[0], left : left + w * s[1]]


def lstm(x, kernel, recurrent, bias, c, keras2):
    units = recurrent.shape[0]
    h = np.zeros((x.shape[0], units))
    cell = np.zeros((x.shape[0], units))
    all_states = []
    for t in range(x.shape[1]):
        z = x[:, t] @ kernel + h @ recurrent + bias
        i, f, g, o = np.split(z, 4, axis=-1)
        gate = lambda v: activate(c["recurrent_activation"], v, keras2)
        cell = gate(f) * cell + gate(i) * activate(c["activation"], g)
        h = gate(o) * activate(c["activation"], cell)
        all_states.append(h)
    return np.stack(all_states, 1) if c["return_sequences"] else h


def normalized(x, mean, variance, epsilon):
    return (x - mean) / np.sqrt(variance + epsilon)


# ---- layers ----


class Layer:
    """A layer: class, name, configuration, weights as (object below, name, array, moved by gradients)."""

    def __init__(self, cls, name, weights=(), trainable=True, inner=None, **config):
        self.cls, self.name, self.trainable, self.inner, self.config = cls, name, trainable, inner, config
        self.weights = list(weights)

    def w(self, i):
        return self.weights[i][2].astype("float64")

    def call(self, xs, keras2=False):
        x, c, cls = xs[0], self.config, self.cls
        bias = lambda y, i: y + self.w(i) if c.get("use_bias") else y
        if cls == "Dense":
            return activate(c["activation"], bias(x @ self.w(0), 1), keras2)
        if cls == "Conv2D":
            y = conv(x, self.w(0), c["strides"], c["dilation_rate"], c["padding"])
            return activate(c["activation"], bias(y, 1), keras2)
        if cls == "DepthwiseConv2D":
            y = depthwise(x, self.w(0), c["strides"], c["dilation_rate"], c["padding"])
            return activate(c["activation"], bias(y, 1), keras2)
        if cls == "SeparableConv2D":
            y = depthwise(x, self.w(0), c["strides"], c["dilation_rate"], c["padding"])
            return activate(c["activation"], bias(conv(y, self.w(1), (1, 1), (1, 1), "valid"), 2), keras2)
        if cls == "Conv2DTranspose":
            return activate(c["activation"], bias(transpose(x, self.w(0), c["strides"], c["padding"]), 1), keras2)
        if cls == "BatchNormalization":
            return self.w(0) * normalized(x, self.w(2), self.w(3), c["epsilon"]) + self.w(1)
        if cls == "LayerNormalization":
            y = normalized(x, x.mean(-1, keepdims=True), x.var(-1, keepdims=True), c["epsilon"])
            return self.w(0) * y + self.w(1)
        if cls == "GroupNormalization":
            groups = c["groups"] if c["groups"] > 0 else x.shape[-1]
            g = x.reshape(x.shape[0], -1, groups, x.shape[-1] // groups)
            y = normalized(g, g.mean((1, 3), keepdims=True), g.var((1, 3), keepdims=True), c["epsilon"])
            return self.w(0) * y.reshape(x.shape) + self.w(1)
        if cls == "Embedding":
            return self.w(0)[x.astype(int)]
        if cls == "LSTM":
            return lstm(x, self.w(0), self.w(1), self.w(2), c, keras2)
        if cls == "TimeDistributed":
            return np.stack([self.inner.call([x[:, t]], keras2) for t in range(x.shape[1])], 1)
        if cls == "MaxPooling2D":
            return windows(x, c["pool_size"], c["strides"], (1, 1), c["padding"], -np.inf).max((3, 4))
        if cls == "AveragePooling2D":
            inside = windows(np.ones_like(x), c["pool_size"], c["strides"], (1, 1), c["padding"], 0.0).sum((3, 4))
            return windows(x, c["pool_size"], c["strides"], (1, 1), c["padding"], 0.0).sum((3, 4)) / inside
        if cls == "GlobalAveragePooling2D":
            return x.mean((1, 2), keepdims=c.get("keepdims", False))
        if cls == "GlobalMaxPooling2D":
            return x.max((1, 2))
        if cls == "UpSampling2D":
            return x.repeat(c["size"][0], 1).repeat(c["size"][1], 2)
        if cls == "ZeroPadding2D":
            return np.pad(x, [(0, 0), *c["padding"], (0, 0)])
        if cls == "Cropping2D":
            (t, b), (l, r) = c["cropping"]
            return x[:, t : x.shape[1] - b, l : x.shape[2] - r]
        if cls == "Activation":
            return activate(c["activation"], x, keras2)
        if cls == "ReLU":
            return np.minimum(np.where(x > 0, x, c["negative_slope"] * x), c["max_value"] or np.inf)
        if cls == "LeakyReLU":
            return np.where(x > 0, x, c["negative_slope"] * x)
        if cls == "PReLU":
            return np.where(x > 0, x, self.w(0) * x)
        if cls == "ELU":
            return np.where(x > 0, x, c["alpha"] * (np.exp(np.minimum(x, 0)) - 1))
        if cls == "Softmax":
            return activate("softmax", x)
        if cls in ("Dropout", "GaussianNoise"):
            return x
        if cls == "Flatten":
            return x.reshape(x.shape[0], -1)
        if cls == "Reshape":
            return x.reshape((x.shape[0],) + tuple(c["target_shape"]))
        if cls == "Permute":
            return x.transpose((0,) + tuple(c["dims"]))
        if cls == "Concatenate":
            return np.concatenate(xs, c["axis"])
        if cls == "Add":
            return sum(xs)
        if cls == "Subtract":
            return xs[0] - xs[1]
        if cls == "Multiply":
            return xs[0] * xs[1]
        if cls == "Average":
            return sum(xs) / len(xs)
        if cls == "Maximum":
            return np.maximum(*xs)
        if cls == "Dot":
            return np.einsum("bi,bi->b", *xs)[:, None]
        raise ValueError(cls)


class Model:
    """A functional model: inputs (name, shape, dtype), steps (layer, calls), outputs. A call is a list of
    (name, call, output), and may be a pair of that and the arguments by name."""

    def __init__(self, name, inputs, steps, outputs, trainable=True, sequential=False):
        self.cls = "Sequential" if sequential else "Functional"
        self.name, self.inputs, self.steps, self.outputs = name, inputs, steps, outputs
        self.trainable = trainable

    def call(self, xs, keras2=False):
        made = {name: [[x]] for (name, _, _), x in zip(self.inputs, xs)}
        waiting = [(layer, refs(call)) for layer, calls in self.steps for call in calls]
        while waiting:
            later = []
            for layer, call in waiting:
                if all(n in made and k < len(made[n]) for n, k, _ in call):
                    y = layer.call([made[n][k][o] for n, k, o in call], keras2)
                    made.setdefault(layer.name, []).append(y if isinstance(y, list) else [y])
                else:
                    later.append((layer, call))
            waiting = later
        return [made[n][k][o] for n, k, o in self.outputs]


def refs(call):
    return call[0] if isinstance(call, tuple) else call


def arguments(call):
    return call[1] if isinstance(call, tuple) else {}


def chain(name, inputs, layers, trainable=True):
    steps, last = [], inputs[0]
    for layer in layers:
        steps.append((layer, [[(last, 0, 0)]]))
        last = layer.name
    return Model(name, [inputs], steps, [(last, 0, 0)], trainable, sequential=True)


# ---- how Keras writes it ----


def snake(cls):
    cls = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", cls))
    return re.sub("([a-z])([A-Z])", r"\1_\2", cls).lower()


def config3(o, shared):
    """Keras 3."""
    if isinstance(o, Layer):
        c = {"name": o.name, "trainable": o.trainable, "dtype": policy(), **o.config}
        c.pop("axis2", None)
        if o.inner is not None:
            c["layer"] = config3(o.inner, shared)
        for key in list(c):
            if key.endswith("_initializer"):
                c[key] = {"module": "keras.initializers", "class_name": c[key], "config": {}, "registered_name": None}
            if key.endswith("_regularizer") and c[key]:
                c[key] = {"module": "keras.regularizers", "class_name": "L2", "config": {"l2": c[key]}, "registered_name": None}
        node = {"module": "keras.layers", "class_name": o.cls, "config": c, "registered_name": None,
                "build_config": {"input_shape": [None]}}
    elif o.cls == "Sequential":
        c = {"name": o.name, "trainable": o.trainable, "dtype": policy(),
             "layers": [input3(*i) for i in o.inputs] + [config3(layer, shared) for layer, _ in o.steps],
             "build_input_shape": [None, *o.inputs[0][1]]}
        node = {"module": "keras", "class_name": "Sequential", "config": c, "registered_name": None,
                "build_config": {"input_shape": [None, *o.inputs[0][1]]}}
    else:
        layers = []
        for i in o.inputs:
            layers.append({**input3(*i), "name": i[0], "inbound_nodes": []})
        for layer, calls in o.steps:
            inbound = []
            for call in calls:
                tensors = [tensor3(r) for r in refs(call)]
                kwargs = {k: tensor3(v) if isinstance(v, tuple) else v for k, v in arguments(call).items()}
                inbound.append({"args": tensors if len(tensors) == 1 else [tensors], "kwargs": kwargs})
            layers.append({**config3(layer, shared), "name": layer.name, "inbound_nodes": inbound})
        names = {layer.name: layer for layer, _ in o.steps}
        ends = []
        for n, k, out in o.outputs:
            first = 1 if isinstance(names.get(n), Model) and names[n].cls == "Functional" else 0
            ends.append([n, k + first, out])
        c = {"name": o.name, "trainable": o.trainable, "layers": layers,
             "input_layers": [[i[0], 0, 0] for i in o.inputs] if len(o.inputs) > 1 else [o.inputs[0][0], 0, 0],
             "output_layers": ends if len(ends) > 1 else ends[0]}
        node = {"module": "keras.src.models.functional", "class_name": "Functional", "config": c,
                "registered_name": "Functional", "build_config": {"input_shape": None}}
    if shared.get(id(o), 0) > 1:
        node["shared_object_id"] = 1000 + list(shared).index(id(o))
    return node


def policy():
    return {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}


def input3(name, shape, dtype):
    return {"module": "keras.layers", "class_name": "InputLayer", "registered_name": None,
            "config": {"batch_shape": [None, *shape], "dtype": dtype, "sparse": False, "ragged": False, "name": name}}


def tensor3(ref):
    return {"class_name": "__keras_tensor__",
            "config": {"shape": [None], "dtype": "float32", "keras_history": list(ref)}}


def config2(o):
    """Keras 2."""
    if isinstance(o, Layer):
        c = {"name": o.name, "trainable": o.trainable, "dtype": "float32", **o.config}
        if o.inner is not None:
            c["layer"] = config2(o.inner)
        for key in list(c):
            if key.endswith("_initializer"):
                c[key] = {"class_name": c[key], "config": {}}
            if key.endswith("_regularizer") and c[key]:
                c[key] = {"class_name": "L2", "config": {"l2": c[key]}}
        if o.cls == "LeakyReLU":
            c["alpha"] = c.pop("negative_slope")
        if o.cls in ("BatchNormalization", "LayerNormalization") and "axis2" in c:
            c["axis"] = [c.pop("axis2")]
        return {"class_name": o.cls, "config": c}
    if o.cls == "Sequential":
        return {"class_name": "Sequential",
                "config": {"name": o.name, "layers": [input2(*i) for i in o.inputs] + [config2(l) for l, _ in o.steps]}}
    names = {layer.name: layer for layer, _ in o.steps}
    counted = lambda r: [r[0], r[1] + (1 if isinstance(names.get(r[0]), Model) else 0), r[2]]
    layers = [{**input2(*i), "name": i[0], "inbound_nodes": []} for i in o.inputs]
    for layer, calls in o.steps:
        inbound = [[counted(r) + [arguments(call)] for r in refs(call)] for call in calls]
        layers.append({**config2(layer), "name": layer.name, "inbound_nodes": inbound})
    return {"class_name": "Functional",
            "config": {"name": o.name, "trainable": o.trainable, "layers": layers,
                       "input_layers": [[i[0], 0, 0] for i in o.inputs], "output_layers": [counted(r) for r in o.outputs]}}


def input2(name, shape, dtype):
    return {"class_name": "InputLayer",
            "config": {"batch_input_shape": [None, *shape], "dtype": dtype, "sparse": False, "ragged": False, "name": name}}


def count(o, seen):
    """How often each layer is an entry of some model's list."""
    seen[id(o)] = seen.get(id(o), 0) + 1
    if isinstance(o, Model) and seen[id(o)] == 1:
        for layer, _ in o.steps:
            count(layer, seen)
    return seen


def weighs(o):
    if isinstance(o, Model):
        return any(weighs(layer) for layer, _ in o.steps)
    return bool(o.weights) or o.inner is not None and weighs(o.inner)


def weights3(f, o, path, visited, layers="layers"):
    """With another name for layers as tf.keras 2.13 does: a list that has layers with weights twice."""
    if id(o) in visited:
        return
    visited.add(id(o))
    own = f.create_group(path + "vars" if path else "vars")
    own.attrs["name"] = o.name
    if isinstance(o, Layer):
        numbers = {}
        for below, _, array, _ in sorted(o.weights, key=lambda w: not w[3]):
            number = numbers.get(below, 0)
            numbers[below] = number + 1
            f[f"{path}{below + '/' if below else ''}vars/{number}"] = array
        if o.cls == "Dropout":
            f[f"{path}seed_generator/vars/0"] = np.array([1, 2], "uint32")
        if o.inner is not None:
            weights3(f, o.inner, path + "layer/", visited, layers)
        return
    numbers = {}
    if o.cls == "Functional":
        for i in o.inputs:
            name = "input_layer" + (f"_{numbers['input_layer']}" if numbers.get("input_layer") else "")
            numbers["input_layer"] = numbers.get("input_layer", 0) + 1
            f.create_group(path + "layers/" + name + "/vars").attrs["name"] = i[0]
    for layer, _ in o.steps:
        cls = snake(layer.cls)
        number = numbers.get(cls, 0)
        numbers[cls] = number + (2 if layers != "layers" and weighs(layer) else 1)
        weights3(f, layer, f"{path}{layers}/{cls}{'_' + str(number) if number else ''}/", visited, layers)


def listed(o, trainable=True, seen=None):
    """Names and arrays of Keras 2: what moves first."""
    seen = set() if seen is None else seen
    if id(o) in seen:
        return [], []
    seen.add(id(o))
    on = trainable and o.trainable
    first, rest = [], []
    if isinstance(o, Layer):
        for below, name, array, moved in o.weights:
            cell = "lstm_cell/" if below == "cell" else ""
            (first if on and moved else rest).append((f"{o.name}/{cell}{name}:0", array))
        if o.inner is not None:
            for _, name, array, moved in o.inner.weights:
                (first if on and moved else rest).append((f"{o.name}/{name}:0", array))
        return first, rest
    for layer, _ in o.steps:
        a, b = listed(layer, on, seen)
        first += a
        rest += b
    return first, rest


def weights2(group, model):
    parts = [layer for layer, _ in model.steps]
    inputs = [i[0] for i in model.inputs] if model.cls == "Functional" else []
    group.attrs["layer_names"] = [n.encode() for n in inputs + [p.name for p in parts]]
    group.attrs["backend"] = b"tensorflow"
    group.attrs["keras_version"] = b"2.11.0"
    for name in inputs:
        group.create_group(name).attrs["weight_names"] = np.zeros(0)
    for part in parts:
        inside = group.create_group(part.name)
        first, rest = listed(part)
        inside.attrs["weight_names"] = [n.encode() for n, _ in first + rest]
        for name, array in first + rest:
            inside[name] = array
    group.create_group("top_level_model_weights").attrs["weight_names"] = np.zeros(0)


def save3(model, name, compiled=False, layers="layers", version="3.8.0"):
    memory = io.BytesIO()
    with h5py.File(memory, "w") as f:
        weights3(f, model, "", set(), layers)
        if compiled:
            f["optimizer/vars/0"] = np.array(12, "int64")
    config = config3(model, count(model, {}))
    if compiled:
        config["compile_config"] = {"optimizer": "adam", "loss": "mse"}
    with zipfile.ZipFile(os.path.join(HERE, name + ".keras"), "w") as z:
        for entry, text in (
            ("metadata.json", json.dumps({"keras_version": version, "date_saved": "2025-05-13@02:41:45"})),
            ("config.json", json.dumps(config)),
        ):
            z.writestr(zipfile.ZipInfo(entry), text)
        z.writestr(zipfile.ZipInfo("model.weights.h5"), memory.getvalue())


def save3_weights(model, name):
    with h5py.File(os.path.join(HERE, name + ".weights.h5"), "w") as f:
        weights3(f, model, "", set())


def paths(f):
    found = []
    f.visititems(lambda path, o: found.append(path) if isinstance(o, h5py.Dataset) else None)
    return found


def save_windows(model, name):
    """As tf.keras 2.15 wrote it on Windows: one name with a backslash for two groups, and no names of layers."""
    memory = io.BytesIO()
    with h5py.File(memory, "w") as f, h5py.File(os.path.join(HERE, name + "_windows.weights.h5"), "w") as to:
        weights3(f, model, "", set())
        for path in paths(f):
            to[path.replace("/", "\\", 1)] = f[path][()]


def save2(model, name, compiled=False):
    with h5py.File(os.path.join(HERE, name + ".h5"), "w") as f:
        f.attrs["keras_version"] = b"2.11.0"
        f.attrs["backend"] = b"tensorflow"
        f.attrs["model_config"] = json.dumps(config2(model)).encode()
        if compiled:
            f.attrs["training_config"] = json.dumps({"loss": "mse"}).encode()
        weights2(f.create_group("model_weights"), model)


def save2_weights(model, name):
    with h5py.File(os.path.join(HERE, name + "_legacy.weights.h5"), "w") as f:
        weights2(f, model)


def expect(model, name, inputs):
    text = {"inputs": {}, "outputs": {}, "outputs_keras2": {}}
    for (key, _, _), x in zip(model.inputs, inputs):
        text["inputs"][key] = {"shape": list(x.shape), "values": [round(float(v), 6) for v in x.ravel()]}
    exact = [np.array(text["inputs"][k]["values"]).reshape(text["inputs"][k]["shape"]) for k in text["inputs"]]
    for key, keras2 in (("outputs", False), ("outputs_keras2", True)):
        text[key] = [
            {"shape": list(y.shape), "values": [round(float(v), 8) for v in y.ravel()]} for y in model.call(exact, keras2)
        ]
    with open(os.path.join(HERE, name + ".expected.json"), "w") as f:
        json.dump(text, f)


# ---- layers with weights ----


def dense(name, n, units, activation="linear", bias=True, **more):
    weights = [("", "kernel", draw(n, units), True)] + ([("", "bias", draw(units), True)] if bias else [])
    trainable = more.pop("trainable", True)
    return Layer("Dense", name, weights, trainable, units=units, activation=activation, use_bias=bias,
                 kernel_initializer="GlorotUniform", bias_initializer="Zeros", kernel_regularizer=more.get("l2"),
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None)


def conv2d(name, n, filters, k, s=(1, 1), padding="valid", d=(1, 1), activation="linear", bias=True, trainable=True):
    weights = [("", "kernel", draw(*k, n, filters), True)] + ([("", "bias", draw(filters), True)] if bias else [])
    return Layer("Conv2D", name, weights, trainable, filters=filters, kernel_size=k, strides=s, padding=padding,
                 data_format="channels_last", dilation_rate=d, groups=1, activation=activation, use_bias=bias,
                 kernel_initializer="GlorotUniform", bias_initializer="Zeros", kernel_regularizer=None)


def conv2d_transpose(name, n, filters, k, s, padding):
    return Layer("Conv2DTranspose", name, [("", "kernel", draw(*k, filters, n), True), ("", "bias", draw(filters), True)],
                 filters=filters, kernel_size=k, strides=s, padding=padding, data_format="channels_last",
                 dilation_rate=(1, 1), groups=1, activation="linear", use_bias=True, output_padding=None)


def depthwise2d(name, n, k, m, s, padding):
    return Layer("DepthwiseConv2D", name, [("", "depthwise_kernel", draw(*k, n, m), True), ("", "bias", draw(n * m), True)],
                 kernel_size=k, strides=s, padding=padding, depth_multiplier=m, data_format="channels_last",
                 dilation_rate=(1, 1), activation="silu", use_bias=True, depthwise_initializer="GlorotUniform")


def separable2d(name, n, filters, k):
    return Layer("SeparableConv2D", name,
                 [("", "depthwise_kernel", draw(*k, n, 1), True), ("", "pointwise_kernel", draw(1, 1, n, filters), True),
                  ("", "bias", draw(filters), True)],
                 filters=filters, kernel_size=k, strides=(1, 1), padding="same", depth_multiplier=1,
                 data_format="channels_last", dilation_rate=(1, 1), groups=1, activation="elu", use_bias=True)


def batch_norm(name, n, rank, trainable=True):
    return Layer("BatchNormalization", name,
                 [("", "gamma", draw(n, low=0.5, high=1.5), True), ("", "beta", draw(n), True),
                  ("", "moving_mean", draw(n), False), ("", "moving_variance", draw(n, low=0.5, high=2), False)],
                 trainable, axis=-1, axis2=rank - 1, momentum=0.9, epsilon=0.002, center=True, scale=True)


def norm(cls, name, n, **config):
    return Layer(cls, name, [("", "gamma", draw(n, low=0.5, high=1.5), True), ("", "beta", draw(n), True)],
                 axis=-1, epsilon=0.004, center=True, scale=True, **config)


def lstm_layer(name, n, units, sequences, recurrent="sigmoid"):
    return Layer("LSTM", name, [("cell", "kernel", draw(n, 4 * units), True),
                                ("cell", "recurrent_kernel", draw(units, 4 * units), True),
                                ("cell", "bias", draw(4 * units), True)],
                 units=units, activation="tanh", recurrent_activation=recurrent, use_bias=True, unit_forget_bias=True,
                 return_sequences=sequences, return_state=False, go_backwards=False, stateful=False, unroll=False,
                 dropout=0.0, recurrent_dropout=0.0)


def plain(cls, name, **config):
    return Layer(cls, name, **config)


def to(name):
    return [[(name, 0, 0)]]


# ---- the models ----


def convnet():
    """Two heads on a trunk of all layers for images."""
    steps = [
        (conv2d("conv1", 2, 4, (3, 3), (2, 2), "same"), to("image")),
        (batch_norm("bn1", 4, 4), to("conv1")),
        (plain("LeakyReLU", "leaky", negative_slope=0.2), to("bn1")),
        (plain("ZeroPadding2D", "pad", padding=[[1, 0], [0, 2]], data_format="channels_last"), to("leaky")),
        (conv2d("conv2", 4, 3, (2, 3), (1, 1), "valid", (2, 1), "relu", bias=False), to("pad")),
        (conv2d_transpose("up", 3, 4, (4, 3), (2, 2), "same"), to("conv2")),
        (plain("PReLU", "prelu", weights=[("", "alpha", draw(1, 1, 4), True)], shared_axes=[1, 2]), to("up")),
        (depthwise2d("each", 4, (3, 3), 2, (2, 2), "same"), to("prelu")),
        (norm("GroupNormalization", "group", 8, groups=2), to("each")),
        (norm("GroupNormalization", "instance", 8, groups=-1), to("group")),
        (separable2d("separable", 8, 5, (3, 3)), to("instance")),
        (plain("UpSampling2D", "larger", size=(2, 2), data_format="channels_last", interpolation="nearest"), to("separable")),
        (plain("MaxPooling2D", "max", pool_size=(3, 3), strides=(2, 2), padding="same", data_format="channels_last"), to("larger")),
        (plain("AveragePooling2D", "mean", pool_size=(3, 2), strides=(1, 1), padding="same", data_format="channels_last"), to("max")),
        (plain("Cropping2D", "crop", cropping=[[0, 1], [1, 0]], data_format="channels_last"), to("mean")),
        (conv2d_transpose("valid", 5, 4, (4, 4), (3, 3), "valid"), to("crop")),
        (plain("ReLU", "capped", max_value=0.5, negative_slope=0.0, threshold=0.0), to("valid")),
        (plain("Dropout", "dropout", rate=0.25, noise_shape=None, seed=None), to("capped")),
        (plain("GlobalAveragePooling2D", "pooled", data_format="channels_last", keepdims=False), to("dropout")),
        (plain("GlobalMaxPooling2D", "highest", data_format="channels_last", keepdims=False), to("capped")),
        (plain("GlobalAveragePooling2D", "squeezed", data_format="channels_last", keepdims=True), to("capped")),
        (plain("Multiply", "excited"), [[("capped", 0, 0), ("squeezed", 0, 0)]]),
        (plain("Permute", "turned", dims=[3, 1, 2]), to("excited")),
        (plain("Flatten", "flat", data_format="channels_last"), to("turned")),
    ]
    return steps


def build_convnet():
    steps = convnet()
    trunk = Model("probe", [("image", (8, 8, 2), "float32")], steps, [("flat", 0, 0)])
    features = trunk.call([np.zeros((1, 8, 8, 2))])[0].shape[-1]
    steps += [
        (plain("Concatenate", "both", axis=-1), [[("pooled", 0, 0), ("highest", 0, 0)]]),
        (norm("LayerNormalization", "ln", 8), to("both")),
        (dense("classes", 8, 3, "softmax", l2=0.01), to("ln")),
        (dense("value", features, 1, "tanh"), to("flat")),
    ]
    model = Model("convnet", [("image", (8, 8, 2), "float32")], steps, [("classes", 0, 0), ("value", 0, 0)])
    return model, [draw(3, 8, 8, 2, low=-1, high=1)]


def build_sequence():
    """Embedding, LSTM, steps; an LSTM with hard gates, whose slope differs between the versions."""
    model = chain("sequence", ("words", (6,), "float32"), [
        Layer("Embedding", "words_of", [("", "embeddings", draw(11, 4), True)], input_dim=11, output_dim=4,
              embeddings_initializer="RandomUniform", mask_zero=False),
        lstm_layer("lstm1", 4, 5, True),
        Layer("TimeDistributed", "steps", inner=dense("step", 5, 3, "relu")),
        dense("last_axis", 3, 4, "silu"),
        lstm_layer("lstm2", 4, 3, False, "hard_sigmoid"),
        dense("out", 3, 2),
    ])
    return model, [rng.integers(0, 11, (4, 6)).astype("float32")]


def build_nested():
    """Twins through one encoder that is frozen and holds a frozen batch norm, and a layer of two models."""
    shared = dense("shared", 4, 4, "tanh")
    first = Model("first", [("a", (4,), "float32")],
                  [(shared, to("a")), (dense("own", 4, 2), to("shared"))], [("own", 0, 0)])
    second = Model("second", [("b", (4,), "float32")],
                   [(shared, to("b")), (batch_norm("norm", 4, 2), to("shared")), (dense("own", 4, 2, bias=False), to("norm"))],
                   [("own", 0, 0), ("shared", 0, 0)])
    inner = chain("inner", ("inner_input", (4,), "float32"),
                  [dense("fc1", 4, 4, "relu"), dense("fc2", 4, 4, trainable=False)])
    encoder = Model("encoder", [("x", (3,), "float32")],
                    [(dense("lift", 3, 4, "relu", trainable=False), to("x")),
                     (batch_norm("bn", 4, 2, trainable=False), to("lift"))],
                    [("bn", 0, 0)], trainable=False)
    steps = [
        (encoder, [([("left", 0, 0)], {"training": False}), ([("right", 0, 0)], {"training": False})]),
        (plain("Subtract", "difference"), [[("encoder", 0, 0), ("encoder", 1, 0)]]),
        (inner, to("difference")),
        (first, [[("inner", 0, 0)], [("encoder", 1, 0)]]),
        (second, to("difference")),
        (plain("Add", "sum"), [[("first", 0, 0), ("second", 0, 0)]]),
        (plain("Average", "average"), [[("first", 1, 0), ("sum", 0, 0)]]),
        (plain("Maximum", "maximum"), [[("first", 0, 0), ("average", 0, 0)]]),
        (plain("Dot", "dot", axes=1, normalize=False), [[("maximum", 0, 0), ("sum", 0, 0)]]),
    ]
    model = Model("twins", [("left", (3,), "float32"), ("right", (3,), "float32")], steps,
                  [("dot", 0, 0), ("second", 0, 1), ("first", 1, 0)])
    return model, [draw(5, 3, low=-2, high=2), draw(5, 3, low=-2, high=2)]


def save_bomb():
    """An array that says it has 512 MiB, of which none is stored."""
    with h5py.File(os.path.join(HERE, "bomb.weights.h5"), "w") as f:
        f.create_dataset("layers/dense/vars/0", (16384, 8192), "f4", chunks=(1024, 1024), compression="gzip")
        f["layers/dense/vars/1"] = np.zeros(8192, "f4")


def main():
    save_bomb()
    for name, (model, inputs) in (
        ("convnet", build_convnet()),
        ("sequence", build_sequence()),
        ("nested", build_nested()),
    ):
        expect(model, name, inputs)
        save3(model, name, compiled=name == "convnet")
        if name == "sequence":
            save3(model, "sequence_2_13", layers="_layer_checkpoint_dependencies", version="2.13.1")
            save_windows(model, name)
        save3_weights(model, name)
        save2(model, name, compiled=name == "convnet")
        save2_weights(model, name)


if __name__ == "__main__":
    main()
