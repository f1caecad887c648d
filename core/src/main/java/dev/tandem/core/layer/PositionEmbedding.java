package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A learned vector added to each step by its place: (batch, steps, features) to the same shape, of
 * as many steps as there are places or fewer. Weights: embeddings (places, features).
 */
public final class PositionEmbedding extends SimpleLayer<PositionEmbedding> {

  private static final Setting<Integer> LENGTH =
      Setting.integer("length").called("number of places").checked(Check::positive);
  private static final ParameterSettings EMBEDDINGS =
      ParameterSettings.of("embeddings", Initializers.glorotUniform());

  private @Nullable Weight embeddings;

  PositionEmbedding(LayerSettings settings) {
    super(settings);
  }

  /** A layer of this many places, at least 1. */
  public static PositionEmbedding length(int places) {
    return new PositionEmbedding(LayerSettings.of(LENGTH, places));
  }

  /** The first vectors; {@linkplain Initializers#glorotUniform Glorot uniform} unless set. */
  public PositionEmbedding embeddingsInitializer(Initializer initializer) {
    return set(EMBEDDINGS.initializer(), initializer);
  }

  /** A penalty on the vectors; none unless set. */
  public PositionEmbedding embeddingsRegularizer(Regularizer regularizer) {
    return set(EMBEDDINGS.regularizer(), regularizer);
  }

  @Override
  protected void build(TensorSpec input) {
    Shape shape = Shape.of(get(LENGTH), input.shape().size(-1));
    embeddings = parameter(EMBEDDINGS, shape, input.dtype());
  }

  @Override
  protected Shape output(Shape input) {
    requireRank(input, 3, "(batch, steps, features)", "insert a Reshape");
    if (input.size(1) > get(LENGTH)) {
      throw reject(
          "has vectors for " + get(LENGTH) + " places",
          input,
          "give it shorter sequences or set a greater length");
    }
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    long steps = x.shape().size(1);
    Value places = forward.weight(Objects.requireNonNull(embeddings));
    Value here = steps == get(LENGTH) ? places : ops.slice(places, 0, 0, steps);
    return ops.add(x, ops.reshape(here, 1, steps, x.shape().size(2)));
  }

  @Override
  protected boolean carriesMasks() {
    return true;
  }
}
