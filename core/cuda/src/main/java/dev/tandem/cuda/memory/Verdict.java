package dev.tandem.cuda.memory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.TaskPlan;
import dev.tandem.core.op.Guard.Look;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.kernel.SquaresKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The look at a run on the card, in two launches behind its commands: the sum of squares of what it
 * assigned, the loss, and indices outside of their tables.
 */
public final class Verdict {

  /** The name of its two words among the small outputs. */
  static final String REPORT = "\0report";

  private final TaskPlan plan;
  private final CudaBinding binding;
  private final Look look;
  private final SquaresKernel squares;
  private final List<Mirror> before = new ArrayList<>();
  private final long table;
  private final long partial;

  /** A look; the memory that it takes belongs to the holding. */
  Verdict(
      TaskPlan plan,
      CudaBinding binding,
      Look look,
      Map<Variable, Mirror> mirrors,
      Holding holding) {
    this.plan = plan;
    this.binding = binding;
    this.look = look;
    List<SquaresKernel.Numbers> numbers = new ArrayList<>();
    if (look.variables()) {
      for (OpGraph.Assignment assignment : plan.source().assignments()) {
        Variable variable = assignment.target();
        if (isComputed(variable.spec())) {
          numbers.add(
              new SquaresKernel.Numbers(
                  Objects.requireNonNull(mirrors.get(variable)).address(),
                  variable.spec().shape().length(),
                  variable.spec().dtype() == DataType.DOUBLE,
                  before(variable, holding)));
        }
      }
    }
    this.squares = SquaresKernel.of(numbers);
    INDArray pieces = squares.table();
    long bytes = pieces.length() * Long.BYTES;
    this.table = holding.allocate(bytes);
    holding.device().upload(pieces.data().addressPointer(), table, bytes);
    this.partial = holding.allocate(squares.blocks() * (long) Double.BYTES);
  }

  private long before(Variable variable, Holding holding) {
    Variable earlier = look.before().get(variable);
    if (earlier == null || !earlier.spec().equals(variable.spec())) {
      return 0;
    }
    Mirror mirror = holding.use(earlier);
    before.add(mirror);
    return mirror.address();
  }

  private static boolean isComputed(TensorSpec spec) {
    return spec.dtype() == DataType.FLOAT || spec.dtype() == DataType.DOUBLE;
  }

  /** Brings what is looked at first up to date on the card. */
  void require() {
    for (int i = 0; i < before.size(); i++) {
      before.get(i).require();
    }
  }

  /** What the card does after a run. */
  ImmutableList<Command> commands(long flag) {
    ImmutableList.Builder<Command> commands = ImmutableList.builder();
    scalars()
        .forEach(
            (name, spec) -> {
              long from = binding.address(Objects.requireNonNull(plan.outputs().get(name)));
              if (from != binding.report(name)) {
                commands.add(new Command.Copy(from, binding.report(name), spec.dtype().width()));
              }
            });
    TensorSpec loss = Objects.requireNonNull(plan.outputs().get(look.output())).spec();
    commands.addAll(
        squares.commands(
            table,
            partial,
            new SquaresKernel.Verdict(
                binding.report(look.output()),
                loss.dtype() == DataType.DOUBLE,
                look.limit(),
                binding.indices().address(),
                binding.indices().computedWords(),
                flag,
                binding.report(REPORT))));
    return commands.build();
  }

  /** The scalar outputs of float32 and float64. */
  public ImmutableMap<String, TensorSpec> scalars() {
    ImmutableMap.Builder<String, TensorSpec> scalars = ImmutableMap.builder();
    plan.outputs()
        .forEach(
            (name, view) -> {
              if (view.spec().shape().length() == 1 && isComputed(view.spec())) {
                scalars.put(name, view.spec());
              }
            });
    return scalars.buildOrThrow();
  }

  /** How far behind the first of the small outputs a scalar lies. */
  public long offset(String name) {
    return binding.report(name) - binding.made().address(0);
  }

  /** How far behind the first of the small outputs the two words lie. */
  public long offset() {
    return offset(REPORT);
  }
}
