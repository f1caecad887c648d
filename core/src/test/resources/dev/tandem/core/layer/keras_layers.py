"""Writes keras_layers.json: what Keras computes for the lines of LayerSamples.

Run with Keras 3 on TensorFlow: python keras_layers.py > keras_layers.json
Element i of the k-th array (inputs first, then weights in the layer's order) is sin(0.7 i + k);
moving statistics are 1 + 0.5 sin(0.7 i + k), integers are i modulo their number.
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
from keras import layers as L
from keras import regularizers as R

keras.config.set_floatx("float64")
BATCH = 2


def wave(k, shape):
    n = int(np.prod(shape))
    return np.sin(0.7 * np.arange(n) + k).reshape(shape)


IMAGE, VECTOR = (5, 4, 2), (3,)
SMALL, DECONV = (2, 3, 2), (2, 3, 2)

SAMPLES = [
    ("dense", lambda: L.Dense(2), [VECTOR]),
    ("dense of one unit", lambda: L.Dense(1, use_bias=False), [VECTOR]),
    (
        "dense with penalties",
        lambda: L.Dense(
            4,
            activation="tanh",
            kernel_regularizer=R.L2(0.1),
            bias_regularizer=R.L1(0.1),
            activity_regularizer=R.L1L2(0.01, 0.02),
        ),
        [VECTOR],
    ),
    ("conv", lambda: L.Conv2D(3, (3, 2)), [IMAGE]),
    ("conv of 1 x 1", lambda: L.Conv2D(1, 1, use_bias=False), [IMAGE]),
    ("conv with strides", lambda: L.Conv2D(2, 4, strides=2, padding="same"), [(5, 6, 1)]),
    (
        "conv with other strides",
        lambda: L.Conv2D(2, (2, 3), strides=(1, 3), padding="same"),
        [IMAGE],
    ),
    (
        "conv with stride above the window",
        lambda: L.Conv2D(2, (1, 2), strides=(2, 3), padding="same"),
        [IMAGE],
    ),
    ("conv with dilation", lambda: L.Conv2D(1, 2, dilation_rate=(2, 1)), [IMAGE]),
    (
        "conv with activation and penalty",
        lambda: L.Conv2D(
            2,
            2,
            padding="same",
            activation=lambda x: keras.ops.leaky_relu(x, 0.2),
            activity_regularizer=R.L2(0.1),
        ),
        [(3, 2, 2)],
    ),
    ("depthwise", lambda: L.DepthwiseConv2D(3, padding="same"), [IMAGE]),
    (
        "depthwise with multiplier and strides",
        lambda: L.DepthwiseConv2D((2, 3), strides=2, padding="same", depth_multiplier=2),
        [IMAGE],
    ),
    (
        "depthwise inside",
        lambda: L.DepthwiseConv2D(2, depth_multiplier=2, use_bias=False),
        [IMAGE],
    ),
    ("transposed conv", lambda: L.Conv2DTranspose(3, 4, strides=2, padding="same"), [DECONV]),
    ("transposed conv inside", lambda: L.Conv2DTranspose(1, 3, strides=2), [DECONV]),
    (
        "transposed conv with odd window",
        lambda: L.Conv2DTranspose(2, (3, 2), strides=(2, 3), padding="same", use_bias=False),
        [DECONV],
    ),
    ("transposed conv of stride 1", lambda: L.Conv2DTranspose(2, 3, padding="same"), [DECONV]),
    (
        "transposed conv with stride above the window",
        lambda: L.Conv2DTranspose(1, 2, strides=3),
        [DECONV],
    ),
    (
        "transposed conv with output padding",
        lambda: L.Conv2DTranspose(1, 3, strides=2, padding="same", output_padding=(1, 0)),
        [DECONV],
    ),
    (
        "transposed conv with output padding inside",
        lambda: L.Conv2DTranspose(1, 2, strides=3, output_padding=1),
        [DECONV],
    ),
    ("max pool", lambda: L.MaxPooling2D(2), [IMAGE]),
    ("max pool with overlap", lambda: L.MaxPooling2D(3, strides=2, padding="same"), [IMAGE]),
    ("max pool with steps of 1", lambda: L.MaxPooling2D((2, 3), strides=1), [IMAGE]),
    ("average pool", lambda: L.AveragePooling2D(2), [IMAGE]),
    (
        "average pool with overlap",
        lambda: L.AveragePooling2D(3, strides=(2, 1), padding="same"),
        [IMAGE],
    ),
    ("global max pool", lambda: L.GlobalMaxPooling2D(), [IMAGE]),
    ("global average pool", lambda: L.GlobalAveragePooling2D(), [IMAGE]),
    ("upsampling", lambda: L.UpSampling2D(2), [SMALL]),
    ("upsampling of rows", lambda: L.UpSampling2D((3, 1)), [(2, 2, 1)]),
    ("padding", lambda: L.ZeroPadding2D(1), [SMALL]),
    ("uneven padding", lambda: L.ZeroPadding2D(((0, 2), (1, 0))), [SMALL]),
    ("cropping", lambda: L.Cropping2D(1), [IMAGE]),
    ("uneven cropping", lambda: L.Cropping2D(((0, 2), (1, 0))), [IMAGE]),
    ("flatten", lambda: L.Flatten(), [SMALL]),
    ("flatten of vectors", lambda: L.Flatten(), [VECTOR]),
    ("reshape", lambda: L.Reshape((3, 4)), [(2, 6)]),
    ("reshape with a rest", lambda: L.Reshape((2, -1, 1)), [(2, 3)]),
    ("permute", lambda: L.Permute((2, 1)), [(2, 3)]),
    ("permute of images", lambda: L.Permute((3, 1, 2)), [(2, 3, 4)]),
    ("relu", lambda: L.Activation("relu"), [(2, 3)]),
    ("capped relu", lambda: L.ReLU(max_value=0.7), [(2, 3)]),
    (
        "hard sigmoid",  # Keras 3 has the slope 1/6 alone, Keras 2 0.2
        lambda: L.Activation(lambda x: keras.ops.clip(0.4 * x + 0.5, 0, 1)),
        [(2, 3)],
    ),
    ("leaky relu", lambda: L.LeakyReLU(0.3), [(2, 3)]),
    ("elu", lambda: L.Activation("elu"), [(2, 3)]),
    ("elu of 0.5", lambda: L.ELU(0.5), [(2, 3)]),
    ("selu", lambda: L.Activation("selu"), [(2, 3)]),
    ("gelu", lambda: L.Activation("gelu"), [(2, 3)]),
    (
        "approximate gelu",
        lambda: L.Activation(lambda x: keras.ops.gelu(x, approximate=True)),
        [(2, 3)],
    ),
    ("swish", lambda: L.Activation("silu"), [(2, 3)]),
    ("tanh", lambda: L.Activation("tanh"), [(2, 3)]),
    ("sigmoid", lambda: L.Activation("sigmoid"), [(2, 3)]),
    ("softplus", lambda: L.Activation("softplus"), [(2, 3)]),
    ("softmax", lambda: L.Activation("softmax"), [(2, 3)]),
    ("prelu", lambda: L.PReLU(), [(2, 3)]),
    ("prelu of channels", lambda: L.PReLU(shared_axes=[1, 2]), [IMAGE]),
    ("batch norm", lambda: L.BatchNormalization(), [VECTOR]),
    ("batch norm of images", lambda: L.BatchNormalization(momentum=0.8), [IMAGE]),
    (
        "batch norm without scale",
        lambda: L.BatchNormalization(scale=False, epsilon=0.1),
        [VECTOR],
    ),
    (
        "batch norm without both",
        lambda: L.BatchNormalization(scale=False, center=False),
        [(2, 2)],
    ),
    ("frozen batch norm", lambda: L.BatchNormalization(trainable=False), [VECTOR]),
    ("layer norm", lambda: L.LayerNormalization(), [VECTOR]),
    (
        "layer norm without center",
        lambda: L.LayerNormalization(center=False, epsilon=0.1),
        [(2, 4)],
    ),
    ("dropout of nothing", lambda: L.Dropout(0.0), [VECTOR]),
    ("no noise", lambda: L.GaussianNoise(0.0), [VECTOR]),
    ("embedding", lambda: L.Embedding(4, 3), [(2,)], 4),
    ("embedding of scalars", lambda: L.Embedding(3, 2), [()], 3),
    ("lstm", lambda: L.LSTM(2), [(3, 2)]),
    (
        "lstm with sequences",
        lambda: L.LSTM(1, return_sequences=True, unit_forget_bias=False),
        [(3, 2)],
    ),
    (
        "lstm of one step",
        lambda: L.LSTM(2, use_bias=False, activation="softplus", recurrent_activation="tanh"),
        [(1, 3)],
    ),
    (
        "time distributed dense",
        lambda: L.TimeDistributed(L.Dense(2, activation="tanh")),
        [(3, 2)],
    ),
    (
        "time distributed conv",
        lambda: L.TimeDistributed(L.Conv2D(1, 2)),
        [(2, 2, 3, 1)],
    ),
    ("sum", lambda: L.Add(), [VECTOR, VECTOR]),
    ("sum of three", lambda: L.Add(), [VECTOR, VECTOR, VECTOR]),
    ("sum with a repeated axis", lambda: L.Add(), [(2, 1), (1, 3)]),
    ("difference", lambda: L.Subtract(), [VECTOR, VECTOR]),
    ("product", lambda: L.Multiply(), [(2, 2), (2, 1)]),
    ("mean", lambda: L.Average(), [VECTOR, VECTOR, VECTOR]),
    ("largest", lambda: L.Maximum(), [VECTOR, VECTOR, VECTOR]),
    ("concatenation", lambda: L.Concatenate(), [(2, 1), (2, 3)]),
    ("concatenation of rows", lambda: L.Concatenate(axis=1), [(2, 3), (1, 3), (2, 3)]),
    ("dot", lambda: L.Dot(axes=1), [VECTOR, VECTOR]),
    ("cosine", lambda: L.Dot(axes=-1, normalize=True), [VECTOR, VECTOR]),
    ("dot of matrices", lambda: L.Dot(axes=(2, 1)), [(2, 3), (3, 4)]),
    (
        "dot of transposed matrices",
        lambda: L.Dot(axes=(1, 2), normalize=True),
        [(3, 2), (4, 3)],
    ),
    ("dot of matrix and vector", lambda: L.Dot(axes=(2, 1)), [(2, 3), VECTOR]),
    ("dot of vector and matrix", lambda: L.Dot(axes=1), [VECTOR, (3, 2)]),
]


def rounded(array):
    return [float(f"{x:.9g}") for x in np.asarray(array, dtype="float64").ravel()]


def compute(make, shapes, below):
    layer = make()
    shapes = [(BATCH,) + shape for shape in shapes]
    if below:
        inputs = [(np.arange(int(np.prod(s))) % below).reshape(s).astype("int32") for s in shapes]
    else:
        inputs = [wave(k, s) for k, s in enumerate(shapes)]
    args = inputs[0] if len(inputs) == 1 else inputs
    layer(args)  # builds
    weights = []
    for weight in layer.weights:
        if "seed" in weight.name:
            continue
        values = wave(len(inputs) + len(weights), weight.shape)
        if "moving" in weight.name:
            values = 1 + 0.5 * values
        weight.assign(values)
        weights.append(weight)
    inference = layer(args, training=False) if accepts_training(layer) else layer(args)
    training = layer(args, training=True) if accepts_training(layer) else inference
    result = {
        "shape": [int(n) for n in np.shape(training)],
        "training": rounded(training),
        "params": int(sum(np.prod(w.shape) for w in weights)),
    }
    if rounded(training) != rounded(inference):
        result["inference"] = rounded(inference)
    state = [w for w in weights if "moving" in w.name]
    if state:
        result["state"] = [rounded(w) for w in state]
    if getattr(layer, "activity_regularizer", None):
        total = layer.activity_regularizer(training) / BATCH
        result["penalty"] = float(f"{float(total):.9g}")
        layer(args)
        assert abs(float(layer.losses[0]) - float(total)) < 1e-9
    return result


def accepts_training(layer):
    return layer._call_has_training_arg


print("{")
lines = []
for sample in SAMPLES:
    title, make, shapes = sample[:3]
    below = sample[3] if len(sample) > 3 else 0
    lines.append(f"{json.dumps(title)}: {json.dumps(compute(make, shapes, below))}")
print(",\n".join(lines))
print("}")
