package dev.tandem.cuda.device;

import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Program;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.StepPrograms;
import dev.tandem.cuda.text.KernelText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/** The texts of the kernels of graphs, by name: what a device would be given, were there one. */
public final class KernelTexts extends NoDevice {

  private final Map<String, KernelText> texts = new TreeMap<>();

  private KernelTexts() {}

  /** Those of some graphs. */
  public static Map<String, KernelText> of(Stream<OpGraph> graphs) {
    KernelTexts device = new KernelTexts();
    graphs.forEach(graph -> device.add(graph));
    return device.texts;
  }

  /** Those of all samples of ops. */
  public static Map<String, KernelText> ofSamples(DataType dtype) {
    return of(OpSamples.all().map((OpSample sample) -> sample.graph(dtype)));
  }

  /** Those of a step of a workload. */
  public static Map<String, KernelText> ofSteps(StepPrograms workload) {
    KernelTexts device = new KernelTexts();
    workload.onEngine(new CudaEngine(device), (name, program) -> {});
    return device.texts;
  }

  private void add(OpGraph graph) {
    Program program = new CudaEngine(this).prepare(graph);
    program.close();
  }

  @Override
  public Recording record(List<Command> commands) {
    for (Command command : commands) {
      if (command instanceof Command.Launch launch) {
        texts.put(launch.kernel().name(), launch.kernel());
      }
    }
    return super.record(commands);
  }
}
