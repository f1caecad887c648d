package dev.tandem.cuda.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.core.worker.ThreadWorkers;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.core.worker.Workers;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.CardLinks;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.device.DeviceLostException;
import dev.tandem.cuda.device.FallingDevice;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.cuda.device.HostLinks;
import dev.tandem.cuda.device.LinkException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What happens to all workers on cards when one of them, or a way between them, fails. */
@Timeout(120)
class FaultsOnCardsTest {

  private final AtomicInteger others = new AtomicInteger();

  private static INDArray normal(long seed, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  private static Model line() {
    return Model.sequential("line", Input.of("x", 3), Dense.units(1).named("w"));
  }

  private static Training recipe() {
    return Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()).seed(1);
  }

  private static List<INDArray> values(Model model) {
    return model.weights().stream().map(Weight::values).toList();
  }

  /** A good step, then another one by a program that fails: nothing may have moved. */
  private void run(ThreadWorkers workers, BiConsumer<Trainer, Workers> failing) {
    workers.run(
        worker -> {
          Trainer trainer = line().compile(recipe().over(worker));
          trainer.trainOnBatch(normal(worker.rank(), 4, 3), normal(7, 4, 1));
          List<INDArray> before = values(trainer.model());
          try {
            failing.accept(trainer, worker);
          } catch (RuntimeException e) {
            assertThat(trainer.steps()).isEqualTo(1);
            if (!(e.getCause() instanceof DeviceLostException)) {
              assertThat(values(trainer.model())).isEqualTo(before);
            }
            others.incrementAndGet();
            throw e;
          } finally {
            trainer.close();
          }
        });
  }

  private static void step(Trainer trainer) {
    trainer.trainOnBatch(normal(3, 4, 3), normal(4, 4, 1));
  }

  @Test
  void nan_onOneWorker_movesNothingOnAnyAndNamesIt() {
    List<HostDevice> devices = HostCards.devices(2, HostDevice::new);
    assertThatThrownBy(
            () ->
                run(
                    HostCards.on(devices),
                    (trainer, worker) -> {
                      if (worker.rank() == 0) {
                        assertThatThrownBy(() -> step(trainer))
                            .isInstanceOf(WorkerException.class)
                            .hasMessageContaining("worker 1 of 2 failed")
                            .hasMessageContaining("NaN")
                            .satisfies(e -> assertThat(((WorkerException) e).rank()).isOne());
                        throw new IllegalStateException("seen");
                      }
                      INDArray x = normal(3, 4, 3);
                      x.putScalar(1, 2, Double.NaN);
                      trainer.trainOnBatch(x, normal(4, 4, 1));
                    }))
        .isInstanceOf(NonFiniteException.class);
    assertThat(others).hasValue(2);
    assertThat(HostCards.held(devices)).isZero();
  }

  /** Ways that break at the second move of a step, when means were made and not sent. */
  private static Function<List<? extends Device>, CardLinks> breaking(LinkException error) {
    return devices ->
        new HostLinks(devices) {
          @Override
          public void await(Duration longest) {
            if (moves().size() == 6) { // the first look, a step, and half of another one
              throw error;
            }
          }
        };
  }

  @Test
  void way_thatBreaks_movesNothingAndNamesTheWorkerAndItsCard() {
    List<HostDevice> devices = HostCards.devices(3, HostDevice::new);
    LinkException error = new LinkException(2, "nothing has come for 300 s");
    assertThatThrownBy(
            () -> run(HostCards.on(devices, breaking(error)), (trainer, worker) -> step(trainer)))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 2 of 3, on host, cannot exchange: nothing has come for 300 s")
        .hasMessageContaining("nothing was moved by this step, go on from the last checkpoint")
        .satisfies(e -> assertThat(((WorkerException) e).rank()).isEqualTo(2));
    assertThat(others).hasValue(3);
    assertThat(HostCards.held(devices)).isZero();
  }

  @Test
  void card_thatFallsOff_endsAllAndIsNamedWithItsWorker() {
    FallingDevice falling = new FallingDevice(Cards.host());
    assertThatThrownBy(
            () ->
                run(
                    HostCards.on(List.of(Cards.host(), falling.device())),
                    (trainer, worker) -> {
                      if (worker.rank() == 1) {
                        falling.fall();
                      }
                      step(trainer);
                    }))
        .isInstanceOf(DeviceLostException.class);
    assertThat(others).hasValue(2);
  }

  @Test
  void hungWorker_isNamedAfterPatienceAndInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                run(
                    HostCards.workers(2).patience(Duration.ofSeconds(1)),
                    (trainer, worker) -> {
                      if (worker.rank() == 1) {
                        try {
                          never.await();
                        } catch (InterruptedException e) {
                          throw new IllegalStateException("told to end", e);
                        }
                      }
                      step(trainer);
                    }))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 of 2 has not come for 1 s to where worker 0 takes a mean")
        .hasMessageContaining("give more patience");
    assertThat(others).hasValue(2);
  }

  @Test
  void numbers_thatArriveAsOthers_areFoundBeforeAnyProgramRuns() {
    Function<List<? extends Device>, CardLinks> wrong =
        devices ->
            new HostLinks(devices) {
              @Override
              public void move(List<Transfer> transfers) {
                super.move(transfers.stream().filter(one -> one.from() != 1).toList());
              }
            };
    List<HostDevice> devices = HostCards.devices(3, HostDevice::new);
    assertThatThrownBy(
            () ->
                HostCards.on(devices, wrong)
                    .run(
                        worker -> {
                          throw new AssertionError("a program runs");
                        }))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("numbers that card 1 (host) sends to card 0 (host) arrive as others")
        .hasMessageContaining("NCCL_P2P_DISABLE=1");
    assertThat(HostCards.held(devices)).isZero();
  }

  @Test
  void recipes_thatDiffer_areNamedWithWhatDiffers() {
    assertThatThrownBy(
            () -> HostCards.workers(2).run(w -> line().compile(recipe().seed(w.rank()).over(w))))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 has seed 1, and worker 0 seed 0");
    assertThatThrownBy(
            () ->
                HostCards.workers(2)
                    .run(
                        w ->
                            w.means()
                                .take(
                                    line().initialize(1).weights().stream()
                                        .limit(1 + w.rank())
                                        .map(Weight::variable)
                                        .toList(),
                                    new double[0],
                                    1)))
        .isInstanceOf(WorkerException.class)
        .hasMessageContaining("worker 1 exchanges 4 float32 and 0 float64 numbers")
        .hasMessageContaining("worker 0 3 and 0");
  }

  @Test
  void engine_ofAnotherCardOrKind_isRefusedByName() {
    HostDevice other = Cards.host();
    assertThatThrownBy(
            () ->
                HostCards.workers(2)
                    .run(w -> line().compile(recipe().engine(new CudaEngine(other)).over(w))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of 2 has a card of its own, host")
        .hasMessageContaining("leave engine(...) out");
    assertThatThrownBy(
            () ->
                HostCards.workers(2)
                    .run(w -> line().compile(recipe().over(w).engine(new SameDiffEngine()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("asks for another engine");
  }
}
