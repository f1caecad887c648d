package dev.tandem.cuda.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.core.worker.Exchange;
import dev.tandem.core.worker.Workers;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.cuda.device.HostLinks;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Round;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Workers on cards against one card that accumulates their batches: equal bits. */
@Timeout(120)
class WorkersOnCardsTest {

  private static final int STEPS = 3;
  private static final int ROUNDS = 2;

  private static INDArray normal(long seed, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  /** Two heads over a trunk with batch norm, dropout and a spectrally normalized layer. */
  private static Model net() {
    Input x = Input.of("x", 3);
    SymbolicTensor trunk =
        Model.sequential(
                "trunk",
                Input.of("t", 3),
                Dense.units(8).named("d"),
                BatchNormalization.of().momentum(0.8).named("norm"),
                SpectralNormalization.of(Dense.units(6).activation(Activations.tanh()).named("s")),
                Dropout.rate(0.3))
            .apply(x);
    return Model.of(
        "net",
        List.of(x),
        List.of(Dense.units(2).named("a").apply(trunk), Dense.units(1).named("b").apply(trunk)));
  }

  private static Training recipe() {
    return Training.with(Adam.rate(0.01))
        .loss("a", Losses.meanSquaredError())
        .loss("b", Losses.meanSquaredError())
        .clip(Clippings.byGlobalNorm(1))
        .seed(5);
  }

  private static Examples batch(int number) {
    return Examples.of(
        Map.of("x", normal(number, 4, 3)),
        Map.of("a", normal(number + 1000, 4, 2), "b", normal(number + 2000, 4, 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void steps_ofAWorkerOnEachCard_leaveTheBitsOfOneCardThatAccumulates(int count) {
    Map<String, INDArray> one;
    try (Trainer trainer = net().compile(recipe().engine(new CudaEngine(Cards.host())))) {
      for (int step = 0; step < STEPS; step++) {
        for (int part = 0; part < count; part++) {
          trainer.gradients(batch(step * count + part));
        }
        trainer.update();
      }
      one = Held.by(trainer);
    }
    List<HostDevice> devices = HostCards.devices(count, HostDevice::new);
    HostLinks links = new HostLinks(devices);
    ImmutableList<Map<String, INDArray>> all =
        HostCards.on(devices, any -> links)
            .call(
                worker -> {
                  try (Trainer trainer = net().compile(recipe().over(worker))) {
                    List<Double> losses = new ArrayList<>();
                    for (int step = 0; step < STEPS; step++) {
                      int mine = step * count + worker.rank();
                      StepResult result = trainer.trainOnBatch(batch(mine));
                      losses.add(result.loss());
                    }
                    assertThat(losses).doesNotHaveDuplicates();
                    return Held.by(trainer);
                  }
                });

    assertThat(all).allSatisfy(held -> assertThat(held).isEqualTo(one));
    assertThat(links.moves()).hasSize(2 + 2 * STEPS); // all numbers crossed by these ways
    assertThat(HostCards.held(devices)).isZero();
  }

  /** A device that counts what crosses to and from the host. */
  private static Device counting(Device device, AtomicLong bytes) {
    return (Device)
        Proxy.newProxyInstance(
            Device.class.getClassLoader(),
            new Class<?>[] {Device.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("upload") || method.getName().equals("download")) {
                bytes.addAndGet((Long) arguments[2]);
              }
              return method.getName().equals("equals")
                  ? proxy == arguments[0]
                  : method.invoke(device, arguments);
            });
  }

  @Test
  void numbers_ofAStep_doNotCrossToTheHost() {
    AtomicLong bytes = new AtomicLong();
    List<HostDevice> devices = HostCards.devices(2, HostDevice::new);
    List<Device> counting = devices.stream().map(one -> counting(one, bytes)).toList();
    HostCards.on(counting, any -> new HostLinks(devices))
        .run(
            worker -> {
              Model wide =
                  Model.sequential(
                      "wide", Input.of("x", 3), Dense.units(5000).named("a"), Dense.units(1));
              Training recipe = Training.with(Adam.rate(.01)).loss(Losses.meanSquaredError());
              try (Trainer trainer = wide.compile(recipe.seed(1).over(worker))) {
                trainer.trainOnBatch(normal(worker.rank(), 4, 3), normal(7, 4, 1));
                worker.gather(new byte[0]);
                bytes.set(0);
                worker.gather(new byte[0]);
                trainer.trainOnBatch(normal(worker.rank(), 4, 3), normal(7, 4, 1));
                worker.gather(new byte[0]);
                assertThat(bytes).hasValueBetween(1L, 2000L); // 25,001 weights are 100,004 bytes
                worker.gather(new byte[0]);
              }
            });
  }

  private static Dataset points() {
    return Dataset.builder()
        .input("point", normal(1, 50, 2))
        .target("label", Nd4j.createFromArray(new int[50]))
        .build();
  }

  private static AdversarialTraining recipe(String preset) {
    return Presets.named(preset).forSamples(Shape.of(2)).batch(6).seed(11);
  }

  private static Map<String, INDArray> run(AdversarialTraining recipe) {
    Dataset data = points();
    try (AdversarialTrainer trainer =
        recipe.pair().conditioning() instanceof Cycle
            ? recipe.start(data, data.slice(16, 50))
            : recipe.start(data)) {
      for (int i = 0; i < ROUNDS; i++) {
        Round round = trainer.round();
        assertThat(round.discriminatorLoss()).isFinite();
      }
      return Held.by(trainer);
    }
  }

  /** Batch norm; penalties and an average. */
  @ParameterizedTest
  @CsvSource({"dcgan, 2", "r3gan, 3"})
  void rounds_ofAWorkerOnEachCard_leaveTheBitsOfOneCardThatAccumulates(String preset, int count) {
    requireLaw(preset, count);
  }

  /** Pools that workers hand on; packs; a critic's steps. */
  @ParameterizedTest
  @CsvSource({"cyclegan, 2", "pacgan2, 2", "wgan-gp, 3"})
  @Tag("heavy") // the same for more presets
  void rounds_ofOtherPresets_leaveTheBitsOfOneCardThatAccumulates(String preset, int count) {
    requireLaw(preset, count);
  }

  private static void requireLaw(String preset, int count) {
    AdversarialTraining alone = recipe(preset).engine(new CudaEngine(Cards.host()));
    Map<String, INDArray> one = run(alone.schedule(alone.schedule().accumulating(count)));

    ImmutableList<Map<String, INDArray>> all =
        HostCards.workers(count).call(worker -> run(recipe(preset).over(worker)));

    assertThat(all).allSatisfy(held -> assertThat(held).isEqualTo(one));
  }

  @Test
  void meansOfWeights_onCards_haveTheBitsOfThreads() {
    List<Map<String, INDArray>> threads =
        Workers.threads(2)
            .call(worker -> averaged(recipe().engine(new CudaEngine(Cards.host())), worker));

    List<Map<String, INDArray>> cards =
        HostCards.workers(2).call(worker -> averaged(recipe(), worker));

    assertThat(cards).isEqualTo(threads);
    assertThat(cards.get(1)).isEqualTo(cards.get(0));
  }

  private static Map<String, INDArray> averaged(Training recipe, Workers worker) {
    try (Trainer trainer = net().compile(recipe.over(worker, Exchange.averaging(STEPS)))) {
      for (int step = 0; step < STEPS; step++) {
        trainer.trainOnBatch(batch(10 * step + worker.rank()));
      }
      return Held.by(trainer);
    }
  }

  @Test
  void fit_onCards_reportsTheSameToAllAndHasTheBitsOfThreads() {
    Dataset rows =
        Dataset.builder().input("x", normal(1, 46, 3)).target("w", normal(2, 46, 1)).build();
    Training recipe = Training.with(Adam.rate(0.1)).loss(Losses.meanSquaredError()).seed(1);
    List<Map<String, INDArray>> threads =
        Workers.threads(2)
            .call(worker -> fitted(recipe.engine(new CudaEngine(Cards.host())).over(worker), rows));

    List<Map<String, INDArray>> cards =
        HostCards.workers(2).call(worker -> fitted(recipe.over(worker), rows));

    assertThat(cards).isEqualTo(threads);
  }

  private static Map<String, INDArray> fitted(Training recipe, Dataset rows) {
    Model line = Model.sequential("line", Input.of("x", 3), Dense.units(1).named("w"));
    try (Trainer trainer = line.compile(recipe)) {
      trainer.fit(rows, Fit.epochs(2).batchSize(4).validation(rows.take(8)));
      return Held.by(trainer);
    }
  }
}
