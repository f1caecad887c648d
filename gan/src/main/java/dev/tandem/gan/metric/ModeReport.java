package dev.tandem.gan.metric;

import java.util.Locale;

/**
 * The modes of the data that a generator's samples fill.
 *
 * @param protocol the data, by name
 * @param modes how many there are
 * @param captured modes with at least one sample (of high quality, where that is defined); the
 *     floor is what a perfect sampler is expected to capture
 * @param highQuality the share of samples near a mode; where quality is not defined, 1 with floor 1
 * @param reverseKl the divergence of the samples' modes from the data's; NaN if no sample counts
 */
public record ModeReport(
    String protocol, int modes, Score captured, Score highQuality, Score reverseKl) {

  /** As in {@code ring8-pacgan modes=8/8 hq=96.1 rkl=0.0040 floor=0.0014 rkl_over_floor=0.0026}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s modes=%.0f/%d hq=%.1f rkl=%.4f floor=%.4f rkl_over_floor=%.4f n=%d seed=%d",
        protocol,
        captured.value(),
        modes,
        100 * highQuality.value(),
        reverseKl.value(),
        reverseKl.floor(),
        reverseKl.overFloor(),
        captured.samples(),
        captured.seed());
  }
}
