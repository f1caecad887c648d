package dev.tandem.examples.bench.systems;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.bench.measure.BenchData;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A classifier. */
final class TandemMlp implements TandemWorkload {

  private static final int BATCH = 128;

  private final ImmutableList<Examples> batches;
  private final Trainer trainer;

  TandemMlp(Engine engine, Precision precision) {
    batches =
        Arrays.stream(BenchData.classes(BATCH))
            .map(TandemMlp::examples)
            .collect(ImmutableList.toImmutableList());
    trainer =
        BenchNets.classifier()
            .initialize(1)
            .compile(
                Training.with(Adam.rate(1e-3).epsilon(1e-8))
                    .loss(Losses.sparseCategoricalCrossentropy().fromLogits())
                    .engine(engine)
                    .precision(precision)
                    .seed(1));
  }

  private static Examples examples(BenchData.Classified batch) {
    INDArray features = Nd4j.createFromArray(batch.features()).reshape('c', BATCH, 784);
    return Examples.of(features, Nd4j.createFromArray(batch.labels()));
  }

  @Override
  public double[] step(int number) {
    return new double[] {trainer.trainOnBatch(batches.get(number % batches.size())).loss()};
  }

  @Override
  public ImmutableMap<String, Trainer> trainers() {
    return ImmutableMap.of("classifier", trainer);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
