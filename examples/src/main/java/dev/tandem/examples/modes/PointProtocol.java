package dev.tandem.examples.modes;

import com.google.common.collect.ImmutableSet;
import dev.tandem.examples.gan.GanData;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.metric.ModeCoverage;
import dev.tandem.gan.metric.ModeReport;
import dev.tandem.gan.preset.Preset;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Points of a mixture, by the measure of PacGAN (Lin et al., 2018, arXiv:1712.04086). */
record PointProtocol(Mixture mixture) implements Protocol {

  /** The presets with the nets and the rates of that paper. */
  private static final ImmutableSet<String> PUBLISHED =
      ImmutableSet.of("dcgan", "pacgan2", "pacgan4");

  /**
   * The protocol for a preset: those of the paper see its coordinates, all others units of the
   * mixture's standard deviation. Modes and quality do not depend on units.
   */
  static PointProtocol of(Mixture mixture, Preset preset) {
    return new PointProtocol(
        PUBLISHED.contains(preset.name()) ? mixture : mixture.inUnitsOfItsDeviation());
  }

  @Override
  public String name() {
    return mixture.name();
  }

  @Override
  public GanData data(long seed) {
    return GanData.of(mixture, seed);
  }

  @Override
  public int samples() {
    return 2_500;
  }

  @Override
  public ModeReport measure(INDArray samples, long seed) {
    return ModeCoverage.of(mixture).measure(samples, seed);
  }
}
