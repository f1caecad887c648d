package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RingTest {

  private static final int CAPACITY = 1600;

  private final Ring<Integer> ring = new Ring<>(CAPACITY);
  private int made;
  private final List<Integer> reached = new ArrayList<>();

  private long take(long bytes) {
    return ring.take(bytes, () -> made++, reached::add);
  }

  @Test
  void places_whileThereIsRoom_followEachOtherWithoutWaiting() {
    assertThat(take(10)).isZero();
    assertThat(take(20)).isEqualTo(10);
    assertThat(take(400)).isEqualTo(30);
    assertThat(reached).isEmpty();
  }

  @Test
  void marks_amongSmallPlaces_areMadeNowAndThen() {
    for (int i = 0; i < CAPACITY; i++) {
      take(1);
    }
    assertThat(made).isLessThan(17);
  }

  @Test
  void place_beyondTheMost_isRefused() {
    assertThatThrownBy(() -> take(401)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void places_roundAndRound_areTakenOnlyAfterTheirMarkIsReached() {
    Random random = new Random(1);
    // what a card would still read: for each byte the number of marks after which it is read
    int[] readAt = new int[CAPACITY];
    for (int i = 0; i < 5000; i++) {
      int bytes = 1 + random.nextInt(400);
      long from = take(bytes);
      int seen = reached.isEmpty() ? 0 : reached.get(reached.size() - 1) + 1;
      assertThat(from).isBetween(0L, (long) CAPACITY - bytes);
      for (int at = (int) from; at < from + bytes; at++) {
        assertThat(readAt[at]).isLessThanOrEqualTo(seen);
        readAt[at] = made + 1;
      }
    }
    assertThat(reached).isSorted().hasSizeGreaterThan(100);
  }
}
