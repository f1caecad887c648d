package dev.tandem.docs;

// region program
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.Dataset;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.image.PngFile;
import dev.tandem.gan.image.Scatter;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTrainer;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trains a GAN on points of eight Gaussians on a ring, and draws its points over theirs. */
public class FirstGan {

  public static void main(String[] args) {
    Backend.require(); // before the first array: says what is missing, and what to add
    Mixture ring = Mixture.named("ring8-pacgan").inUnitsOfItsDeviation();
    INDArray real = ring.batch(1, 0, 10_000);
    Dataset data = Dataset.builder().input("points", real).build();
    try (AdversarialTrainer trainer = Presets.named("dcgan").on(data).seed(1).start(data)) {
      trainer.train(300);
      Path picture = Path.of("points.png");
      PngFile.write(Scatter.around(real).draw(real, trainer.sample(1_000, 2)), picture);
      System.out.println(trainer.counters() + " -> " + picture.toAbsolutePath());
    }
  }
}
// endregion
