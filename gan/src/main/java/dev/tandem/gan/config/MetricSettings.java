package dev.tandem.gan.config;

import java.util.Optional;

/**
 * The metrics of a run.
 *
 * @param measured what is measured on the way and at the end, as {@code fid:1000@500,swd@end}:
 *     names, with samples, and the rounds between two measurements, or {@code end} for none but the
 *     last, if other than usual; if anything is
 * @param tensorboard whether the run leaves event files for TensorBoard, too
 */
public record MetricSettings(Optional<String> measured, boolean tensorboard) {}
