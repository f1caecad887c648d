"""Writes masked_*.keras, .h5 and .expected.json: masks, states and attention, by Keras itself.

Run with Keras 3 (those here are of Keras 3.15.1 on JAX): KERAS_BACKEND=jax python make_masked.py
"""

import json

import keras
import numpy as np
from keras import layers as L

rng = np.random.default_rng(23)


def stored(array):
    array = np.asarray(array, "float64")
    return {"shape": list(array.shape), "values": [float(f"{v:.9g}") for v in array.ravel()]}


def put(model, inputs, name, **more):
    for w in model.weights:
        if w.path.endswith("count"):
            continue
        value = rng.uniform(-0.6, 0.6, w.shape)
        w.assign(np.abs(value) + 0.5 if "variance" in w.path else value)
    for layer in model.layers:
        if isinstance(layer, L.Normalization):
            layer.finalize_state()  # it computes with what this makes of its weights
    given = [inputs[x.name] for x in model.inputs]
    outputs = model(given if len(given) > 1 else given[0], training=False)
    outputs = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
    expected = {
        "inputs": {k: stored(v) for k, v in inputs.items()},
        "params": sum(int(np.prod(w.shape)) for w in model.weights if not w.path.endswith("count")),
        "outputs": [stored(o) for o in outputs],
    }
    expected.update({key: value() for key, value in more.items()})
    model.save(name + ".keras")
    model.save(name + ".h5")
    with open(name + ".expected.json", "w") as file:
        json.dump(expected, file)
    print(name, [o.shape for o in outputs])


numbers = lambda *shape: rng.uniform(-1, 1, shape).astype("float32")

# Words of which 0 is padding: behind, in front, in between, and nowhere.
words = np.array([[3, 5, 2, 0, 0, 0], [0, 0, 1, 7, 4, 2], [6, 0, 2, 2, 0, 1], [1, 2, 3, 4, 5, 6]], "int32")

tokens = keras.Input((6,), dtype="int32", name="tokens")
x = L.Embedding(8, 4, mask_zero=True, name="table")(tokens)
x = L.Dropout(0.3, name="dropped")(x)
x = L.LSTM(5, return_sequences=True, name="lstm")(x)
x = L.LayerNormalization(name="normal")(x)
x = L.Bidirectional(L.GRU(3, return_sequences=True), name="both")(x)
y = L.TimeDistributed(L.Dense(6, activation="tanh", name="step"), name="steps")(x)
x = L.Add(name="sum")([x, y])
x = L.Concatenate(name="joined")([x, y])
x = L.BatchNormalization(name="bn")(x)
tags = L.Dense(3, activation="softmax", name="tags")(x)
mean = L.GlobalAveragePooling1D(name="mean")(x)
last = L.SimpleRNN(4, go_backwards=True, name="last")(x)
code = L.Concatenate(name="code")([mean, last])
kind = L.Dense(1, name="kind")(code)
tagger = keras.Model(tokens, [tags, kind], name="tagger")
labels = np.array([[0, 1, 2, 0, 0, 0], [0, 0, 1, 1, 2, 0], [2, 0, 1, 0, 0, 1], [1, 2, 0, 1, 2, 0]], "int32")
target = numbers(4, 1)
weights = np.abs(numbers(4, 6)) + 0.2


def judged(sample_weight=None):
    """Losses and accuracy of the tags, and gradients as one step of descent shows them."""
    model = keras.models.clone_model(tagger)
    model.set_weights(tagger.get_weights())
    for layer in model.layers:
        if isinstance(layer, L.Dropout):
            layer.rate = 0.0
    model.compile(
        keras.optimizers.SGD(0.5),
        loss=["sparse_categorical_crossentropy", "mse"],
        weighted_metrics=[["accuracy"], []],
    )
    out = model.evaluate(
        words, [labels, target],
        sample_weight=None if sample_weight is None else [sample_weight, np.ones(4)],
        verbose=0, return_dict=True, batch_size=4,
    )
    model.train_on_batch(
        words, [labels, target],
        sample_weight=None if sample_weight is None else [sample_weight, np.ones(4)],
    )
    out["moved"] = {w.path: stored(w) for w in model.weights}
    return {k: (float(v) if not isinstance(v, dict) else v) for k, v in out.items()}


put(
    tagger, {"tokens": words}, "masked_tagger",
    labels=lambda: stored(labels), target=lambda: stored(target), weights=lambda: stored(weights),
    plain=judged, weighted=lambda: judged(weights),
)

# Attention: masks from padding, causal, a mask as a tensor; encoder and decoder with states.
source = keras.Input((5, 3), name="source")
query = keras.Input((6,), dtype="int32", name="query")
seen = keras.Input((6, 5), dtype="int32", name="seen")
memory = L.Masking(-1.0, name="padding")(source)
encoded, h, c = L.LSTM(4, return_sequences=True, return_state=True, name="encoder")(memory)
q = L.Embedding(8, 4, mask_zero=True, name="targets")(query)
q = L.LSTM(4, return_sequences=True, name="decoder")(q, initial_state=[h, c])
own = L.MultiHeadAttention(2, 3, name="own")(q, q, use_causal_mask=True)
q = L.LayerNormalization(name="first")(L.Add(name="residual")([q, own]))
cross = L.MultiHeadAttention(2, 3, name="cross")(q, encoded, attention_mask=seen)
q = L.Add(name="second")([q, cross])
gru, state = L.GRU(3, return_state=True, name="summary")(q)
out = L.Dense(2, name="out")(L.Concatenate(name="states")([gru, state]))
steps = numbers(3, 5, 3)
steps[0, 3:] = -1
steps[1, :1] = -1
put(
    keras.Model([source, query, seen], out, name="translator"),
    {
        "source": steps,
        "query": np.array([[3, 5, 2, 1, 0, 0], [2, 2, 1, 7, 4, 0], [6, 1, 2, 2, 3, 1]], "int32"),
        "seen": (rng.uniform(0, 1, (3, 6, 5)) < 0.7).astype("int32") | np.eye(6, 5, dtype="int32"),
    },
    "masked_translator",
)

# Volumes, brought to what data had.
volume = keras.Input((4, 5, 6, 2), name="volume")
x = L.Normalization(name="normal")(volume)
x = L.Conv3D(3, (2, 3, 2), strides=(1, 2, 1), padding="same", activation="elu", name="conv")(x)
x = L.MaxPooling3D((2, 1, 2), padding="same", name="largest")(x)
x = L.Conv3DTranspose(2, 3, strides=(2, 1, 2), padding="same", activation="tanh", name="transposed")(x)
x = L.AveragePooling3D((2, 2, 3), strides=(2, 1, 2), name="means")(x)
code = L.Concatenate(name="code")([L.GlobalMaxPooling3D(name="top")(x), L.GlobalAveragePooling3D(name="mean")(x)])
put(keras.Model(volume, L.Dense(2, name="out")(code), name="volumes"), {"volume": numbers(2, 4, 5, 6, 2)}, "volumes")
