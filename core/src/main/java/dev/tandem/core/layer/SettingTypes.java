package dev.tandem.core.layer;

import com.google.common.collect.BiMap;
import com.google.common.collect.HashBiMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.initializer.Orthogonal;
import dev.tandem.core.initializer.VarianceScaling;
import dev.tandem.core.regularizer.Regularizers;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The records and enums that may stand in a {@link LayerSettings}, by the short names that files
 * know them by: activations, initializers, regularizers and the like.
 */
public final class SettingTypes {

  private static final BiMap<String, Class<?>> TYPES = Maps.synchronizedBiMap(HashBiMap.create());

  static {
    register("relu", Activations.Relu.class);
    register("leaky_relu", Activations.LeakyRelu.class);
    register("elu", Activations.Elu.class);
    register("capped_relu", Activations.CappedRelu.class);
    register("hard_sigmoid", Activations.HardSigmoid.class);
    register("selu", Activations.Selu.class);
    register("gelu", Activations.Gelu.class);
    register("swish", Activations.Swish.class);
    register("tanh", Activations.Tanh.class);
    register("sigmoid", Activations.Sigmoid.class);
    register("softplus", Activations.Softplus.class);
    register("softmax", Activations.Softmax.class);

    register("constant", Initializers.Constant.class);
    register("normal", Initializers.Normal.class);
    register("truncated_normal", Initializers.TruncatedNormal.class);
    register("uniform", Initializers.Uniform.class);
    register("variance_scaling", VarianceScaling.class);
    register("fan", VarianceScaling.Fan.class);
    register("distribution", VarianceScaling.Distribution.class);
    register("orthogonal", Orthogonal.class);

    register("l1_l2", Regularizers.L1L2.class);

    register("padding", Padding.class);
    register("merge_mode", MergeMode.class);
    register("data_type", DataType.class);
    register("layer", LayerSpec.class);
  }

  private SettingTypes() {}

  /**
   * Adds a record or an enum.
   *
   * @param name how files call it, for ever
   * @throws IllegalArgumentException if it is neither a record nor an enum
   * @throws IllegalStateException if the name or the class is registered already
   */
  public static void register(String name, Class<?> type) {
    if (!type.isRecord() && !type.isEnum()) {
      throw new IllegalArgumentException(type + " is neither a record nor an enum");
    }
    synchronized (TYPES) {
      if (TYPES.containsKey(name) || TYPES.containsValue(type)) {
        throw new IllegalStateException("\"" + name + "\" or " + type + " is registered already");
      }
      TYPES.put(name, type);
    }
  }

  /** The names of all types, sorted. */
  public static Set<String> names() {
    synchronized (TYPES) {
      return ImmutableSortedSet.copyOf(TYPES.keySet());
    }
  }

  /**
   * The type of a name.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public static Class<?> type(String name) {
    Class<?> type = TYPES.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "there is no setting type \""
              + name
              + "\"; there are "
              + names()
              + ", and SettingTypes.register adds others");
    }
    return type;
  }

  /**
   * The name of a type.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static String name(Class<?> type) {
    String name = TYPES.inverse().get(type);
    if (name == null) {
      throw new IllegalArgumentException(
          type.getName()
              + " has no name for files; use a record and register it with SettingTypes.register");
    }
    return name;
  }
}
