package dev.tandem.core.lowering;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Value;

/**
 * A model in ops.
 *
 * @param outputs the model's outputs in their order
 * @param masks of those outputs that have one, by their number: (batch, steps)
 * @param layers every layer that was computed, each once
 * @param activityLosses scalars that layers add to the loss
 * @param updates the state weights that this step moves, and to what
 */
public record Lowered(
    ImmutableList<Value> outputs,
    ImmutableMap<Integer, Value> masks,
    ImmutableList<Layer> layers,
    ImmutableList<Value> activityLosses,
    ImmutableMap<Weight, Value> updates) {}
