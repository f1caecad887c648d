package dev.tandem.examples.gan;

import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.train.AdversarialTrainer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Pictures of translations: what went in, what came out, and what should have; of a cycle the way
 * back too.
 */
public final class Translations {

  private static final int ROWS = 8;
  private static final int COLUMNS = 12;
  private static final int ZOOM = 2;

  private Translations() {}

  /**
   * Source, what is made of it, and the sample that belongs to it; four times in a row.
   *
   * @param sources (n, height, width, channels), of which the first 32 are shown
   * @param samples likewise
   */
  public static BufferedImage paired(
      AdversarialTrainer trainer, INDArray sources, INDArray samples) {
    INDArray shown = first(sources, 3);
    return draw(List.of(shown, trainer.translate(shown), first(samples, 3)));
  }

  /**
   * A sample of the first domain, what is made of it, one of the second, what is made of that;
   * three times in a row.
   *
   * @param first (n, height, width, channels), of which 24 are shown
   * @param second likewise
   */
  public static BufferedImage cycle(AdversarialTrainer trainer, INDArray first, INDArray second) {
    INDArray there = first(first, 4);
    INDArray back = first(second, 4);
    return draw(List.of(there, trainer.translate(there), back, trainer.translateBack(back)));
  }

  static BufferedImage of(AdversarialTrainer trainer, Domains domains) {
    List<INDArray> shown = domains.shown().first(ROWS * COLUMNS);
    return domains.paired()
        ? paired(trainer, shown.get(0), shown.get(1))
        : cycle(trainer, shown.get(0), shown.get(1));
  }

  /** As many as there is room for, if each takes so many places. */
  private static INDArray first(INDArray images, int places) {
    long count = Math.min(ROWS * COLUMNS / places, images.size(0));
    return images.get(NDArrayIndex.interval(0, count)).dup('c');
  }

  /** The first image of each, the second of each, and so on. */
  private static BufferedImage draw(List<INDArray> columns) {
    long count = columns.stream().mapToLong(images -> images.size(0)).min().orElseThrow();
    List<INDArray> inTurn = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      for (INDArray images : columns) {
        inTurn.add(images.get(NDArrayIndex.interval(i, i + 1)));
      }
    }
    INDArray all = Nd4j.concat(0, inTurn.toArray(INDArray[]::new));
    return ImageGrid.ofColumns(COLUMNS).withZoom(ZOOM).draw(all);
  }
}
