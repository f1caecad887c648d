package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.doubles;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.times;
import static dev.tandem.core.train.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One predictor, one trainer, or several over the same weights in several threads. */
class SharedThreadsTest {

  /** A step moves the weight by the same amount, whatever it is: the loss is the output itself. */
  private static final double RATE = 1.0 / 1024;

  private static void inThreads(List<Callable<Object>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Object> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Training falling() {
    return Training.with(Sgd.rate(RATE)).loss(Losses.output());
  }

  @OnBothEngines
  void predictor_ofFourThreads_givesEachItsOwnAnswers(Engine engine) throws Exception {
    Model model = Toys.mlp(DataType.FLOAT);
    List<Callable<Object>> tasks = new ArrayList<>();
    try (Predictor predictor = Predictor.of(model, engine)) {
      for (int thread = 0; thread < 4; thread++) {
        INDArray input = normal(thread, 1 + thread, 3);
        double[] expected = doubles(predictor.predict(input));
        tasks.add(
            () -> {
              for (int i = 0; i < 100; i++) {
                assertThat(doubles(predictor.predict(input))).isEqualTo(expected);
              }
              return null;
            });
      }
      inThreads(tasks);
    }
  }

  @OnBothEngines
  void trainers_ofSharedLayersInTwoThreads_loseNoStep(Engine engine) throws Exception {
    Dense shared = times("shared", 0);
    Input x = Input.of("x", 1);
    Model one = Model.of("one", x, shared.apply(x));
    Input y = Input.of("y", 1);
    Model other = Model.of("other", y, Tensors.scale(shared.apply(y), 1));
    List<Callable<Object>> tasks = new ArrayList<>();
    for (Model model : List.of(one, other)) {
      Trainer trainer = model.compile(falling().engine(engine));
      tasks.add(
          () -> {
            for (int i = 0; i < 300; i++) {
              trainer.trainOnBatch(Examples.of(column(1)));
            }
            return null;
          });
    }
    inThreads(tasks);
    assertThat(weight(shared)).isEqualTo(-600 * RATE);
  }

  @OnBothEngines
  void predictor_besideATrainer_seesNoHalfAStep(Engine engine) throws Exception {
    Dense a = times("a", 0);
    Dense b = times("b", 0);
    Input x = Input.of("x", 1);
    Model sum = Model.of("sum", x, Tensors.add(a.apply(x), b.apply(x)));
    Input y = Input.of("y", 1);
    Model difference = Model.of("difference", y, Tensors.subtract(a.apply(y), b.apply(y)));
    Trainer trainer = sum.compile(falling().engine(engine));
    CountDownLatch done = new CountDownLatch(1);
    try (Predictor predictor = Predictor.of(difference, engine)) {
      inThreads(
          List.of(
              () -> {
                for (int i = 0; i < 300; i++) {
                  trainer.trainOnBatch(Examples.of(column(1)));
                }
                done.countDown();
                return null;
              },
              () -> {
                while (done.getCount() > 0) {
                  assertThat(predictor.predict(column(1)).getDouble(0)).isZero();
                }
                return null;
              }));
    }
    assertThat(weight(a)).isEqualTo(-300 * RATE);
  }

  @OnBothEngines
  void trainer_inTheMiddleOfAFit_refusesAnotherThread(Engine engine) throws Exception {
    Model model = Toys.line(1);
    Trainer trainer = model.compile(falling().engine(engine));
    Dataset data = Dataset.builder().input("x", column(1, 1)).build();
    List<AtomicReference<Throwable>> refused = new ArrayList<>();
    List<Runnable> calls =
        List.of(
            () -> trainer.trainOnBatch(Examples.of(column(1))),
            () -> trainer.gradients(Examples.of(column(1))),
            trainer::update,
            () -> trainer.testOnBatch(Examples.of(column(1))),
            () -> trainer.evaluate(data, 1),
            () -> trainer.fit(data, Fit.epochs(1)),
            trainer::recompile,
            () -> trainer.state().restoreSteps(0),
            trainer::close);
    Callback intruder =
        new Callback() {
          @Override
          public void onStep(FitProgress progress, StepResult result) {
            for (Runnable call : calls) {
              AtomicReference<Throwable> thrown = new AtomicReference<>();
              Thread other = new Thread(call, "other");
              other.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
              other.start();
              SharedThreadsTest.join(other);
              refused.add(thrown);
            }
            trainer.evaluate(data, 1); // the thread itself may
          }
        };
    trainer.fit(data, Fit.epochs(1).batchSize(2).callbacks(intruder));
    assertThat(refused)
        .hasSize(calls.size())
        .allSatisfy(
            thrown ->
                assertThat(thrown.get())
                    .isInstanceOf(ConcurrentModificationException.class)
                    .hasMessageContaining("a trainer of Model \"line\" is used by the thread")
                    .hasMessageContaining("\"other\""));
    assertThat(weight(model)).isEqualTo(1 - RATE);
  }

  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @OnBothEngines
  void trainer_handedFromThreadToThread_goesOn(Engine engine) throws Exception {
    Model model = Toys.line(0);
    Trainer trainer = model.compile(falling().engine(engine));
    for (int i = 0; i < 4; i++) {
      Thread next = new Thread(() -> trainer.gradients(Examples.of(column(1))));
      next.start();
      next.join();
      trainer.update();
    }
    Thread last = new Thread(trainer::close);
    last.start();
    last.join();
    assertThat(weight(model)).isEqualTo(-4 * RATE);
    assertThatThrownBy(trainer::update).isInstanceOf(IllegalStateException.class);
  }

  @OnBothEngines
  void model_compiledInTheMiddleOfAStepOnItsWeights_isRefused(Engine engine) {
    Model model = Toys.line(1);
    Dense other = times("other", 1);
    Input x = Input.of("x", 1);
    Model both = Model.of("both", x, other.apply(model.apply(x)));
    Trainer trainer =
        model.compile(
            Training.with(
                    Sgd.rate(step -> Predictor.of(both, engine).predict(column(1)).getDouble(0)))
                .loss(Losses.output()));
    assertThatThrownBy(() -> trainer.trainOnBatch(Examples.of(column(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("compile it between steps");
  }
}
