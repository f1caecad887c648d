package dev.tandem.gan.config;

import java.util.Optional;

/**
 * The metrics of a run.
 *
 * @param measured what is measured on the way and at the end, as {@code fid:1000@500,swd@end}:
 *     names, with samples, and the rounds between two measurements, or {@code end} for none but the
 *     last, if other than usual; if anything is
 * @param extractor an ONNX file with the net that measures look through, as the Inception-v3 of the
 *     FID papers; none for the nets that come along
 * @param pipeline what happens to images before that net looks at them
 * @param tensorboard whether the run leaves event files for TensorBoard, too
 */
public record MetricSettings(
    Optional<String> measured,
    Optional<String> extractor,
    MetricPipeline pipeline,
    boolean tensorboard) {

  /** Nothing is measured. */
  static MetricSettings none() {
    return new MetricSettings(
        Optional.empty(), Optional.empty(), MetricPipeline.PYTORCH_FID, false);
  }
}
