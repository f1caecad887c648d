package dev.tandem.core.op.norm;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/**
 * (batch, …places, channels) as other normalizations see groups of channels of samples.
 *
 * @param shape with the batch first and channels last
 * @param groups of neighboring channels, which they divide
 */
record GroupLayout(Shape shape, int groups) {

  long batch() {
    return shape.size(0);
  }

  private long channels() {
    return shape.size(-1);
  }

  /** The channels of a group. */
  long inGroup() {
    return channels() / groups;
  }

  private long places() {
    return shape.length() / batch() / channels();
  }

  /** (places, batch · channels): samples stand beside channels, as if each were one of a batch. */
  Value placesFirst(Ops ops, Value x) {
    Value three = ops.reshape(x, batch(), places(), channels());
    return ops.reshape(ops.permute(three, 1, 0, 2), places(), batch() * channels());
  }

  /** From (places, batch · channels) to the shape. */
  Value fromPlacesFirst(Ops ops, Value y) {
    Value three = ops.reshape(y, places(), batch(), channels());
    return ops.reshape(ops.permute(three, 1, 0, 2), shape);
  }

  /** (batch · groups, places · channels of a group). */
  Value groupsFirst(Ops ops, Value x) {
    Value four = ops.reshape(x, batch(), places(), groups, inGroup());
    return ops.reshape(ops.permute(four, 0, 2, 1, 3), batch() * groups, places() * inGroup());
  }

  /** From (batch · groups, places · channels of a group) to the shape. */
  Value fromGroupsFirst(Ops ops, Value y) {
    Value four = ops.reshape(y, batch(), groups, places(), inGroup());
    return ops.reshape(ops.permute(four, 0, 2, 1, 3), shape);
  }

  /** From (channels) or (batch, channels) to (batch · channels). */
  Value ofSamples(Ops ops, Value each) {
    return ops.reshape(ops.broadcastTo(each, Shape.of(batch(), channels())), batch() * channels());
  }

  /** From (channels) or (batch, channels) to what can be multiplied with the shape. */
  Value besideX(Ops ops, Value each) {
    if (each.shape().rank() == 1) {
      return each;
    }
    Shape open = shape;
    for (int axis = 1; axis < shape.rank() - 1; axis++) {
      open = open.with(axis, 1);
    }
    return ops.reshape(each, open);
  }
}
