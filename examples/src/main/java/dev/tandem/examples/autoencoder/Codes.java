package dev.tandem.examples.autoencoder;

import dev.tandem.examples.cli.Study;
import dev.tandem.examples.digits.DigitPictures;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Codes that images are made from, and images to be looked at. */
final class Codes {

  private Codes() {}

  /** From [0, 1] to [−1, 1]. */
  static INDArray signed(INDArray images) {
    return images.mul(2).subi(1);
  }

  /** Normal numbers with mean and deviation of the codes of images, one by one. */
  static INDArray likeCodes(Study study, Autoencoder nets, INDArray images) {
    INDArray codes = study.predict(nets.encoder(), images);
    INDArray random = DigitPictures.normal(~study.seed(), codes.size(0), codes.size(1));
    return random.muliRowVector(codes.std(0)).addiRowVector(codes.mean(0));
  }

  /** Rows of images, each from the code of one to the code of the next, in equal steps. */
  static INDArray between(Study study, Autoencoder nets, INDArray images, int count) {
    INDArray codes = study.predict(nets.encoder(), images);
    List<INDArray> steps = new ArrayList<>();
    for (int row = 0; row + 1 < codes.size(0); row += 2) {
      for (int i = 0; i < count; i++) {
        double share = (double) i / (count - 1);
        INDArray from = codes.slice(row).mul(1 - share);
        steps.add(from.addi(codes.slice(row + 1).mul(share)).reshape(1, codes.size(1)));
      }
    }
    return study.predict(nets.generator(), Nd4j.concat(0, steps.toArray(new INDArray[0])));
  }
}
