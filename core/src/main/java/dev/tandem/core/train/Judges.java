package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.metric.Metric;
import dev.tandem.core.op.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Means of losses and results of metrics over many batches. */
final class Judges {

  private record Judge(String head, String label, Metric.Accumulator accumulator) {}

  private final List<Head> heads;
  private final List<Judge> judges = new ArrayList<>();
  private final Map<String, Double> lossSums = new LinkedHashMap<>();
  private double lossSum;
  private long samples;

  Judges(List<Head> heads) {
    this.heads = heads;
    for (Head head : heads) {
      for (Metric metric : head.metrics()) {
        String label = heads.size() == 1 ? metric.name() : head.name() + "_" + metric.name();
        judges.add(new Judge(head.name(), label, metric.accumulator()));
      }
    }
  }

  void add(StepResult result, Program program, Checked checked) {
    long batch = checked.batch();
    samples += batch;
    lossSum += result.loss() * batch;
    result.losses().forEach((name, loss) -> lossSums.merge(name, loss * batch, Double::sum));
    for (Judge judge : judges) {
      INDArray weights = checked.get(PortNames.weights(judge.head()));
      INDArray target = checked.get(PortNames.target(judge.head()));
      judge.accumulator().add(target, program.output(PortNames.output(judge.head())), weights);
    }
  }

  /** {@code loss}, the loss of each output if there are several, and the metrics. */
  ImmutableMap<String, Double> results() {
    Map<String, Double> results = new LinkedHashMap<>();
    results.put("loss", lossSum / samples);
    if (heads.size() > 1) {
      lossSums.forEach((name, sum) -> results.put(name + "_loss", sum / samples));
    }
    judges.forEach(judge -> results.put(judge.label(), judge.accumulator().result()));
    return ImmutableMap.copyOf(results);
  }
}
