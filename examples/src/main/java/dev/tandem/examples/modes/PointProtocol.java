package dev.tandem.examples.modes;

import dev.tandem.examples.gan.GanData;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.metric.ModeCoverage;
import dev.tandem.gan.metric.ModeReport;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Points of a mixture, by the measure of PacGAN (Lin et al., 2018, arXiv:1712.04086). */
record PointProtocol(Mixture mixture) implements Protocol {

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
