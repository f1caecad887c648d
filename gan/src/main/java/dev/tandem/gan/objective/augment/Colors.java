package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/**
 * Brightness and contrast; with three channels also luma, hue and saturation, about the gray axis.
 *
 * @param brightness added, in standard deviations
 * @param contrast the factor's base-2 logarithm, in standard deviations
 * @param saturation the factor's base-2 logarithm, in standard deviations
 */
record Colors(double brightness, double contrast, double saturation) implements Augmentation {

  private static final int RGB = 3;

  @Override
  public Value apply(Ops ops, Value images) {
    return apply(ops, images, ops.scalar(1, images.dtype()));
  }

  @Override
  public Value apply(Ops ops, Value images, Value strength) {
    Value lit = ops.add(images, each(ops, Images.maybeNormal(ops, images, strength, brightness)));
    Value contrasted = ops.multiply(lit, factor(ops, images, strength, contrast));
    if (images.shape().size(3) != RGB) {
      return contrasted;
    }
    Value gray = ops.mean(contrasted, true, 3);
    Value color = ops.subtract(contrasted, gray);
    Value flip =
        ops.multiply(Images.chance(ops, images, strength), Images.whole(ops, images, 0, 2));
    Value luma = ops.multiply(gray, each(ops, ops.shift(ops.scale(flip, -2), 1)));
    Value turned = turned(ops, images, strength, color);
    Value colored = ops.multiply(turned, factor(ops, images, strength, saturation));
    return ops.add(luma, colored);
  }

  /** Colors turned about the gray axis by one angle for each image, all as likely as others. */
  private static Value turned(Ops ops, Value images, Value strength, Value color) {
    Turn turn = Turn.maybe(ops, images, strength);
    Value cos = each(ops, turn.cosine());
    Value sin = each(ops, turn.sine());
    Value red = ops.slice(color, 3, 0, 1);
    Value green = ops.slice(color, 3, 1, 1);
    Value blue = ops.slice(color, 3, 2, 1);
    Value across =
        ops.concat(
            3,
            List.of(ops.subtract(blue, green), ops.subtract(red, blue), ops.subtract(green, red)));
    return ops.add(
        ops.multiply(color, cos), ops.multiply(ops.scale(across, 1 / Math.sqrt(RGB)), sin));
  }

  private static Value factor(Ops ops, Value images, Value strength, double deviation) {
    double spread = deviation * Math.log(2);
    return each(ops, ops.exp(Images.maybeNormal(ops, images, strength, spread)));
  }

  /** One number for each image, (batch, 1, 1), that broadcasts over it. */
  private static Value each(Ops ops, Value number) {
    return ops.reshape(number, number.shape().size(0), 1, 1, 1);
  }
}
