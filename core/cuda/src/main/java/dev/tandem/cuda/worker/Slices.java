package dev.tandem.cuda.worker;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.CardLinks.Transfer;
import java.util.List;

/**
 * Numbers in the memory of each of some cards, and the slice of them whose means each card makes.
 * In the memory lie this card's float32 numbers, its float64 numbers, then the parts of its slice
 * that come from all cards, and the shares of these.
 *
 * @param count of the cards
 * @param floats how many numbers are float32
 * @param doubles how many numbers are float64
 */
record Slices(int count, long floats, long doubles) {

  private static final long ALIGNMENT = 256;

  /** Slices begin at multiples of so many numbers, so that all that is sent is aligned. */
  private static final long NUMBERS = 64;

  private static long roundedUp(long number, long to) {
    return (number + to - 1) / to * to;
  }

  /** How many numbers a slice has; the last ones have fewer. */
  long most(long length) {
    return roundedUp((length + count - 1) / count, NUMBERS);
  }

  /** Where the slice of a card begins. */
  long start(long length, int card) {
    return Math.min(length, most(length) * card);
  }

  /** How many numbers the slice of a card has. */
  long size(long length, int card) {
    return start(length, card + 1) - start(length, card);
  }

  /** Where the float64 numbers begin, in bytes. */
  long doublesAt() {
    return roundedUp(floats * Float.BYTES, ALIGNMENT);
  }

  /** Where the float32 parts begin: those of a card are {@link #most} numbers behind each other. */
  long floatPartsAt() {
    return roundedUp(doublesAt() + doubles * Double.BYTES, ALIGNMENT);
  }

  /** Where the float64 parts begin. */
  long doublePartsAt() {
    return roundedUp(floatPartsAt() + most(floats) * count * Float.BYTES, ALIGNMENT);
  }

  /** Where the shares begin. */
  long sharesAt() {
    return roundedUp(doublePartsAt() + most(doubles) * count * Double.BYTES, ALIGNMENT);
  }

  /** The bytes of the memory. */
  long bytes() {
    return sharesAt() + (long) count * Double.BYTES;
  }

  /**
   * Sends each card the parts of its slice.
   *
   * @param memory of each card
   */
  ImmutableList<Transfer> scattered(List<Long> memory) {
    ImmutableList.Builder<Transfer> all = ImmutableList.builder();
    for (int from = 0; from < count; from++) {
      for (int to = 0; to < count; to++) {
        if (to != from) {
          Way way = new Way(from, memory.get(from), to, memory.get(to), all);
          way.send(
              start(floats, to) * Float.BYTES,
              floatPartsAt() + most(floats) * from * Float.BYTES,
              size(floats, to) * Float.BYTES);
          way.send(
              doublesAt() + start(doubles, to) * Double.BYTES,
              doublePartsAt() + most(doubles) * from * Double.BYTES,
              size(doubles, to) * Double.BYTES);
        }
      }
    }
    return all.build();
  }

  /** Sends each card the slices of all others. */
  ImmutableList<Transfer> gathered(List<Long> memory) {
    ImmutableList.Builder<Transfer> all = ImmutableList.builder();
    for (int from = 0; from < count; from++) {
      long ofFloats = start(floats, from) * Float.BYTES;
      long ofDoubles = doublesAt() + start(doubles, from) * Double.BYTES;
      for (int to = 0; to < count; to++) {
        if (to != from) {
          Way way = new Way(from, memory.get(from), to, memory.get(to), all);
          way.send(ofFloats, ofFloats, size(floats, from) * Float.BYTES);
          way.send(ofDoubles, ofDoubles, size(doubles, from) * Double.BYTES);
        }
      }
    }
    return all.build();
  }

  /**
   * From the memory of one card to that of another.
   *
   * @param source where the memory begins that is sent from, and {@code target} that is sent to
   * @param all takes what is sent
   */
  private record Way(
      int from, long source, int to, long target, ImmutableList.Builder<Transfer> all) {

    /** Sends bytes, if there are some, from one place to another. */
    void send(long here, long there, long bytes) {
      if (bytes > 0) {
        all.add(new Transfer(from, source + here, to, target + there, bytes));
      }
    }
  }
}
