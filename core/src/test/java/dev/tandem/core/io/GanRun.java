package dev.tandem.core.io;

import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A small GAN in training, as a program would write it: Adam, dropout, batch normalization,
 * shuffled data whose last batch is smaller, and noise by a counter.
 */
final class GanRun implements AutoCloseable {

  private static final Batching BATCHING = Batching.of(3).shuffled(11);

  private final Dataset data =
      Dataset.builder().input("image", Nets.numbers(99, 8, 4, 4, 1)).build();

  final Model generator;
  final Model discriminator;
  final Trainer trainDiscriminator;
  final Trainer trainGenerator;
  private BatchIterator batches = data.endlessBatches(BATCHING, BatchPosition.START);
  private long noise;

  /** New models and trainers; the seed is that of the weights. */
  GanRun(long seed) {
    generator = Nets.generator(seed);
    discriminator = Nets.discriminator(seed + 1);
    Training recipe = Training.with(Adam.rate(1e-2)).loss(Losses.binaryCrossentropy()).seed(5);
    trainDiscriminator = discriminator.compile(recipe);
    discriminator.setTrainable(false);
    trainGenerator = Nets.gan(generator, discriminator).compile(recipe);
  }

  /** Steps of both, and their losses. */
  List<Double> steps(int count) {
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Batch batch = batches.next();
      INDArray ones = Nd4j.ones(batch.size(), 1);
      losses.add(trainDiscriminator.trainOnBatch(batch.input("image"), ones).loss());
      losses.add(trainGenerator.trainOnBatch(Nets.numbers(noise++, batch.size(), 4), ones).loss());
    }
    return losses;
  }

  Checkpoint checkpoint() {
    return Checkpoint.of().with("d", trainDiscriminator).with("g", trainGenerator);
  }

  RunState state() {
    return RunState.at(batches.position()).with("noise", noise);
  }

  void goOn(RunState state) {
    batches.close();
    batches = data.endlessBatches(BATCHING, state.position().orElseThrow());
    noise = state.number("noise");
  }

  /** Every weight and every slot. */
  Map<String, List<Double>> everything() {
    Map<String, List<Double>> all = new LinkedHashMap<>(Nets.values(trainGenerator.model()));
    for (Trainer trainer : List.of(trainDiscriminator, trainGenerator)) {
      trainer
          .state()
          .slots()
          .forEach(
              (path, slot) ->
                  all.put(trainer.model().name() + ":" + path, Nets.values(slot.array())));
      all.put(trainer.model().name(), List.of((double) trainer.steps()));
    }
    return all;
  }

  @Override
  public void close() {
    batches.close();
    trainDiscriminator.close();
    trainGenerator.close();
  }
}
