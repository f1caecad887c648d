package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.samediff.SameDiffCode;
import dev.tandem.core.regularizer.Regularizer;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer is a value until its first call, and one object from then on. */
class LayerValuesTest {

  private static final SameDiffCode CODE = (sd, in) -> sd.math().abs(in.get(0));

  /** A change of a layer by one of its methods. */
  private record Change(String text, LayerSample of, UnaryOperator<Layer> change) {
    @Override
    public String toString() {
      return of + " " + text;
    }
  }

  /** Each method of each kind of layer that gives a layer of that kind, and {@code named}. */
  static Stream<Change> changes() {
    Set<Class<?>> seen = new HashSet<>();
    return LayerSamples.all().stream()
        .filter(sample -> seen.add(sample.layer().getClass()))
        .flatMap(
            sample ->
                Stream.of(sample.layer().getClass().getMethods())
                    .filter(method -> isWither(method))
                    .map(method -> new Change(text(method), sample, on -> call(method, on))));
  }

  private static boolean isWither(Method method) {
    return !Modifier.isStatic(method.getModifiers())
        && !method.isBridge()
        && Layer.class.isAssignableFrom(method.getReturnType())
        && !method.getName().equals("wrapped")
        && method.getParameterCount() > 0;
  }

  private static String text(Method method) {
    return method.getName()
        + Stream.of(method.getParameterTypes()).map(Class::getSimpleName).toList();
  }

  private static Layer call(Method method, Layer layer) {
    Object[] values =
        Stream.of(method.getParameters()).map(LayerValuesTest::value).toArray(Object[]::new);
    try {
      method.setAccessible(true);
      return (Layer) method.invoke(layer, values);
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(Parameter parameter) {
    Class<?> type = parameter.getType();
    if (type == int.class) {
      return 1;
    } else if (type == double.class) {
      return 0.25;
    } else if (type == boolean.class) {
      return false;
    } else if (type == int[].class) {
      return new int[] {1};
    } else if (type == String.class) {
      return "other";
    } else if (type == Activation.class) {
      return Activations.softplus();
    } else if (type == Initializer.class) {
      return Initializers.constant(0.5);
    } else if (type == Regularizer.class) {
      return Regularizers.l1(0.5);
    } else if (type == Padding.class) {
      return Padding.SAME;
    } else if (type == MergeMode.class) {
      return MergeMode.SUM;
    } else if (type == DataType.class) {
      return DataType.DOUBLE;
    } else if (type == Shape.class) {
      return Shape.of(2);
    }
    throw new AssertionError("no value for " + parameter);
  }

  private static List<Object> said(Layer layer) {
    List<Object> said = new ArrayList<>();
    said.add(layer.isNamed() ? layer.name() : "unnamed");
    said.add(layer.isTrainable());
    said.add(layer.isBuilt());
    said.add(layer instanceof StandardLayer<?> standard ? standard.settings() : "code");
    return said;
  }

  @ParameterizedTest
  @MethodSource("changes")
  void change_beforeTheFirstCall_givesAnotherLayerAndLeavesThisOne(Change change) {
    Layer layer = change.of().layer();
    List<Object> before = said(layer);

    Layer other = change.change().apply(layer);

    assertThat(other).isNotSameAs(layer).hasSameClassAs(layer);
    assertThat(said(layer)).isEqualTo(before);
    assertThat(other.isBuilt()).isFalse();
    change.of().model("m", layer);
    assertThat(other.isBuilt()).isFalse();
    assertThat(other.weights().stream().filter(weight -> weight.owner() == layer)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void change_afterTheFirstCall_isRefusedByName(Change change) {
    Layer layer = change.of().layer();
    change.of().model("m", layer);
    List<Object> before = said(layer);

    assertThatThrownBy(() -> change.change().apply(layer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(layer.describe())
        .hasMessageMatching(
            ".* was called already; (set|declare) \"\\w+\" before its first call"
                + "|.* is already in use under this name"
                + "|.* which was called already; use its setTrainable");

    assertThat(said(layer)).isEqualTo(before);
  }

  @Test
  void oneBase_givesLayersOfTheirOwn() {
    Dense base = Dense.units(8);
    Dense relu = base.activation(Activations.relu());
    Dense tanh = base.activation(Activations.tanh());
    Input x = Input.of("x", 3);
    base.apply(x);
    relu.apply(x);
    tanh.apply(x);

    assertThat(base.settings()).isEqualTo(Dense.units(8).settings());
    assertThat(relu.settings()).isNotEqualTo(tanh.settings());
    assertThat(Stream.of(base, relu, tanh).flatMap(layer -> layer.weights().stream()))
        .hasSize(6)
        .doesNotHaveDuplicates()
        .allSatisfy(weight -> assertThat(weight.owner().weights()).contains(weight));
  }

  @Test
  void base_calledAfterwards_doesNotStopItsOtherLayers() {
    Dense base = Dense.units(8);
    Dense other = base.bias(false);
    base.apply(Input.of("x", 3));

    Dense third = other.named("third");
    third.apply(Input.of("y", 5));

    assertThat(other.isBuilt()).isFalse();
    assertThat(third.weights()).hasSize(1);
    assertThat(third.weight("kernel").shape()).isEqualTo(Shape.of(5, 8));
  }

  @Test
  void layer_calledTwice_isOne() {
    Dense layer = Dense.units(8).bias(false);
    Model first = Model.sequential("first", Input.of("x", 3), layer);
    Model second = Model.sequential("second", Input.of("y", 3), layer);

    assertThat(first.weights()).isEqualTo(second.weights()).hasSize(1);
  }

  @Test
  void firstCall_thatIsRefused_leavesAValue() {
    Dense layer = Dense.units(8);
    assertThatThrownBy(() -> layer.apply(Input.of("rows")))
        .isInstanceOf(IllegalArgumentException.class);

    Dense other = layer.named("later");
    other.apply(Input.of("x", 3));

    assertThat(layer.isBuilt()).isFalse();
    assertThat(layer.isNamed()).isFalse();
  }

  @Test
  void flag_ofOneLayer_isNotThatOfTheOther() {
    Dense base = Dense.units(8);
    Dense frozen = base.trainable(false);
    Dense named = frozen.named("n");

    assertThat(base.isTrainable()).isTrue();
    assertThat(frozen.isTrainable()).isFalse();
    assertThat(named.isTrainable()).isFalse();

    base.setTrainable(false);
    named.setTrainable(true);

    assertThat(base.isTrainable()).isFalse();
    assertThat(frozen.isTrainable()).isFalse();
    assertThat(named.isTrainable()).isTrue();
  }

  @Test
  void setTrainable_afterTheFirstCall_isTheFlagOfTheOneLayer() {
    Dense layer = Dense.units(8);
    Model model = Model.sequential("m", Input.of("x", 3), layer);

    layer.setTrainable(false);

    assertThat(model.trainableWeights()).isEmpty();
    assertThatThrownBy(() -> layer.trainable(true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("unnamed Dense was called already; set \"trainable\" before its first call");
  }

  @Test
  void wrapper_withAnotherSetting_isAroundTheSameLayer() {
    Dense inner = Dense.units(2);
    SpectralNormalization once = SpectralNormalization.of(inner);
    SpectralNormalization thrice = once.iterations(3).named("thrice");
    Input x = Input.of("x", 3);
    once.apply(x);
    thrice.apply(x);

    assertThat(once.wrapped()).isSameAs(inner);
    assertThat(thrice.wrapped()).isSameAs(inner);
    assertThat(thrice.weight("kernel")).isSameAs(inner.weight("kernel"));
    assertThat(thrice.weight("vector_u")).isNotSameAs(once.weight("vector_u"));
  }

  @Test
  void wrapper_withAnotherFlag_isAroundAnotherLayer() {
    Dense inner = Dense.units(2);
    TimeDistributed outer = TimeDistributed.of(SpectralNormalization.of(inner));

    TimeDistributed frozen = outer.trainable(false);

    assertThat(inner.isTrainable()).isTrue();
    assertThat(outer.isTrainable()).isTrue();
    assertThat(frozen.isTrainable()).isFalse();
    frozen.apply(Input.of("x", 4, 3));
    assertThat(inner.isBuilt()).isFalse();
    assertThat(frozen.weights()).hasSize(3);
  }

  @Test
  void wrapper_ofACalledLayer_leavesItsFlagToIt() {
    Dense inner = Dense.units(2).named("inner");
    inner.apply(Input.of("x", 3));
    TimeDistributed outer = TimeDistributed.of(inner).named("outer");

    assertThatThrownBy(() -> outer.trainable(false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "TimeDistributed \"outer\" is around Dense \"inner\", which was called already; use its"
                + " setTrainable");
    assertThat(inner.isTrainable()).isTrue();
  }

  @Test
  void layer_inAWrapper_isAValueToo() {
    Dense inner = Dense.units(2);
    TimeDistributed outer = TimeDistributed.of(inner);

    Dense other = inner.bias(false);
    outer.apply(Input.of("x", 4, 3));

    assertThat(outer.weights()).isEqualTo(inner.weights()).hasSize(2);
    assertThat(other.isBuilt()).isFalse();
    assertThatThrownBy(() -> inner.bias(false)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void copy_ofACalledLayer_isAValueAgain() {
    Dense layer = Dense.units(2).named("d");
    layer.apply(Input.of("x", 3));

    Dense copy = (Dense) LayerTypes.copy(layer);
    Dense other = copy.named("e");

    assertThat(copy.name()).isEqualTo("d");
    assertThat(other.name()).isEqualTo("e");
    assertThat(other.settings()).isEqualTo(layer.settings());
  }

  /** A layer as users write them, which says nothing of copies. */
  private static class Scaled extends Layer {
    private final double first;
    private Weight scale;

    Scaled(double first) {
      this.first = first;
    }

    @Override
    protected void build(List<TensorSpec> inputs) {
      Initializer initializer = Initializers.constant(first);
      scale = parameter("scale", Shape.scalar(), inputs.get(0).dtype(), initializer, null);
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inputs;
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return List.of(forward.ops().multiply(inputs.get(0), forward.weight(scale)));
    }
  }

  @Test
  void named_ofAUsersLayer_givesAnotherOne() {
    Scaled base = new Scaled(3);
    Layer a = base.named("a");
    Layer b = base.named("b");
    Model model = Model.sequential("m", Input.of("x", 2), a, b);

    assertThat(base.isNamed()).isFalse();
    assertThat(base.isBuilt()).isFalse();
    assertThat(model.weightsByPath().keySet()).containsExactly("a/scale", "b/scale");
    assertThat(Numbers.list(run(model))).containsExactly(9, 18);
  }

  private static INDArray run(Model model) {
    return ModelRun.of(model, false)
        .on(List.of(Numbers.of(new double[] {1, 2}, 1, 2).castTo(DataType.FLOAT)))
        .output();
  }

  /** One whose weights stand in a list, which it copies. */
  private static final class Listed extends Layer {
    private List<Weight> mine = new ArrayList<>();

    @Override
    protected Listed clone() {
      Listed other = (Listed) super.clone();
      other.mine = new ArrayList<>(mine);
      return other;
    }

    @Override
    protected void build(List<TensorSpec> inputs) {
      mine.add(parameter("w", Shape.scalar(), inputs.get(0).dtype(), Initializers.ones(), null));
    }

    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inputs;
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return List.of(forward.ops().multiply(inputs.get(0), forward.weight(mine.get(0))));
    }
  }

  @Test
  void named_ofAUsersLayerThatHoldsAList_copiesWhatItsCloneCopies() {
    Listed base = new Listed();
    Layer a = base.named("a");
    Layer b = base.named("b");
    Model.sequential("m", Input.of("x", 2), a, b);

    assertThat(a.weights()).hasSize(1).doesNotContainAnyElementsOf(b.weights());
    assertThat(((Listed) b).mine).isEqualTo(b.weights());
  }

  @Test
  void code_withAWeight_isAnotherLayer() {
    SameDiffLayer base = SameDiffLayer.of("code", CODE);
    SameDiffLayer weighted = base.weight("w", Shape.of(2), Initializers.ones());
    Input x = Input.of("x", 2);
    base.apply(x);
    weighted.apply(x);

    assertThat(base.weights()).isEmpty();
    assertThat(weighted.weights()).hasSize(1);
  }

  @Test
  void lambda_named_isAnotherLambda() {
    Lambda base = Lambda.of((ops, in) -> ops.square(in.get(0)));
    Layer named = base.named("square");

    Model model = Model.sequential("m", Input.of("x", 2), base, named);

    assertThat(named).isNotSameAs(base).isInstanceOf(Lambda.class);
    assertThat(Numbers.list(run(model))).containsExactly(1.0, 16.0);
  }

  @Test
  void null_isRefusedByName() {
    Dense layer = Dense.units(2).named("d");

    assertThatThrownBy(() -> layer.activation(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("activation is null; give a value, or leave it out");
    assertThatThrownBy(() -> layer.named(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Dense \"d\" was named null; give it a name");
  }

  @Test
  void changes_coverEveryKindOfSetting() {
    List<String> texts = changes().map(Change::text).distinct().toList();

    assertThat(texts)
        .containsAll(
            Arrays.asList(
                "named[String]",
                "trainable[boolean]",
                "activation[Activation]",
                "kernelInitializer[Initializer]",
                "kernelRegularizer[Regularizer]",
                "stride[int]",
                "padding[Padding]",
                "iterations[int]",
                "momentum[double]",
                "dtype[DataType]",
                "weight[String, Shape, Initializer]"));
  }
}
