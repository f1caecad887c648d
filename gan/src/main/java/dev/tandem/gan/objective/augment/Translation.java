package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** Each image moved by whole pixels, zeros moving in: a product with a matrix of ones and zeros. */
record Translation(double ratio) implements Augmentation {

  Translation {
    Images.requireRatio("translation", ratio);
  }

  @Override
  public Value apply(Ops ops, Value images) {
    Value moved = alongRows(ops, images);
    Value turned = alongRows(ops, ops.permute(moved, 0, 2, 1, 3));
    return ops.permute(turned, 0, 2, 1, 3);
  }

  private Value alongRows(Ops ops, Value images) {
    long rows = images.shape().size(1);
    long reach = Math.round(rows * ratio);
    Value distance = Images.whole(ops, images, -reach, 2 * reach + 1);
    Value places = Images.places(ops, rows, images.dtype());
    Value sources = ops.add(ops.reshape(places, 1, rows, 1), distance);
    Value choice = ops.equal(ops.reshape(places, 1, 1, rows), sources);
    Value flat =
        ops.reshape(
            images, images.shape().size(0), rows, images.shape().size(2) * images.shape().size(3));
    return ops.reshape(ops.matmul(choice, flat), images.shape());
  }
}
