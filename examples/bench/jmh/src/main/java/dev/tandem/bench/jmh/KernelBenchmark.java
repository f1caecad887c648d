package dev.tandem.bench.jmh;

import dev.tandem.core.engine.EngineOptions;
import dev.tandem.core.engine.Plan;
import dev.tandem.core.engine.PlanEngine;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Each case with all kernel libraries and with ND4J's alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g", "-Dorg.bytedeco.javacpp.maxbytes=8g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

  /** Which kernel libraries are asked. */
  public enum Libraries {
    /** oneDNN's first, where there is one. */
    ALL,
    /** ND4J's alone. */
    ND4J
  }

  /** Every case, unless {@code -p kernel=…} names some. */
  @Param public KernelCase kernel;

  /** Both, unless {@code -p libraries=…} names one. */
  @Param public Libraries libraries;

  private Plan plan;

  /** Makes the plan, on positive numbers: variances must be. */
  @Setup
  public void prepare() {
    EngineOptions all = EngineOptions.defaults();
    EngineOptions options = libraries == Libraries.ALL ? all : all.without("onednn");
    plan = new PlanEngine(options).prepare(kernel.graph());
    Nd4j.getRandom().setSeed(1);
    plan.graph()
        .feeds()
        .forEach(
            (name, spec) -> plan.feed(name, Nd4j.rand(DataType.FLOAT, spec.shape().toArray())));
  }

  /** Runs it. */
  @Benchmark
  public void run() {
    plan.run(1, 0);
  }

  /** Gives the memory back. */
  @TearDown
  public void close() {
    plan.close();
  }
}
