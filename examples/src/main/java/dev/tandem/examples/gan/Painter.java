package dev.tandem.examples.gan;

import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.image.Scatter;
import dev.tandem.gan.train.AdversarialTrainer;
import java.awt.image.BufferedImage;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Draws what a generator makes of noise that is the same each time: images in rows of eight, or
 * with a column for each class; points over as many real ones. Of what translates, what it makes of
 * the data's first images.
 *
 * @param data that it is trained on
 */
public record Painter(GanData data) {

  private static final long SEED = 64;
  private static final int POINTS = 2_500;
  private static final int ROWS = 8;
  private static final int COLUMNS = 8;
  private static final int MOST_COLUMNS = 20;
  private static final int ZOOM = 2;

  /** A picture of new samples. */
  public BufferedImage paint(AdversarialTrainer trainer) {
    if (data.domains().isPresent()) {
      return Translations.of(trainer, data.domains().get());
    }
    return data.sample().rank() == 1 ? points(trainer) : images(trainer);
  }

  private BufferedImage points(AdversarialTrainer trainer) {
    INDArray all = data.samples();
    INDArray real = all.get(NDArrayIndex.interval(0, POINTS), NDArrayIndex.all());
    try (INDArray fake = Samples.asInData(trainer, data, POINTS, SEED)) {
      return Scatter.around(all).draw(real, fake);
    }
  }

  private BufferedImage images(AdversarialTrainer trainer) {
    int classes = Samples.classes(trainer, data);
    int columns = classes == 1 ? COLUMNS : Math.min(classes, MOST_COLUMNS);
    try (INDArray fake = Samples.inTurn(trainer, data, ROWS * columns, SEED)) {
      return ImageGrid.ofColumns(columns).withZoom(ZOOM).draw(fake);
    }
  }
}
