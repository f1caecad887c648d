package dev.tandem.gan.config;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.optimizer.AdaBelief;
import dev.tandem.core.optimizer.AdaDelta;
import dev.tandem.core.optimizer.AdaGrad;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.AdamW;
import dev.tandem.core.optimizer.Adamax;
import dev.tandem.core.optimizer.Nadam;
import dev.tandem.core.optimizer.RmsProp;
import dev.tandem.core.optimizer.Schedule;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.gan.conditioning.Auxiliary;
import dev.tandem.gan.net.NetTypes;
import dev.tandem.gan.objective.augment.AdaAugmentations;
import dev.tandem.gan.objective.augment.Augmentations;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.loss.LabelNoise;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.Alternation;
import dev.tandem.gan.train.WeightAverage;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The values of components that a file leaves out, which are those of the factories in Java. */
final class Defaults {

  private static final Map<Class<?>, Sample> SAMPLES = new HashMap<>();

  /**
   * A record with the usual values.
   *
   * @param required components without such
   */
  private record Sample(Record record, ImmutableSet<String> required) {}

  static {
    Schedule schedule = Schedules.constant(0.5);
    add(Adam.rate(1), "rate");
    add(Adam.rate(1).beta2(schedule), "rate", "beta2");
    add(new AdamW(Adam.rate(1), 0, true), "adam", "decay"); // what files without "all" mean
    add(Adamax.rate(1), "rate");
    add(Nadam.rate(1), "rate");
    add(AdaBelief.rate(1), "rate");
    add(AdaDelta.rate(1), "rate");
    add(AdaGrad.rate(1), "rate");
    add(RmsProp.rate(1), "rate");
    add(Sgd.rate(1), "rate");
    add(Schedules.exponentialDecay(1, 1, 1), "start", "steps", "factor");
    add(Schedules.linearDecay(1, 1, 0), "start", "steps", "end");
    add(Schedules.cosineDecay(1, 1), "start", "steps");
    add(Schedules.cosineRestarts(1, 1), "start", "steps");
    add(Schedules.warmUp(1, schedule), "steps", "then");

    add((Record) Penalties.gradientPenalty(1), "weight");
    add((Record) Penalties.dragan(1), "weight");
    add((Record) Penalties.leCam(1), "weight");
    add((Record) Penalties.consistency(1, Augmentations.brightness()), "ofReal", "changes");
    add(LabelNoise.none());
    add((Record) Augmentations.brightness());
    add((Record) AdaAugmentations.blits());
    add((Record) AdaAugmentations.geometry());
    add((Record) AdaAugmentations.color());
    add(Strength.adaptive());
    add((Record) WeightAverage.halfLife(1, Double.POSITIVE_INFINITY), "halfLife");
    add(Alternation.alternating());
    add(Optimizers.both(Adam.rate(2e-4).beta1(0.5)));
    add(new Auxiliary(2, 1, true), "classes");
    add(DataSettings.named("mnist"));
    add(AugmentSettings.none());
    add(MetricSettings.none());
    add(new CheckpointSettings(500, 2));
    add(new Budget(5000, OptionalDouble.empty()));
    add(WorkerSettings.none());
    add(new NetSettings());
    add(Layout.usual(), "loss");
  }

  private Defaults() {}

  private static void add(Record usual, String... required) {
    SAMPLES.put(usual.getClass(), new Sample(usual, ImmutableSet.copyOf(required)));
  }

  /** The usual value of a component; empty if it has to be given. */
  static Optional<Object> of(Class<?> type, RecordComponent component) {
    Sample sample = SAMPLES.get(type);
    if (sample != null) {
      return sample.required().contains(component.getName())
          ? Optional.empty()
          : Optional.of(Records.value(sample.record(), component));
    }
    if (Layouts.anyNumber("", type, component.getName()).isPresent()) {
      return Optional.empty(); // those of nets follow from the data, or have to be given
    }
    return NetTypes.usual(type).map(usual -> Records.value(usual, component));
  }
}
