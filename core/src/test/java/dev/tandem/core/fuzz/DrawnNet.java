package dev.tandem.core.fuzz;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.AveragePooling2D;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Cropping2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.DepthwiseConv2D;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.GlobalAveragePooling2D;
import dev.tandem.core.layer.GlobalMaxPooling2D;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerNormalization;
import dev.tandem.core.layer.MaxPooling2D;
import dev.tandem.core.layer.Maximum;
import dev.tandem.core.layer.Multiply;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Permute;
import dev.tandem.core.layer.UpSampling2D;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.layer.ZeroPadding2D;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;

/** A net drawn at random, and the same net as formulas. */
final class DrawnNet {

  /** A tensor of the graph and its formula. */
  private record Thing(SymbolicTensor symbol, Function<Run, Grid> formula) {

    Shape sample() {
      return symbol.spec().shape();
    }

    int rank() {
      return sample().rank();
    }

    int features() {
      return (int) sample().size(-1);
    }
  }

  private static final double EPSILON = 1e-3;
  private static final double MOMENTUM = .9;

  private final Random random;
  private final DataType dtype;
  private final Map<String, Input> inputs = new LinkedHashMap<>();
  private final List<BatchNormalization> batchNorms = new ArrayList<>();
  private int table;
  private Model model;
  private Thing last;

  DrawnNet(Random random) {
    this.random = random;
    this.dtype = random.nextInt(3) == 0 ? DataType.DOUBLE : DataType.FLOAT;
    Thing thing = first();
    int length = 1 + random.nextInt(6);
    for (int i = 0; i < length; i++) {
      thing = next(thing);
    }
    if (thing.rank() > 2) {
      thing = flat(thing);
    }
    last = dense(thing, Dense.units(1 + random.nextInt(4)));
    model = Model.of("net", List.copyOf(inputs.values()), List.of(last.symbol()));
    model.initialize(random.nextLong());
  }

  Model model() {
    return model;
  }

  DataType dtype() {
    return dtype;
  }

  /** Rows of the embedding's table; 0 where there is none. */
  int table() {
    return table;
  }

  Map<String, Input> inputs() {
    return inputs;
  }

  int outputs() {
    return last.features();
  }

  boolean hasBatchNorm() {
    return !batchNorms.isEmpty();
  }

  /** The weights as they are now. */
  Map<Weight, Grid> weights() {
    Map<Weight, Grid> weights = new HashMap<>();
    model.weights().forEach(w -> weights.put(w, Grid.of(w.values())));
    return weights;
  }

  Grid output(Run run) {
    return run.value(last.formula());
  }

  private Thing first() {
    switch (random.nextInt(4)) {
      case 0:
        table = 2 + random.nextInt(9);
        Input numbers = input("numbers", Shape.of(1 + random.nextInt(4)), DataType.INT32);
        return embedded(numbers);
      case 1:
        return plain(input("x", Shape.of(1 + random.nextInt(20)), dtype));
      default:
        return plain(
            input(
                "image",
                Shape.of(3 + random.nextInt(8), 3 + random.nextInt(8), channels()),
                dtype));
    }
  }

  private int channels() {
    return new int[] {1, 1, 2, 3, 4, 5, 8, 16}[random.nextInt(8)];
  }

  private Input input(String name, Shape sample, DataType type) {
    Input input = Input.of(name, sample, type);
    inputs.put(name, input);
    return input;
  }

  private static Thing plain(Input input) {
    return new Thing(input, run -> run.input(input.name()));
  }

  private Thing embedded(Input numbers) {
    Embedding layer = Embedding.of(table, 1 + random.nextInt(5)).dtype(dtype).named(name());
    Thing looked =
        thing(
            layer,
            List.of(plain(numbers)),
            run -> Formulas.looked(run.input("numbers"), run.weight(layer.weight("embeddings"))));
    return random.nextBoolean() ? looked : flat(looked);
  }

  private String name() {
    return "layer" + random.nextInt(Integer.MAX_VALUE);
  }

  private Thing thing(Layer layer, List<Thing> parts, Function<Run, Grid> formula) {
    SymbolicTensor symbol =
        layer.apply(parts.stream().map(Thing::symbol).toArray(SymbolicTensor[]::new));
    return new Thing(symbol, formula);
  }

  private Thing next(Thing x) {
    return switch (random.nextInt(5)) {
      case 0 -> curved(x);
      case 1 -> normalized(x);
      case 2 -> merged(x);
      default -> x.rank() == 4 ? image(x) : x.rank() == 3 ? sequence(x) : vector(x);
    };
  }

  private Thing curved(Thing x) {
    Curves curve = Curves.ALL.get(random.nextInt(Curves.ALL.size()));
    return thing(
        ActivationLayer.of(curve.activation()),
        List.of(x),
        run -> curve.formula().apply(run.value(x.formula())));
  }

  private Thing normalized(Thing x) {
    if (random.nextBoolean()) {
      LayerNormalization layer = LayerNormalization.of().named(name());
      return thing(
          layer,
          List.of(x),
          run ->
              Formulas.layerNormalized(
                  run.value(x.formula()),
                  run.weight(layer.weight("gamma")),
                  run.weight(layer.weight("beta")),
                  EPSILON));
    }
    BatchNormalization layer = BatchNormalization.of().momentum(MOMENTUM).named(name());
    batchNorms.add(layer);
    return thing(layer, List.of(x), run -> batchNormalized(layer, run, run.value(x.formula())));
  }

  private static Grid batchNormalized(BatchNormalization layer, Run run, Grid x) {
    Weight mean = layer.weight("moving_mean");
    Weight variance = layer.weight("moving_variance");
    double[][] moments = {run.weight(mean).at(), run.weight(variance).at()};
    if (run.training()) {
      moments = Formulas.moments(x);
      run.follow(mean, moved(run.weight(mean), moments[0]));
      run.follow(variance, moved(run.weight(variance), moments[1]));
    }
    return Formulas.normalized(
        x,
        moments[0],
        moments[1],
        run.weight(layer.weight("gamma")),
        run.weight(layer.weight("beta")),
        EPSILON);
  }

  private static Grid moved(Grid moving, double[] batch) {
    Grid next = Grid.zeros(moving.shape());
    for (int i = 0; i < batch.length; i++) {
      next.at()[i] = moving.at()[i] * MOMENTUM + batch[i] * (1 - MOMENTUM);
    }
    return next;
  }

  private Thing merged(Thing x) {
    Thing other = curved(x);
    return switch (random.nextInt(4)) {
      case 0 -> merge(Add.of(), x, other, (a, b) -> Formulas.both(a, b, Double::sum));
      case 1 -> merge(Multiply.of(), x, other, (a, b) -> Formulas.both(a, b, (v, w) -> v * w));
      case 2 -> merge(Maximum.of(), x, other, (a, b) -> Formulas.both(a, b, Math::max));
      default -> merge(Concatenate.of(), x, other, Formulas::beside);
    };
  }

  private Thing merge(
      Layer layer, Thing a, Thing b, java.util.function.BinaryOperator<Grid> formula) {
    return thing(
        layer, List.of(a, b), run -> formula.apply(run.value(a.formula()), run.value(b.formula())));
  }

  private Thing vector(Thing x) {
    return dense(x, Dense.units(1 + random.nextInt(16)).bias(random.nextBoolean()).named(name()));
  }

  private Thing dense(Thing x, Dense layer) {
    Thing once = called(layer, x);
    if (once.features() == x.features() && random.nextBoolean()) {
      return called(layer, once); // the same weights, twice
    }
    return once;
  }

  private Thing called(Dense layer, Thing x) {
    Function<Run, Grid> formula =
        run ->
            Formulas.dense(
                run.value(x.formula()), run.weight(layer.weight("kernel")), bias(layer, run));
    return layer.isBuilt()
        ? new Thing(layer.apply(x.symbol()), formula)
        : thing(layer, List.of(x), formula);
  }

  private static Grid bias(Layer layer, Run run) {
    return layer.weights().size() == 1 ? null : run.weight(layer.weight("bias"));
  }

  private Thing sequence(Thing x) {
    if (random.nextBoolean()) {
      return thing(Permute.axes(2, 1), List.of(x), run -> Formulas.turned(run.value(x.formula())));
    }
    return flat(x);
  }

  private Thing flat(Thing x) {
    return thing(
        Flatten.of(),
        List.of(x),
        run -> {
          Grid grid = run.value(x.formula());
          return grid.reshaped(grid.size(0), grid.at().length / grid.size(0));
        });
  }

  private Thing image(Thing x) {
    int least = (int) Math.min(x.sample().size(1), x.sample().size(2));
    int window = 1 + random.nextInt(Math.min(least, 5));
    int stride = 1 + random.nextInt(Math.min(window, 3));
    boolean same = random.nextBoolean();
    Padding padding = same ? Padding.SAME : Padding.VALID;
    boolean small = x.sample().size(1) * x.sample().size(2) < 150;
    return switch (random.nextInt(9)) {
      case 0 -> overPixels(x, random.nextBoolean());
      case 1 -> pooled(x, window, stride, padding);
      case 2 -> small ? turned(x, window, stride, padding) : flat(x);
      case 3 -> small ? movedBy(UpSampling2D.size(2), x, 2, 0) : flat(x);
      case 4 -> movedBy(ZeroPadding2D.of(1), x, 1, 1);
      case 5 -> least > 2 ? movedBy(Cropping2D.of(1), x, 1, -1) : flat(x);
      case 6 -> depthwise(x, window, stride, padding);
      default -> convolution(x, window, stride, padding);
    };
  }

  private Thing convolution(Thing x, int window, int stride, Padding padding) {
    Conv2D layer =
        Conv2D.filters(channels())
            .kernel(window)
            .stride(stride)
            .padding(padding)
            .bias(random.nextBoolean())
            .named(name());
    return thing(
        layer,
        List.of(x),
        run ->
            Formulas.convolution(
                run.value(x.formula()),
                run.weight(layer.weight("kernel")),
                bias(layer, run),
                stride,
                padding == Padding.SAME,
                false));
  }

  private Thing depthwise(Thing x, int window, int stride, Padding padding) {
    DepthwiseConv2D layer =
        DepthwiseConv2D.multiplier(1 + random.nextInt(2))
            .kernel(window)
            .stride(stride)
            .padding(padding)
            .named(name());
    return thing(
        layer,
        List.of(x),
        run ->
            Formulas.convolution(
                run.value(x.formula()),
                run.weight(layer.weights().get(0)),
                bias(layer, run),
                stride,
                padding == Padding.SAME,
                true));
  }

  private Thing turned(Thing x, int window, int stride, Padding padding) {
    Conv2DTranspose layer =
        Conv2DTranspose.filters(channels())
            .kernel(window)
            .stride(stride)
            .padding(padding)
            .named(name());
    return thing(
        layer,
        List.of(x),
        run ->
            Formulas.transposed(
                run.value(x.formula()),
                run.weight(layer.weight("kernel")),
                bias(layer, run),
                stride,
                padding == Padding.SAME));
  }

  private Thing pooled(Thing x, int window, int stride, Padding padding) {
    boolean largest = random.nextBoolean();
    Layer layer =
        largest
            ? MaxPooling2D.window(window).stride(stride).padding(padding)
            : AveragePooling2D.window(window).stride(stride).padding(padding);
    return thing(
        layer,
        List.of(x),
        run ->
            Formulas.pooled(
                run.value(x.formula()), window, stride, padding == Padding.SAME, largest));
  }

  private Thing movedBy(Layer layer, Thing x, int factor, int border) {
    return thing(layer, List.of(x), run -> Formulas.moved(run.value(x.formula()), factor, border));
  }

  private Thing overPixels(Thing x, boolean largest) {
    return thing(
        largest ? GlobalMaxPooling2D.of() : GlobalAveragePooling2D.of(),
        List.of(x),
        run -> Formulas.overPixels(run.value(x.formula()), largest));
  }
}
