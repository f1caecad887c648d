package dev.tandem.gan.conditioning;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Earlier samples in place of half of the new ones (Shrivastava et al., 2016, arXiv:1612.07828; as
 * in CycleGAN, Zhu et al., 2017, arXiv:1703.10593): (batch, …) to (batch, …). Until the pool is
 * full, samples are stored and go through. Then each sample goes through with probability 1/2, and
 * else takes the place of a stored one, which goes on instead of it.
 *
 * <p>The places of a batch are neighbors from a random one on, so that no two samples meet; of a
 * batch larger than the pool only so many samples take part. Outside of training all go through.
 * The pool is the layer's state: a checkpoint has it, and what is sampled follows from the step's
 * number.
 */
final class ReplayPool extends Layer {

  private final int size;
  private @Nullable Weight samples;
  private @Nullable Weight filled;

  ReplayPool(String name, int size) {
    super(name);
    this.size = size;
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    return new ReplayPool(name(), size);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    TensorSpec input = inputs.get(0);
    Shape all = Shape.of(size, input.shape().sample().length());
    samples = memory("samples", all, input.dtype(), Initializers.zeros());
    filled = memory("filled", Shape.scalar(), input.dtype(), Initializers.zeros());
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return List.of(inputs.get(0));
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    Value x = inputs.get(0);
    if (!forward.isTraining()) {
      return List.of(x);
    }
    Ops ops = forward.ops();
    long batch = x.shape().size(0);
    long taking = Math.min(batch, size);
    Value rows = ops.reshape(x, batch, x.shape().length() / batch);
    Value mixed = mixed(forward, ops.slice(rows, 0, 0, taking));
    Value all =
        taking == batch
            ? mixed
            : ops.concat(0, List.of(mixed, ops.slice(rows, 0, taking, batch - taking)));
    return List.of(ops.reshape(all, x.shape()));
  }

  /** New rows or stored ones; (rows, length), at most as many as the pool has. */
  private Value mixed(LayerCall forward, Value rows) {
    Backend.require();
    Ops ops = forward.ops();
    Weight pool = Objects.requireNonNull(samples);
    Weight count = Objects.requireNonNull(filled);
    Value kept = forward.weight(pool);
    Value before = forward.weight(count);
    long number = rows.shape().size(0);
    Shape column = Shape.of(number, 1);
    Value places = ops.constant(Nd4j.arange(number).castTo(rows.dtype()).reshape(number, 1));

    // 1 or 0 each: whether the pool is full, whether a row fills a place, whether it is exchanged
    Value full = ops.step(ops.shift(before, 0.5 - size));
    Value next = ops.add(places, before);
    Value free = ops.step(ops.shift(ops.negate(next), size - 0.5));
    Value fills = ops.multiply(free, ops.shift(ops.negate(full), 1));
    Value heads = ops.step(ops.shift(RandomOps.uniform(ops, rows.spec().withShape(column)), -0.5));
    Value exchanged = ops.multiply(heads, full);

    Value start = RandomOps.uniform(ops, rows.spec().withShape(Shape.of(1, 1)));
    Value at = ops.add(places, whole(ops, ops.clip(ops.scale(start, size), 0, size - 0.5)));
    Value around = ops.subtract(at, ops.scale(ops.step(ops.shift(at, 0.5 - size)), size));
    Value place =
        ops.add(
            ops.multiply(around, full),
            ops.multiply(ops.clip(next, 0, size - 1), ops.shift(ops.negate(full), 1)));
    Value index = ops.cast(ops.reshape(ops.shift(place, 0.25), number), DataType.INT32);

    Value old = ArrayOps.gather(ops, kept, index);
    Value stored = ops.add(fills, exchanged);
    Value changed = ArrayOps.segmentSum(ops, stored, index, size);
    Value added = ArrayOps.segmentSum(ops, ops.multiply(rows, stored), index, size);
    Value stays = ops.multiply(kept, ops.shift(ops.negate(changed), 1));
    forward.update(pool, ops.add(stays, added));
    forward.update(count, ops.clip(ops.shift(before, number), 0, size));
    return ops.add(
        ops.multiply(old, exchanged), ops.multiply(rows, ops.shift(ops.negate(exchanged), 1)));
  }

  private static Value whole(Ops ops, Value x) {
    return ops.cast(ops.cast(x, DataType.INT32), x.dtype());
  }
}
