package dev.tandem.examples.diffusion;

import static dev.tandem.core.loss.Losses.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.PixelRange;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.AveragedModel;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.digits.FewDigits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class DiffusionTest {

  private static final int BATCH = 16;

  @Test
  void unet_trainedAtRandomTimes_learnsAndItsAverageDraws() {
    Denoiser nets = Denoiser.create(8, 1);
    assertThat(nets.training().weights()).containsExactlyElementsOf(nets.unet().weights());

    INDArray images = FewDigits.of(PixelRange.MINUS_ONE_TO_ONE, BATCH).train().images();
    try (Trainer trainer =
            nets.training().compile(Training.with(Adam.rate(3e-3)).loss(output()).seed(1));
        AveragedModel average = AveragedModel.of(nets.unet(), trainer)) {
      double first = 0;
      double last = 0;
      for (int step = 0; step < 40; step++) {
        double loss =
            trainer.trainOnBatch(Examples.of(Times.random(1, step, BATCH).with(images))).loss();
        average.follow(.9);
        first += step < 5 ? loss / 5 : 0;
        last += step >= 35 ? loss / 5 : 0;
      }
      assertThat(last).isLessThan(.7 * first);
      assertThat(average.model().weights().get(0).values())
          .isNotEqualTo(nets.unet().weights().get(0).values());

      List<INDArray> moments = new ArrayList<>();
      INDArray drawn = new Sampling(3).draw(average.model(), 2, 1, new PlanEngine(), moments::add);
      assertThat(drawn.shape()).containsExactly(2, 28, 28, 1);
      assertThat(drawn.amaxNumber().doubleValue()).isLessThanOrEqualTo(1);
      assertThat(moments).hasSize(3).last().isEqualTo(drawn);
      assertThat(Sampling.rows(moments, 2).shape()).containsExactly(6, 28, 28, 1);
      assertThat(Sampling.rows(moments, 2).slice(5)).isEqualTo(drawn.slice(1));
    }
  }

  @Test
  void times_fromCleanToNoise_keepTheVarianceAtOne() {
    assertThat(Times.signal(0)).isCloseTo(.98, within(1e-9));
    assertThat(Times.signal(1)).isCloseTo(.02, within(1e-9));
    for (double time : new double[] {0, .3, 1}) {
      double signal = Times.signal(time);
      double noise = Times.noise(time);
      assertThat(signal * signal + noise * noise).isCloseTo(1, within(1e-9));
    }
    assertThat(Times.random(1, 2, 8).features()).isEqualTo(Times.random(1, 2, 8).features());
    assertThat(Times.random(1, 2, 8).features()).isNotEqualTo(Times.random(1, 3, 8).features());
  }
}
