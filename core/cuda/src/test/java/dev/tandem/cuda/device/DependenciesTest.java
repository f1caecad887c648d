package dev.tandem.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DependenciesTest {

  private static Access read(long from, long to) {
    return new Access(from, to - from, false);
  }

  private static Access write(long from, long to) {
    return new Access(from, to - from, true);
  }

  private static List<List<Integer>> of(List<List<Access>> things) {
    return Dependencies.ofAccesses(things).stream().map(set -> List.copyOf(set)).toList();
  }

  @Test
  void reader_ofSeveralPieces_waitsForAllWriters() {
    assertThat(
            of(
                List.of(
                    List.of(write(0, 10)),
                    List.of(write(10, 20)),
                    List.of(write(30, 40)),
                    List.of(read(5, 15)))))
        .containsExactly(List.of(), List.of(), List.of(), List.of(0, 1));
  }

  @Test
  void writer_whereOthersRead_waitsForTheReaders() {
    assertThat(
            of(
                List.of(
                    List.of(write(0, 10)),
                    List.of(read(0, 10)),
                    List.of(read(0, 3)),
                    List.of(write(2, 5)),
                    List.of(read(2, 5)),
                    List.of(read(6, 10)))))
        .containsExactly(
            List.of(), List.of(0), List.of(0), List.of(0, 1, 2), List.of(3), List.of(0));
  }

  @Test
  void thing_thatReadsWhatItWrites_doesNotWaitForItself() {
    assertThat(
            of(
                List.of(
                    List.of(read(0, 10), write(0, 10)),
                    List.of(write(0, 10), read(0, 10)),
                    List.of(read(5, 5)))))
        .containsExactly(List.of(), List.of(0), List.of());
  }

  @Test
  void readers_ofTheSame_doNotWaitForEachOther() {
    assertThat(of(List.of(List.of(read(0, 10)), List.of(read(0, 10)))))
        .containsExactly(List.of(), List.of());
  }
}
