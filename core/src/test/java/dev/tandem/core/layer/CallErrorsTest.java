package dev.tandem.core.layer;

import static dev.tandem.core.layer.Mistake.call;
import static dev.tandem.core.layer.Mistake.input;
import static dev.tandem.core.layer.Mistake.integers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What is said of calls and settings that do not fit: who, the rule, the value, where, what next.
 */
class CallErrorsTest {

  static List<Mistake> wrongRanks() {
    return ImmutableList.of(
        call(
            "Dense \"d1\" expects rank 2 input (batch, …, features) or higher, got (batch,) from"
                + " \"x\"; insert a Reshape",
            Dense.units(10).named("d1"),
            input("x")),
        call(
            "RepeatVector \"r\" expects rank 2 input (batch, features), got (batch, 5, 3) from"
                + " \"x\"; insert a Flatten",
            RepeatVector.times(2).named("r"),
            input("x", 5, 3)),
        call(
            "LayerNormalization \"n\" normalizes along axes [2, 1], got (batch, 5, 3) from \"x\";"
                + " name axes that there are in increasing order, and not the batch",
            LayerNormalization.of().axes(2, 1).named("n"),
            input("x", 5, 3)),
        call(
            "RMSNormalization \"n\" normalizes along axes [3], got (batch, 5, 3) from \"x\"; name"
                + " axes that there are in increasing order, and not the batch",
            RMSNormalization.of().axes(3).named("n"),
            input("x", 5, 3)),
        call(
            "Conv2D \"c1\" expects rank 4 input (batch, height, width, channels), got (batch, 784)"
                + " from \"x\"; insert a Reshape",
            Conv2D.filters(1).kernel(3).named("c1"),
            input("x", 784)),
        call(
            "Conv1D \"c1\" expects rank 3 input (batch, steps, channels), got (batch, 28, 28, 1)"
                + " from \"x\"; use Conv2D for images, or insert a Reshape",
            Conv1D.filters(1).kernel(3).named("c1"),
            input("x", 28, 28, 1)),
        call(
            "GlobalMaxPooling1D \"p\" expects rank 3 input (batch, steps, channels), got (batch, 9)"
                + " from \"x\"; insert a Reshape",
            GlobalMaxPooling1D.of().named("p"),
            input("x", 9)),
        call(
            "MaxPooling2D \"p\" expects rank 4 input (batch, height, width, channels), got (batch,"
                + " 9) from \"x\"; insert a Reshape",
            MaxPooling2D.window(2).named("p"),
            input("x", 9)),
        call(
            "LSTM \"l\" expects rank 3 input (batch, time, features), got (batch, 9) from \"x\";"
                + " insert a Reshape",
            LSTM.units(2).named("l"),
            input("x", 9)),
        call(
            "TimeDistributed \"t\" expects one input (batch, time, …), got (batch, 9)"
                + " from \"x\"; insert a Reshape",
            TimeDistributed.of(Dense.units(1)).named("t"),
            input("x", 9)),
        call(
            "BatchNormalization \"b\" expects rank 2 input (batch, …) or higher, got (batch,) from"
                + " \"x\"; insert a Reshape",
            BatchNormalization.of().named("b"),
            input("x")),
        call(
            "Dot \"d\" expects two inputs (batch, …) of rank 2 or higher, got (batch, 3) and"
                + " (batch,) from \"x\", \"y\"; insert a Reshape",
            Dot.axes(1).named("d"),
            input("x", 3),
            input("y")),
        call(
            "Permute \"p\" orders axes [2, 1] and expects rank 3 input, got (batch, 2, 3, 4) from"
                + " \"x\"; name each axis but the batch",
            Permute.axes(2, 1).named("p"),
            input("x", 2, 3, 4)));
  }

  static List<Mistake> wrongSizes() {
    return ImmutableList.of(
        call(
            "Conv2D \"c1\" needs images of at least 5 x 5, its window, got (batch, 3, 8, 1) from"
                + " \"x\"; choose a smaller window or padding(SAME)",
            Conv2D.filters(1).kernel(3).dilation(2).named("c1"),
            input("x", 3, 8, 1)),
        call(
            "MaxPooling2D \"p\" needs images of at least 2 x 2, its window, got (batch, 1, 1, 8)"
                + " from \"x\"; choose a smaller window or padding(SAME)",
            MaxPooling2D.window(2).named("p"),
            input("x", 1, 1, 8)),
        call(
            "Conv1D \"c1\" needs sequences of at least 5 steps, its window, got (batch, 4, 2) from"
                + " \"x\"; choose a smaller window or padding(SAME)",
            Conv1D.filters(1).kernel(3).dilation(2).named("c1"),
            input("x", 4, 2)),
        call(
            "Conv1DTranspose \"up\" has an outputPadding that is not below its stride, 2, got"
                + " (batch, 5, 2) from \"x\"; set a smaller one",
            Conv1DTranspose.filters(1).kernel(3).stride(2).outputPadding(2).named("up"),
            input("x", 5, 2)),
        call(
            "Cropping1D \"c\" takes off 4 steps, got (batch, 4, 1) from \"x\"; crop less than the"
                + " sequence",
            Cropping1D.of(2).named("c"),
            input("x", 4, 1)),
        call(
            "Conv2DTranspose \"up\" cannot make (batch, 8, 8, 1): a convolution of that would be"
                + " smaller than its input, got (batch, 5, 5, 2) from \"x\"; set another"
                + " outputPadding or none",
            Conv2DTranspose.filters(1)
                .kernel(4)
                .stride(2)
                .padding(Padding.SAME)
                .outputPadding(0)
                .named("up"),
            input("x", 5, 5, 2)),
        call(
            "Conv2DTranspose \"up\" has an outputPadding that is not below its stride, [2, 0], got"
                + " (batch, 5, 5, 2) from \"x\"; set a smaller one",
            Conv2DTranspose.filters(1).kernel(3).stride(2).outputPadding(2, 0).named("up"),
            input("x", 5, 5, 2)),
        call(
            "Cropping2D \"c\" takes off 4 rows and 0 columns, got (batch, 4, 4, 1) from \"x\"; crop"
                + " less than the image",
            Cropping2D.of(2, 0).named("c"),
            input("x", 4, 4, 1)),
        call(
            "Reshape \"r\" makes samples (7, 7, 64) of 3136 numbers, got (batch, 100) from"
                + " \"noise\"; make their numbers fit",
            Reshape.of(7, 7, 64).named("r"),
            input("noise", 100)),
        call(
            "Reshape \"r\" makes samples (3, -1) of a multiple of 3 numbers, got (batch, 100) from"
                + " \"noise\"; make their numbers fit",
            Reshape.of(3, -1).named("r"),
            input("noise", 100)),
        call(
            "GRU \"g\" begins with states float32 (batch, 2), got float32 (batch, 3) from \"x\","
                + " \"h\"; give it states of its size",
            GRU.units(2).named("g"),
            input("x", 4, 3),
            input("h", 3)),
        call(
            "MultiHeadAttention \"a\" expects a mask (batch, 4) or (batch, 3, 4) of integers or of"
                + " the query's type as its last input, got int32 (batch, 3) from \"x\", \"y\","
                + " \"m\"; give it one, or set masked(false)",
            MultiHeadAttention.of(1, 2).masked(true).named("a"),
            input("x", 3, 2),
            input("y", 4, 2),
            integers("m", 3)),
        call(
            "PositionEmbedding \"p\" has vectors for 3 places, got (batch, 4, 2) from \"x\"; give"
                + " it shorter sequences or set a greater length",
            PositionEmbedding.length(3).named("p"),
            input("x", 4, 2)),
        call(
            "LSTM \"l\" needs at least one step, got (batch, 0, 3) from \"x\"; give it longer"
                + " sequences",
            LSTM.units(1).named("l"),
            input("x", 0, 3)),
        call(
            "PRelu \"p\" shares axis 2, got (batch, 9) from \"x\"; name axes that there are",
            PRelu.of().sharedAxes(2).named("p"),
            input("x", 9)));
  }

  static List<Mistake> wrongTypes() {
    return ImmutableList.of(
        call(
            "Dense \"d1\" expects float input, got int32 (batch, 3) from \"labels\"; insert an"
                + " Embedding or a cast",
            Dense.units(2).named("d1"),
            integers("labels", 3)),
        call(
            "Embedding \"e\" expects int32 or int64 input, got float32 (batch, 3) from \"x\"; give"
                + " the Input that type or cast its values",
            Embedding.of(4, 2).named("e"),
            input("x", 3)),
        call(
            "SameDiffLayer \"s\" has floating point weights, got int32 (2,) for \"w\" from"
                + " \"labels\"; give it float input",
            SameDiffLayer.of("s", (sd, in) -> in.get(0))
                .weight("w", Shape.of(2), Initializers.zeros()),
            integers("labels", 3)));
  }

  static List<Mistake> wrongNumbersOfInputs() {
    return ImmutableList.of(
        call(
            "Dense \"d1\" takes one input, got 2 of them from \"x\", \"y\"; call it on one tensor"
                + " at a time",
            Dense.units(2).named("d1"),
            input("x", 3),
            input("y", 3)),
        call(
            "Embedding \"e\" takes one input, got 2 of them from \"x\", \"y\"; call it on one at a"
                + " time",
            Embedding.of(2, 2).named("e"),
            integers("x", 3),
            integers("y", 3)),
        call(
            "MultiHeadAttention \"a\" takes a query, or query and value, or query, value and key,"
                + " got 4 inputs from \"x\"; call it on these, or set masked(...)",
            MultiHeadAttention.of(1, 2).named("a"),
            input("x", 3, 2),
            input("x", 3, 2),
            input("x", 3, 2),
            input("x", 3, 2)),
        call(
            "LSTM \"l\" takes a sequence, or a sequence and 2 states, got 2 inputs from \"x\","
                + " \"h\"; call it on these",
            LSTM.units(2).named("l"),
            input("x", 3, 2),
            input("h", 2)),
        call(
            "Bidirectional \"b\" takes a sequence, or a sequence and 2 states, the forward ones"
                + " first, got 2 inputs from \"x\", \"h\"; call it on these",
            Bidirectional.of(GRU.units(2)).named("b"),
            input("x", 3, 2),
            input("h", 2)),
        call("Dense \"d1\" was called on nothing", Dense.units(2).named("d1")));
  }

  static List<Mistake> wrongSecondCalls() {
    Dense dense = Dense.units(2).named("d1");
    dense.apply(input("x", 784));
    Conv2D conv = Conv2D.filters(2).kernel(3).named("c1");
    conv.apply(input("x", 9, 9, 3));
    PRelu slopes = PRelu.of().named("p");
    slopes.apply(input("x", 3, 4));
    TimeDistributed steps = TimeDistributed.of(dense).named("t");
    LayerNormalization norm = LayerNormalization.of().axes(1, 2).named("n");
    norm.apply(input("x", 4, 3));
    return ImmutableList.of(
        call(
            "LayerNormalization \"n\" has gamma (4, 3) for its axes, got (batch, 5, 3) from \"x\";"
                + " use another layer for this one",
            norm,
            input("x", 5, 3)),
        call(
            "Dense \"d1\" has weights for inputs like float32 (batch, 784), got float32 (batch,"
                + " 100) from \"noise\"; use another layer for this one",
            dense,
            input("noise", 100)),
        call(
            "Dense \"d1\" has weights for inputs like float32 (batch, 784), got float64 (batch,"
                + " 784) from \"x64\"; use another layer for this one",
            dense,
            Input.of("x64", Shape.of(784), DataType.DOUBLE)),
        call(
            "Conv2D \"c1\" has weights for inputs like float32 (batch, 9, 9, 3), got float32"
                + " (batch, 9, 9, 1) from \"gray\"; use another layer for this one",
            conv,
            input("gray", 9, 9, 1)),
        call(
            "PRelu \"p\" has slopes (3, 4) for a sample, got (batch, 5, 4) from \"y\"; use another"
                + " layer for this one",
            slopes,
            input("y", 5, 4)),
        call(
            "Dense \"d1\" has weights for inputs like float32 (batch, 784), got float32 (batch, 5)"
                + " from \"y\"; use another layer for this one",
            steps,
            input("y", 2, 5)));
  }

  @ParameterizedTest
  @MethodSource({
    "wrongRanks",
    "wrongSizes",
    "wrongTypes",
    "wrongNumbersOfInputs",
    "wrongSecondCalls"
  })
  void call_thatDoesNotFit_saysWhoWhyWhereAndWhatNext(Mistake mistake) {
    assertThat(catchThrowableOfType(IllegalArgumentException.class, mistake.mistake()::run))
        .hasMessage(mistake.message());
  }

  static List<Mistake> wrongOrders() {
    SameDiffLayer code = SameDiffLayer.of("s", (sd, in) -> in.get(0).mul(2));
    code.apply(input("x", 3));
    return ImmutableList.of(
        call(
            "Conv2D \"c1\" has no kernel size; set it with kernel(...) before its first call",
            Conv2D.filters(1).named("c1"),
            input("x", 3, 3, 1)),
        call(
            "SeparableConv1D \"s1\" has no kernel size; set it with kernel(...) before its first"
                + " call",
            SeparableConv1D.filters(1).named("s1"),
            input("x", 3, 1)),
        Mistake.of(
            "SameDiffLayer \"s\" was called already; declare \"w\" before its first call",
            () -> code.weight("w", Shape.of(1), Initializers.zeros())));
  }

  @ParameterizedTest
  @MethodSource("wrongOrders")
  void call_inTheWrongOrder_saysWhatComesFirst(Mistake mistake) {
    assertThat(catchThrowableOfType(IllegalStateException.class, mistake.mistake()::run))
        .hasMessage(mistake.message());
  }
}
