"""Writes steps.keras, steps.h5 and steps.expected.json: layers of sequences, by Keras itself.

Run with Keras 3 (those here are of Keras 3.15.1 on JAX): KERAS_BACKEND=jax python make_steps.py
"""

import json

import keras
import numpy as np
from keras import layers as L

rng = np.random.default_rng(16)
steps = keras.Input((8, 3), name="steps")
x = L.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="relu", name="causal")(steps)
x = L.SeparableConv1D(4, 3, padding="same", depth_multiplier=2, name="separable")(x)
x = L.MaxPooling1D(2, name="largest")(x)
x = L.UpSampling1D(2, name="larger")(x)
x = L.Cropping1D((1, 2), name="cropped")(x)
x = L.ZeroPadding1D((2, 1), name="padded")(x)
x = L.AveragePooling1D(3, strides=2, padding="same", name="mean")(x)
x = L.Conv1DTranspose(4, 3, strides=2, padding="same", name="transposed")(x)
x = L.SpatialDropout1D(0.2, name="channels")(x)
x = L.LayerNormalization(axis=[1, 2], name="normal")(x)
x = L.Bidirectional(L.GRU(3, return_sequences=True), name="both")(x)
x = L.MultiHeadAttention(2, 3, name="attention")(x, x)
x = L.RMSNormalization(name="rms")(x)
x = L.Dense(5, activation="tanh", name="dense")(x)
average = L.GlobalAveragePooling1D(name="average")(x)
x = L.Bidirectional(L.LSTM(2, return_sequences=True), merge_mode="sum", name="sums")(x)
x = L.GRU(3, reset_after=False, go_backwards=True, name="before")(x)
x = L.RepeatVector(2, name="repeated")(x)
x = L.SimpleRNN(4, return_sequences=True, name="simple")(x)
x = L.GlobalMaxPooling1D(name="best")(x)
x = L.Rescaling(0.5, -0.25, name="scaled")(x)
model = keras.Model(steps, [average, x], name="steps")
model.set_weights([rng.uniform(-0.6, 0.6, w.shape) for w in model.get_weights()])
values = rng.uniform(-1, 1, (3, 8, 3)).astype("float32")
outputs = model.predict(values, verbose=0)


def stored(array):
    array = np.asarray(array, "float64")
    return {"shape": list(array.shape), "values": [round(float(v), 8) for v in array.ravel()]}


model.save("steps.keras")
model.save("steps.h5")
with open("steps.expected.json", "w") as file:
    json.dump(
        {
            "inputs": {"steps": stored(values)},
            "params": model.count_params(),
            "outputs": [stored(outputs[0]), stored(outputs[1])],
        },
        file,
    )
