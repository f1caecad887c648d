package dev.tandem.cuda;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.TaskPlan;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.pass.BFloat16Operands;
import dev.tandem.core.engine.pass.Pass;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Guard;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.SumOfSquares;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.Workspaces;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.kernel.CudaKernels;
import dev.tandem.cuda.memory.Guarding;
import dev.tandem.cuda.memory.Mirrors;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The engine for NVIDIA cards: makes commands of each graph, which run as one CUDA graph. All
 * programs of one engine share the values of variables on the card.
 */
public final class CudaEngine implements Engine {

  /** The name for command lines. */
  public static final String NAME = "cuda";

  /** The system property that lets the host wait for each step. */
  public static final String WAITING = "tandem.cuda.waiting";

  private final Device device;
  private final Mirrors mirrors;
  private final boolean waits;

  /** An engine on a device. Steps are not waited for, unless {@link #WAITING} is set. */
  public CudaEngine(Device device) {
    this(device, Boolean.getBoolean(WAITING));
  }

  private CudaEngine(Device device, boolean waits) {
    this.device = Objects.requireNonNull(device, "device");
    this.mirrors = Mirrors.on(device);
    this.waits = waits;
  }

  /**
   * An engine on the same device that waits for each step, so that its error is thrown by the call
   * that asks for it: slower, for finding faults.
   */
  public CudaEngine waiting() {
    return new CudaEngine(device, true);
  }

  /** The device. */
  public Device device() {
    return device;
  }

  @Override
  public CudaProgram prepare(OpGraph graph) {
    return prepare(graph, Precision.FLOAT32);
  }

  @Override
  public CudaProgram prepare(OpGraph graph, Precision precision) {
    return prepare(graph, precision, Guarding.NONE);
  }

  CudaProgram prepare(OpGraph graph, Precision precision, Guarding guarding) {
    precision.require(this);
    return Workspaces.outside(
        () -> {
          OpGraph asked = precision == Precision.BF16 ? BFloat16Operands.ofProducts(graph) : graph;
          ImmutableList<KernelLibrary> libraries = ImmutableList.of(new CudaKernels(precision));
          return CudaProgram.of(
              TaskPlan.of(asked, libraries, EnumSet.allOf(Pass.class)), guarding, mirrors);
        });
  }

  @Override
  public Optional<String> lacks(Precision precision) {
    return device.lacks(precision);
  }

  @Override
  public Optional<Guard> guard() {
    return waits ? Optional.empty() : Optional.of(new CudaGuard(this, mirrors));
  }

  @Override
  public SumOfSquares squares(List<Variable> variables) {
    return variables.stream().allMatch(CudaEngine::isComputed)
        ? Workspaces.outside(() -> CudaSquares.of(variables, mirrors))
        : Engine.super.squares(variables);
  }

  private static boolean isComputed(Variable variable) {
    DataType dtype = variable.spec().dtype();
    return dtype == DataType.FLOAT || dtype == DataType.DOUBLE;
  }

  /** As in {@code CUDA on NVIDIA H200, capability 9.0}. */
  @Override
  public String toString() {
    return "CUDA on " + device.description();
  }
}
