package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The batch sizes that plans of a predictor are made for. A net that treats every sample by itself
 * runs at a few sizes, powers of two up to a portion; any other net runs at the very size of what
 * is asked.
 */
final class BatchSizes {

  /**
   * The plan for a number of samples.
   *
   * @param size of the plan: more samples come in several portions, fewer are filled up
   * @param rows the rows of a sample in each output; 0 for one without samples
   */
  record Chosen(long size, ImmutableMap<String, Long> rows) {}

  private static final int REMEMBERED = 1024;

  private final LongFunction<OpGraph> graphs;
  private final long portion;
  private final Map<Long, Chosen> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Chosen> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Sizes for a net.
   *
   * @param graphs the net's graph for a number of samples
   * @param portion the most samples of a plan that need not be larger
   */
  BatchSizes(LongFunction<OpGraph> graphs, long portion) {
    this.graphs = graphs;
    this.portion = portion;
  }

  /** The plan for a number of samples. */
  Chosen of(long samples) {
    return known.computeIfAbsent(samples, this::choose);
  }

  private Chosen choose(long samples) {
    long size = samples >= portion ? portion : Math.min(portion, roundedUp(samples));
    Chosen exactly = new Chosen(samples, ImmutableMap.of());
    if (samples == Shape.BATCH || size == samples) {
      return exactly;
    }
    Optional<ImmutableMap<String, Long>> rows =
        RowIndependence.of(graphs.apply(samples), samples, graphs.apply(size), size);
    return rows.map(each -> new Chosen(size, each)).orElse(exactly);
  }

  private static long roundedUp(long samples) {
    long below = Long.highestOneBit(Math.max(1, samples));
    return below == samples ? samples : 2 * below;
  }
}
