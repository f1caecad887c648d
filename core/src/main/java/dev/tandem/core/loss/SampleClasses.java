package dev.tandem.core.loss;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The class of each sample, and the classes that there are. */
public final class SampleClasses {

  /** Stands for the class of a sample that has none, or no one. */
  public static final int NONE = Integer.MIN_VALUE;

  private final int[] ofSamples;
  private final ImmutableSet<Integer> possible;

  private SampleClasses(int[] ofSamples, ImmutableSet<Integer> possible) {
    this.ofSamples = ofSamples;
    this.possible = possible;
  }

  /**
   * Classes of samples.
   *
   * @param ofSamples one for each sample, or {@link #NONE}
   * @param possible all that there are, whether a sample has them or not
   */
  public static SampleClasses of(int[] ofSamples, ImmutableSet<Integer> possible) {
    return new SampleClasses(ofSamples.clone(), possible);
  }

  /** Those counted from 0. */
  static SampleClasses counted(int[] ofSamples, long classes) {
    return new SampleClasses(
        ofSamples,
        IntStream.range(0, Math.toIntExact(classes))
            .boxed()
            .collect(ImmutableSet.toImmutableSet()));
  }

  /** The class of a sample; {@link #NONE} if it has no one. */
  public int of(int sample) {
    return ofSamples[sample];
  }

  /** All classes that there are. */
  public ImmutableSet<Integer> possible() {
    return possible;
  }

  /** The classes that samples have, in order. */
  public ImmutableSet<Integer> found() {
    return IntStream.of(ofSamples)
        .filter(number -> number != NONE)
        .boxed()
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }
}
