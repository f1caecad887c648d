"""Writes the fixtures `real_*` of this folder with Keras itself: models, weights, inputs and what Keras predicts.

Run: KERAS_BACKEND=jax python3 written_by_keras.py   (Keras 3.15.1, JAX 0.10.2)
"""

import json
import os

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from keras import layers as L

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(21)


def numbers(shape, low=-1, high=1):
    return rng.uniform(low, high, shape).astype("float32")


def shuffle(model):
    """Weights that all tell; what has to be positive stays so."""
    for weight in model.weights:
        if weight.dtype not in ("float32",):
            continue
        value = numbers(weight.shape, -0.5, 0.5)
        weight.assign(np.abs(value) + 0.5 if "variance" in weight.path or "gamma" in weight.path else value)


def put(model, inputs, name, endings=(".keras", ".h5", ".weights.h5"), change=True):
    if change:
        shuffle(model)
    for ending in endings:
        path = os.path.join(HERE, name + ending)
        (model.save_weights if ending == ".weights.h5" else model.save)(path)
    given = [inputs[x.name] for x in model.inputs]
    outputs = model(given if len(given) > 1 else given[0], training=False)
    outputs = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
    entry = lambda a: {"shape": list(a.shape), "values": [float(f"{v:.9g}") for v in np.asarray(a).ravel()]}
    with open(os.path.join(HERE, name + ".expected.json"), "w") as file:
        expected = {"inputs": {k: entry(v) for k, v in inputs.items()}, "outputs": [entry(o) for o in outputs]}
        json.dump(expected, file)
    print(name, [o.shape for o in outputs], sum(int(np.prod(w.shape)) for w in model.weights))


# Images: every kind of layer for them, after a training step that moved statistics.
image = keras.Input((9, 8, 3), name="image")
x = L.Rescaling(2.0, offset=-1.0)(image)
x = L.Conv2D(6, 3, strides=2, padding="same", name="conv1", kernel_regularizer=keras.regularizers.L2(1e-3))(x)
x = L.BatchNormalization(name="bn", momentum=0.9)(x)
x = L.LeakyReLU(negative_slope=0.2)(x)
skip = L.Conv2D(6, 1, use_bias=False, activation="relu", name="skip")(x)
x = L.Conv2D(6, (3, 2), padding="same", dilation_rate=2, activation="gelu", name="dilated")(x)
x = L.Add()([x, skip])
x = L.DepthwiseConv2D(3, padding="same", depth_multiplier=2, activation="swish", name="depth")(x)
x = L.SeparableConv2D(5, 3, padding="same", activation="elu", name="separable")(x)
x = L.GroupNormalization(groups=5, name="gn")(x)
x = L.PReLU(shared_axes=[1, 2], name="prelu")(x)
x = L.UpSampling2D(2)(x)
x = L.Conv2DTranspose(4, (4, 3), strides=2, padding="same", name="up")(x)
x = L.ZeroPadding2D(((1, 0), (2, 1)))(x)
x = L.Cropping2D(((0, 1), (1, 1)))(x)
x = L.Activation("selu")(x)
a = L.MaxPooling2D(2, padding="same")(x)
b = L.AveragePooling2D((2, 3), strides=2, padding="same")(x)
x = L.Concatenate(name="joined")([a, b])
x = L.SpatialDropout2D(0.3)(L.GaussianNoise(0.1)(x))
x = L.LayerNormalization(name="ln")(x)
x = L.RandomFlip()(x)
top = L.GlobalMaxPooling2D()(x)
mean = L.GlobalAveragePooling2D()(x)
code = L.Multiply()([top, mean])
classes = L.Dense(4, activation="softmax", name="classes")(L.Dropout(0.5)(code))
flat = L.Dense(2, name="flat", bias_regularizer="l1")(L.Flatten()(x))
images = keras.Model(image, [classes, flat], name="images")
data = numbers((4, 9, 8, 3))
images.compile("adam", loss=["sparse_categorical_crossentropy", "mse"])
images.fit(data, [np.array([0, 1, 2, 3]), numbers((4, 2))], epochs=2, verbose=0)
put(images, {"image": data}, "real_images", change=False)

# Sequences: embedding, recurrence, layers over steps, merges.
words = keras.Input((6,), dtype="int32", name="words")
extra = keras.Input((6, 3), name="extra")
x = L.Embedding(12, 4, name="embedding")(words)
x = L.Concatenate()([x, extra])
x = L.LSTM(5, return_sequences=True, name="lstm1")(x)
x = L.TimeDistributed(L.Dense(4, activation="relu", name="step"), name="steps")(x)
y = L.Dense(4, activation="tanh", name="ranked")(x)
x = L.Maximum()([x, y])
x = L.Average()([x, y, L.Subtract()([x, y])])
dots = L.Dot(axes=(2, 2))([x, y])
x = L.Permute((2, 1))(dots)
x = L.Reshape((6, 6, 1))(x)
x = L.ReLU(max_value=6)(x)
x = L.Reshape((6, 6))(x)
x = L.LSTM(3, recurrent_activation="hard_sigmoid", unit_forget_bias=False, name="lstm2")(x)
x = L.Softmax()(x)
x = L.ELU(alpha=0.7)(x)
tags = L.Dense(2, activation="hard_sigmoid", name="tags")(L.Identity()(x))
put(keras.Model([words, extra], tags, name="sequences"),
    {"words": rng.integers(0, 12, (4, 6)).astype("int32"), "extra": numbers((4, 6, 3))}, "real_sequences")

# Nested models, a shared layer, a shared model, frozen parts, a call with training=False.
part = keras.Input((5,), name="part")
lift = L.Dense(4, name="lift")
encoder = keras.Model(part, L.BatchNormalization(name="bn")(lift(part)), name="encoder")
left, right = keras.Input((5,), name="left"), keras.Input((5,), name="right")
difference = L.Subtract(name="difference")([encoder(left), encoder(right, training=False)])
inner = keras.Sequential([keras.Input((4,)), L.Dense(3, activation="softplus", name="a"), L.Dense(3, name="b")], name="inner")
near = L.Dense(1, activation="sigmoid", name="near")(inner(difference))
far = L.Dense(2, name="far")(L.Add()([lift(right), encoder(left)]))
twins = keras.Model([left, right], [near, far], name="twins")
encoder.trainable = False
inner.get_layer("a").trainable = False
put(twins, {"left": numbers((4, 5)), "right": numbers((4, 5))}, "real_twins")

# A generator as GANs have them.
generator = keras.Sequential(
    [
        keras.Input((8,), name="noise"),
        L.Dense(2 * 2 * 6, use_bias=False),
        L.BatchNormalization(),
        L.LeakyReLU(0.2),
        L.Reshape((2, 2, 6)),
        L.Conv2DTranspose(4, 5, strides=1, padding="same", use_bias=False),
        L.BatchNormalization(),
        L.LeakyReLU(0.2),
        L.Conv2DTranspose(3, 5, strides=(2, 2), padding="same", use_bias=False, activation="tanh"),
    ],
    name="generator",
)
put(generator, {"noise": numbers((4, 8))}, "real_generator")

# Spectral norm after a step in training.
critic = keras.Sequential(
    [
        keras.Input((6, 6, 2), name="image"),
        L.SpectralNormalization(L.Conv2D(4, 3, strides=2, padding="same", name="inner1"), name="sn1"),
        L.LeakyReLU(),
        L.Flatten(),
        L.SpectralNormalization(L.Dense(1, name="inner2"), power_iterations=2, name="sn2"),
    ],
    name="critic",
)
data = numbers((4, 6, 6, 2))
for _ in range(30):
    critic(data, training=True)
critic.layers[-1].layer.trainable = False
put(critic, {"image": data}, "real_critic", change=False)
