package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Adam with decoupled weight decay (Loshchilov, Hutter, ICLR 2019, arXiv:1711.05101): {@code w ← w
 * − rate · decay · w}, and then {@link Adam}'s step, as in Keras. Kernels and tables decay; biases,
 * and scales and shifts of norms do not, unless {@link #decayingAll()} says so: weights of at most
 * one axis, and those whose name ends in {@code bias}.
 *
 * @param adam what moves the decayed weight
 * @param decay at least 0; 0.004 unless set
 * @param all whether every moved weight decays; false unless it is said
 */
public record AdamW(Adam adam, double decay, boolean all) implements Optimizer {

  /** Checks the decay. */
  public AdamW {
    Objects.requireNonNull(adam, "adam");
    Check.notNegative("weight decay", decay);
  }

  /** AdamW at a constant rate. */
  public static AdamW rate(double rate) {
    return rate(Schedules.constant(rate));
  }

  /** AdamW. */
  public static AdamW rate(Schedule rate) {
    return new AdamW(Adam.rate(rate), 0.004, false);
  }

  /** The same with another memory of gradients, in [0, 1). */
  public AdamW beta1(double beta1) {
    return new AdamW(adam.beta1(beta1), decay, all);
  }

  /** The same with another memory of squared gradients, in [0, 1). */
  public AdamW beta2(double beta2) {
    return new AdamW(adam.beta2(beta2), decay, all);
  }

  /** The same with another term beside the root, above 0. */
  public AdamW epsilon(double epsilon) {
    return new AdamW(adam.epsilon(epsilon), decay, all);
  }

  /** The same with the largest mean square so far under the root, see {@link Adam#amsgrad()}. */
  public AdamW amsgrad() {
    return new AdamW(adam.amsgrad(), decay, all);
  }

  /** The same with another decay. */
  public AdamW decay(double decay) {
    return new AdamW(adam, decay, all);
  }

  /** The same for every moved weight, biases and norms too. */
  public AdamW decayingAll() {
    return new AdamW(adam, decay, true);
  }

  @Override
  public Optimizer ofBiasesAndNorms() {
    return all ? this : adam;
  }

  @Override
  public Schedule rate() {
    return adam.rate();
  }

  @Override
  public List<Slot> slots() {
    return adam.slots();
  }

  @Override
  public List<String> scalarNames() {
    List<String> names = new ArrayList<>(adam.scalarNames());
    names.add("decay");
    return List.copyOf(names);
  }

  @Override
  public void scalars(long step, long count, double rate, double[] into) {
    adam.scalars(step, count, rate, into);
    into[into.length - 1] = rate * decay;
  }

  @Override
  public List<Value> update(
      Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars) {
    int last = scalars.size() - 1;
    Value decayed = ops.subtract(weight, ops.multiply(weight, scalars.get(last)));
    return adam.update(ops, decayed, gradient, slots, scalars.subList(0, last));
  }
}
