package dev.tandem.gan.objective.augment;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Helpers of augmentations of images (batch, height, width, channels). */
final class Images {

  private Images() {}

  static void requireRatio(String name, double ratio) {
    if (!(ratio > 0 && ratio < 1)) {
      throw new IllegalArgumentException("ratio of " + name + " is not in (0, 1): " + ratio);
    }
  }

  /** A uniform number for each image: (batch, 1, 1, 1). */
  static Value uniform(Ops ops, Value images) {
    requireImages(images);
    return RandomOps.uniform(
        ops, images.spec().withShape(Shape.of(images.shape().size(0), 1, 1, 1)));
  }

  /** One of so many whole numbers from {@code low} on, for each image: (batch, 1, 1). */
  static Value whole(Ops ops, Value images, long low, long count) {
    Value unit = RandomOps.uniform(ops, one(images));
    Value number = ops.cast(ops.scale(unit, count), DataType.INT64);
    return ops.shift(ops.cast(number, images.dtype()), low);
  }

  /** 1 with a probability, a scalar, else 0, for each image: (batch, 1, 1). */
  static Value chance(Ops ops, Value images, Value probability) {
    return ops.greater(probability, RandomOps.uniform(ops, one(images)));
  }

  /** A standard normal number for each image: (batch, 1, 1). */
  static Value normal(Ops ops, Value images) {
    return RandomOps.normal(ops, one(images));
  }

  /** A normal number with a probability, else 0, for each image: (batch, 1, 1). */
  static Value maybeNormal(Ops ops, Value images, Value probability, double deviation) {
    Value number = ops.scale(normal(ops, images), deviation);
    return ops.multiply(chance(ops, images, probability), number);
  }

  private static TensorSpec one(Value images) {
    requireImages(images);
    return images.spec().withShape(Shape.of(images.shape().size(0), 1, 1));
  }

  /** 0, 1, … up to one less than a count: (count). */
  static Value places(Ops ops, long count, DataType dtype) {
    Backend.require();
    INDArray ramp = Nd4j.zeros(dtype, count);
    for (long place = 0; place < count; place++) {
      ramp.putScalar(place, place);
    }
    return ops.constant(ramp);
  }

  private static void requireImages(Value images) {
    if (images.rank() != 4) {
      throw new IllegalArgumentException(
          "this augmentation changes images (batch, height, width, channels), got "
              + images.spec()
              + "; instanceNoise works on any samples");
    }
  }
}
