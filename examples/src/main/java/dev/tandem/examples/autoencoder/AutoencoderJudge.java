package dev.tandem.examples.autoencoder;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.train.Trainer;
import dev.tandem.examples.cli.Study;
import dev.tandem.examples.digits.DigitFid;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Measures nets on test images.
 *
 * @param samples that the FID is of
 */
record AutoencoderJudge(Study study, Mnist mnist, int samples) {

  /**
   * Measures one.
   *
   * @param codes that its images are made from
   */
  void measure(String row, Autoencoder nets, INDArray codes) {
    Dataset test = Dataset.builder().input(Study.IMAGE, mnist.test().images()).build();
    try (Trainer judge = AutoencoderCommand.compile(study, nets);
        DigitFid judgment = new DigitFid(samples)) {
      Map<String, Double> parts = judge.evaluate(test, AutoencoderCommand.TEST_BATCH);
      String entropy = parts.containsKey("kl_loss") ? "missed_loss" : "loss";
      study.measured(row, AutoencoderCommand.ENTROPY, Objects.requireNonNull(parts.get(entropy)));
      if (parts.containsKey("kl_loss")) {
        study.measured(row, "KL, nats", Objects.requireNonNull(parts.get("kl_loss")));
      }
      study.measured(
          row,
          AutoencoderCommand.FID,
          judgment.of(Codes.signed(study.predict(nets.generator(), codes))).value());
    }
  }
}
