package dev.tandem.examples.bench.systems;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Precision;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;

/** Steps of one model. */
final class TandemNet implements TandemWorkload {

  private final NetTask task;
  private final Trainer trainer;

  TandemNet(NetTask task, Engine engine, Precision precision) {
    this.task = task;
    this.trainer =
        task.model()
            .initialize(1)
            .compile(
                Training.with(Adam.rate(1e-3).epsilon(1e-8))
                    .loss(task.loss())
                    .engine(engine)
                    .precision(precision)
                    .seed(1));
  }

  @Override
  public double[] step(int number) {
    int batch = number % task.batches().size();
    return new double[] {trainer.trainOnBatch(task.batches().get(batch)).loss()};
  }

  @Override
  public ImmutableMap<String, Trainer> trainers() {
    return ImmutableMap.of(task.model().name(), trainer);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
