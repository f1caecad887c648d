package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DatasetTest {

  @Test
  void arrays_added_keepTheirOrderAndIdentity() {
    INDArray first = Nd4j.ones(DataType.FLOAT, 4, 2);
    Dataset data =
        Dataset.builder()
            .input("z", first)
            .input("a", Nd4j.ones(DataType.DOUBLE, 4, 1))
            .target("z", Nd4j.createFromArray(1, 2, 3, 4))
            .build();

    assertThat(data.size()).isEqualTo(4);
    assertThat(data.inputs().keySet()).containsExactly("z", "a");
    assertThat(data.targets().keySet()).containsExactly("z");
    assertThat(data.input("z")).isSameAs(first);
    assertThat(data.target("z").toIntVector()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void slice_ofASlice_holdsItsRows() {
    Dataset part = Rows.numbered(10).slice(2, 9).slice(1, 3);

    assertThat(part.size()).isEqualTo(2);
    assertThat(part.input("row").toFloatMatrix()).isDeepEqualTo(new float[][] {{3, -3}, {4, -4}});
    assertThat(part.target("number").toIntVector()).containsExactly(3, 4);
  }

  @Test
  void slice_ofOneRow_keepsTheRank() {
    Dataset part = Rows.numbered(10).slice(4, 5);

    assertThat(part.input("row").shape()).containsExactly(1, 2);
    assertThat(part.target("number").shape()).containsExactly(1);
    assertThat(part.target("number").toIntVector()).containsExactly(4);
  }

  @Test
  void take_ofSomeRows_holdsTheFirst() {
    assertThat(Rows.numbered(10).take(3).target("number").toIntVector()).containsExactly(0, 1, 2);
  }

  @Test
  void split_ofNineTenths_givesFirstAndLastRows() {
    Dataset.Split split = Rows.numbered(10).split(0.9);

    assertThat(split.first().size()).isEqualTo(9);
    assertThat(split.rest().target("number").toIntVector()).containsExactly(9);
  }

  @Test
  void permutedArray_added_isReadInItsOwnOrder() {
    INDArray columns = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});
    Dataset data = Dataset.builder().input("x", columns.permute(1, 0)).build();

    Batch batch = data.batches(Batching.of(3), 0).next();

    assertThat(batch.input("x").toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 4}, {2, 5}, {3, 6}});
  }

  @Test
  void differentFirstSizes_built_areRefusedWithAllNames() {
    Dataset.Builder builder =
        Dataset.builder()
            .input("image", Nd4j.ones(DataType.FLOAT, 10, 2, 2, 1))
            .target("label", Nd4j.ones(DataType.FLOAT, 9));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "arrays of a data set differ in their first sizes: input \"image\" (10, 2, 2, 1),"
                + " target \"label\" (9,); every array needs one row per example");
  }

  @Test
  void nameTwice_added_isRefused() {
    INDArray array = Nd4j.ones(DataType.FLOAT, 3, 2);
    Dataset.Builder builder = Dataset.builder().input("x", array);

    assertThatThrownBy(() -> builder.input("x", array))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input \"x\" was already set to (3, 2); give every input a name of its own");
  }

  @Test
  void scalar_added_isRefused() {
    Dataset.Builder builder = Dataset.builder();

    assertThatThrownBy(() -> builder.target("y", Nd4j.scalar(1f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("target \"y\" needs at least one row of numbers, got FLOAT ()");
  }

  @Test
  void noArray_built_isRefused() {
    assertThatThrownBy(() -> Dataset.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a data set needs at least one array; call input first");
  }

  @Test
  void unknownName_askedFor_isRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Rows.numbered(3).input("rows"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no input is named \"rows\"; there are [row]");
    assertThatThrownBy(() -> Rows.numbered(3).target("row"))
        .hasMessage("no target is named \"row\"; there are [number]");
  }

  @Test
  void sliceOutside_taken_isRefused() {
    assertThatThrownBy(() -> Rows.numbered(3).slice(1, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slice [1, 4) is not a part of at least one row of [0, 3)");
    assertThatThrownBy(() -> Rows.numbered(3).slice(1, 1)).hasMessageContaining("slice [1, 1)");
    assertThatThrownBy(() -> Rows.numbered(3).take(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number of rows to take is not in [1, 3]: 4");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1.2, Double.NaN})
  void fractionOutside_split_isRefused(double fraction) {
    assertThatThrownBy(() -> Rows.numbered(3).split(fraction))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("split fraction is not in (0, 1): " + fraction);
  }

  @Test
  void fractionOfNoRow_split_isRefused() {
    assertThatThrownBy(() -> Rows.numbered(3).split(0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "split fraction 0.1 of 3 rows gives 0 and 3 rows; both sides need at least one");
  }
}
