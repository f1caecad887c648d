package dev.tandem.gan.objective;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What augmentations of images (batch, height, width, channels) have in common. */
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
    return ops.randomUniform(images.spec().withShape(Shape.of(images.shape().size(0), 1, 1, 1)));
  }

  /** One of so many whole numbers from {@code low} on, for each image: (batch, 1, 1). */
  static Value whole(Ops ops, Value images, long low, long count) {
    requireImages(images);
    TensorSpec one = images.spec().withShape(Shape.of(images.shape().size(0), 1, 1));
    Value drawn = ops.cast(ops.scale(ops.randomUniform(one), count), DataType.INT64);
    return ops.shift(ops.cast(drawn, images.dtype()), low);
  }

  /** 0, 1, … up to one less than a count: (count). */
  static Value places(Ops ops, long count, DataType dtype) {
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
