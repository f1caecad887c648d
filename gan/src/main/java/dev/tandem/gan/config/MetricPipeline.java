package dev.tandem.gan.config;

/** What happens to images before the net of an ONNX file looks at them. */
public enum MetricPipeline {
  /** That of pytorch-fid: 256 levels, [0, 1], bilinear. */
  PYTORCH_FID,
  /** That of clean-fid: 256 levels, [0, 255], bicubic with antialiasing. */
  CLEAN_FID,
  /** None: images in [−1, 1], of the net's size. */
  PLAIN
}
