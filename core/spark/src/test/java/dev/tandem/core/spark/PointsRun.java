package dev.tandem.core.spark;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.RollingCheckpoints;
import dev.tandem.gan.train.Round;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A small GAN of points, alone and on workers: the same program in all tests. */
record PointsRun(int rounds, int every) implements SparkProgram<LinkedHashMap<String, String>> {

  /** What is done after each round of a worker. */
  interface Each extends Serializable {
    void after(SparkWorker worker, long round) throws Exception;
  }

  /** Whole batches for 2, 3 and 4 workers in each epoch. */
  static Dataset data() {
    INDArray points = Nd4j.createUninitialized(DataType.FLOAT, new long[] {72, 2}, 'c');
    CounterRandom.of(7, 0).normal(points);
    return Dataset.builder().input("point", points).build();
  }

  static AdversarialTraining recipe() {
    return Presets.named("sngan").forSamples(Shape.of(2)).batch(6).seed(11);
  }

  /** One process that accumulates the batches of so many workers. */
  static LinkedHashMap<String, String> alone(int workers, int rounds) {
    AdversarialTraining recipe = recipe();
    try (AdversarialTrainer trainer =
        recipe.schedule(recipe.schedule().accumulating(workers)).start(data())) {
      trainer.train(rounds);
      return digest(trainer);
    }
  }

  /** All numbers that training has moved, to the bit. */
  static LinkedHashMap<String, String> digest(AdversarialTrainer trainer) {
    LinkedHashMap<String, String> all = new LinkedHashMap<>();
    for (Model model :
        List.of(trainer.recipe().pair().generator(), trainer.recipe().pair().discriminator())) {
      model
          .weightsByPath()
          .forEach(
              (path, weight) ->
                  all.put(path, Arrays.toString(weight.values().ravel().toFloatVector())));
    }
    all.put("counters", trainer.counters().toString());
    return all;
  }

  @Override
  public LinkedHashMap<String, String> call(SparkWorker worker) throws Exception {
    return train(worker, (same, round) -> {});
  }

  LinkedHashMap<String, String> train(SparkWorker worker, Each each) throws Exception {
    try (AdversarialTrainer trainer = recipe().over(worker).start(data())) {
      worker.newest().ifPresent(trainer::restore);
      trainer.with(RollingCheckpoints.in(worker.checkpoints(), every));
      trainer.with(
          new AdversarialCallback() {
            @Override
            public void onRound(AdversarialTrainer same, Round round) {
              if (worker.rank() == 0) {
                worker.tell(
                    "losses.txt",
                    (round.number() + " " + round.discriminatorLoss() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
              }
              try {
                each.after(worker, round.number());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          });
      trainer.train(rounds - trainer.counters().rounds());
      return digest(trainer);
    }
  }
}
