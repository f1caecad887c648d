package dev.tandem.core.layer;

import static dev.tandem.core.layer.Mistake.call;
import static dev.tandem.core.layer.Mistake.input;
import static dev.tandem.core.layer.Mistake.integers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of tensors that do not go together. */
class MergeErrorsTest {

  static List<Mistake> wrongMerges() {
    return ImmutableList.of(
        call(
            "Add \"a\" expects at least two inputs, got (batch, 3) from \"x\"; give it another",
            Add.of().named("a"),
            input("x", 3)),
        call(
            "Add \"a\" expects inputs of one shape, got (batch, 3) and (batch, 4) and (batch, 3)"
                + " from \"x\", \"y\", \"z\"; make them equal",
            Add.of().named("a"),
            input("x", 3),
            input("y", 4),
            input("z", 3)),
        call(
            "Subtract \"s\" expects two inputs, got (batch, 3) and (batch, 3) and (batch, 3) from"
                + " \"x\", \"y\", \"z\"; add up what is subtracted first",
            Subtract.of().named("s"),
            input("x", 3),
            input("y", 3),
            input("z", 3)),
        call(
            "Multiply \"m\" expects float inputs of one type, got [float32 (batch, 3), int32"
                + " (batch, 3)] from \"x\", \"y\"; insert a cast",
            Multiply.of().named("m"),
            input("x", 3),
            integers("y", 3)),
        call(
            "Concatenate \"c\" expects shapes that are equal but for axis 3, got (batch, 7, 7, 64)"
                + " and (batch, 14, 14, 64) from \"x\", \"y\"; make them so",
            Concatenate.of().named("c"),
            input("x", 7, 7, 64),
            input("y", 14, 14, 64)),
        call(
            "Concatenate \"c\" puts tensors together along axis 2, got (batch, 3) and (batch, 3)"
                + " from \"x\", \"y\"; name an axis that there is, not the batch",
            Concatenate.axis(2).named("c"),
            input("x", 3),
            input("y", 3)),
        call(
            "Concatenate \"c\" expects inputs of one type, got [float32 (batch, 3), int32 (batch,"
                + " 3)] from \"x\", \"y\"; insert a cast",
            Concatenate.of().named("c"),
            input("x", 3),
            integers("y", 3)),
        call(
            "Dot \"d\" sums along axes [1, 1] of equal sizes, got (batch, 3) and (batch, 4) from"
                + " \"x\", \"y\"; choose other axes",
            Dot.axes(1).named("d"),
            input("x", 3),
            input("y", 4)),
        call(
            "Dot \"d\" sums along axis 2, got (batch, 3) from \"x\", \"y\"; name an axis that there"
                + " is, not the batch",
            Dot.axes(2).named("d"),
            input("x", 3),
            input("y", 3)));
  }

  @ParameterizedTest
  @MethodSource("wrongMerges")
  void call_onTensorsThatDoNotFit_namesThemAll(Mistake mistake) {
    assertThat(catchThrowableOfType(IllegalArgumentException.class, mistake.mistake()::run))
        .hasMessage(mistake.message());
  }
}
