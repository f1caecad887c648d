package dev.tandem.gan.train;

import com.google.common.collect.BiMap;
import com.google.common.collect.HashBiMap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.tandem.core.layer.SettingTypes;
import dev.tandem.core.optimizer.OptimizerTypes;
import dev.tandem.gan.conditioning.ConditioningTypes;
import dev.tandem.gan.latent.LatentTypes;
import dev.tandem.gan.objective.augment.AugmentationTypes;
import dev.tandem.gan.objective.loss.AdversarialLossTypes;
import dev.tandem.gan.objective.penalty.PenaltyTypes;

/**
 * The names by which runs know the types of their settings: losses, penalties, optimizers and the
 * like. A class may be renamed or moved as long as its name here stays.
 */
public final class RunTypes {

  private static final BiMap<String, Class<?>> TYPES = Maps.synchronizedBiMap(HashBiMap.create());

  static {
    LatentTypes.all().forEach(RunTypes::register);
    ConditioningTypes.all().forEach(RunTypes::register);
    AdversarialLossTypes.all().forEach(RunTypes::register);
    PenaltyTypes.all().forEach(RunTypes::register);
    AugmentationTypes.all().forEach(RunTypes::register);
    OptimizerTypes.all().forEach(RunTypes::register);
    register("schedule", Alternation.class);
    register("average", WeightAverage.Constant.class);
    register("ramped_average", WeightAverage.Ramped.class);
    register("half_life_average", WeightAverage.HalfLife.class);
    register("scheduled_average", WeightAverage.Scheduled.class);
    register("scheduled_half_life_average", WeightAverage.ScheduledHalfLife.class);
    register("scaled_rate", ScaledRate.class);
  }

  private RunTypes() {}

  /**
   * Adds a type of a user's own, which without this is known by the name of its class.
   *
   * @param name how saved runs call it, for ever
   * @throws IllegalStateException if the name or the class is registered already
   */
  public static void register(String name, Class<?> type) {
    synchronized (TYPES) {
      if (TYPES.containsKey(name) || TYPES.containsValue(type)) {
        throw new IllegalStateException("\"" + name + "\" or " + type + " is registered already");
      }
      TYPES.put(name, type);
    }
  }

  /** The types there are now, by name. */
  public static ImmutableMap<String, Class<?>> all() {
    synchronized (TYPES) {
      return ImmutableSortedMap.copyOf(TYPES);
    }
  }

  static String name(Class<?> type) {
    String name = TYPES.inverse().get(type);
    if (name != null) {
      return name;
    }
    try {
      return SettingTypes.name(type);
    } catch (IllegalArgumentException e) {
      return type.getName();
    }
  }
}
