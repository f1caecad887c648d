package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.support.ChildProcess;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A system on the JVM and how its program is started.
 *
 * @param name as its program prints it
 * @param module of examples/bench that builds the program; empty for this application itself
 * @param artifact whose version is told, as it is called in class paths
 * @param mainClass of the program
 * @param arguments before the workload
 * @param jvmOptions besides the heap's limit, which is the same for all
 * @param preparation as a peer says it
 * @param environment besides the number of threads
 * @param pace chooses the numbers of steps
 */
record Competitor(
    String name,
    Optional<String> module,
    String artifact,
    String mainClass,
    ImmutableList<String> arguments,
    ImmutableList<String> jvmOptions,
    ImmutableList<String> preparation,
    ImmutableMap<String, String> environment,
    Steps.Pace pace)
    implements Peer {

  private static final String HEAP = "-Xmx2g";

  @Override
  public ChildProcess process(String classPath, String threads, Task task, Steps steps) {
    ImmutableList<String> command =
        ImmutableList.<String>builder()
            .addAll(ChildProcess.java())
            .add(HEAP)
            .addAll(jvmOptions)
            .add("-cp", classPath, mainClass)
            .addAll(arguments)
            .add(task.label())
            .add(Integer.toString(steps.iterations()), Integer.toString(steps.warmup()))
            .build();
    ImmutableMap<String, String> all =
        ImmutableMap.<String, String>builder()
            .put("OMP_NUM_THREADS", threads)
            .put("MKL_NUM_THREADS", threads)
            .put("OPENBLAS_NUM_THREADS", threads)
            .putAll(environment)
            .buildOrThrow();
    return new ChildProcess(command, all);
  }

  @Override
  public String version(String classPath) {
    Matcher matcher =
        Pattern.compile(
                "[/\\\\]"
                    + Pattern.quote(artifact)
                    + "[/\\\\]([^/\\\\]+)[/\\\\]"
                    + Pattern.quote(artifact)
                    + "-")
            .matcher(classPath);
    return artifact + " " + (matcher.find() ? matcher.group(1) : "?");
  }
}
