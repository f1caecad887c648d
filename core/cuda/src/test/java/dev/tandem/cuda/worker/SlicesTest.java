package dev.tandem.cuda.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Range;
import com.google.common.collect.TreeRangeSet;
import dev.tandem.cuda.device.CardLinks.Transfer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicesTest {

  @ParameterizedTest
  @CsvSource({"1, 5, 3", "2, 0, 1", "2, 128, 0", "3, 65, 200", "4, 3, 3", "8, 6000, 777"})
  void slices_ofAllCards_coverAllNumbersOnceAndBeginAligned(int count, long floats, long doubles) {
    Slices slices = new Slices(count, floats, doubles);
    for (long length : new long[] {floats, doubles}) {
      long sum = 0;
      for (int card = 0; card < count; card++) {
        assertThat(slices.start(length, card)).isEqualTo(Math.min(length, sum));
        assertThat(slices.size(length, card)).isBetween(0L, slices.most(length));
        sum += slices.size(length, card);
      }
      assertThat(sum).isEqualTo(length);
      assertThat(slices.most(length) % 64).isZero();
    }
    assertThat(
            List.of(
                slices.doublesAt(),
                slices.floatPartsAt(),
                slices.doublePartsAt(),
                slices.sharesAt()))
        .isSorted()
        .allMatch(at -> at % 256 == 0);
    requireApart(slices.scattered(Collections.nCopies(count, 0L)), count, slices.bytes());
    requireApart(slices.gathered(Collections.nCopies(count, 0L)), count, slices.bytes());
  }

  /** What one card is sent lies nowhere twice, nor where it sends from, and within its memory. */
  private static void requireApart(List<Transfer> transfers, int count, long bytes) {
    for (int card = 0; card < count; card++) {
      TreeRangeSet<Long> got = TreeRangeSet.create();
      for (Transfer transfer : transfers) {
        Range<Long> target =
            Range.closedOpen(transfer.target(), transfer.target() + transfer.bytes());
        if (transfer.to() == card) {
          assertThat(got.intersects(target)).isFalse();
          assertThat(target.upperEndpoint()).isLessThanOrEqualTo(bytes);
          got.add(target);
        }
      }
      for (Transfer transfer : transfers) {
        if (transfer.from() == card) {
          long end = transfer.source() + transfer.bytes();
          assertThat(got.intersects(Range.closedOpen(transfer.source(), end))).isFalse();
        }
      }
    }
  }
}
