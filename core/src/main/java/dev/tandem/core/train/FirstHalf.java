package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.LookedProgram;
import dev.tandem.core.op.LookedProgram.Finding;
import dev.tandem.core.op.LookedProgram.Report;
import dev.tandem.core.op.Program;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The first half of a step: losses, gradients and next states, made and looked at. */
final class FirstHalf {

  /**
   * One of them.
   *
   * @param program fed with the examples
   * @param written the state whose next values it computes
   * @param seed of its random numbers
   * @param step the number of the step that it belongs to
   */
  record Part(Program program, ImmutableSet<Weight> written, long seed, long step) {}

  private final Model model;
  private final ImmutableList<Head> heads;
  private final StepInputs ports;
  private final Leftovers leftovers;

  FirstHalf(Model model, ImmutableList<Head> heads, StepInputs ports, Leftovers leftovers) {
    this.model = model;
    this.heads = heads;
    this.ports = ports;
    this.leftovers = leftovers;
  }

  /**
   * Runs it and looks at what it made.
   *
   * @param checked the examples that were fed
   * @throws NonFiniteException if there is NaN or infinity in it
   */
  StepResult run(Part part, ValidatedExamples checked, StepsAhead ahead) {
    ToDoubleFunction<String> scalars;
    boolean fine;
    if (ahead.isAhead()) {
      LookedProgram program = (LookedProgram) part.program();
      Report report = program.ask(part.seed(), part.step());
      scalars = report::scalar;
      fine = report.take() == Finding.FINE;
      if (!fine) {
        ahead.release();
        program.refusal().ifPresent(FirstHalf::refuse);
      }
      leftovers.found(!fine);
      fine = fine || isFinite(scalars) && leftovers.culprit(part.written()).isEmpty();
    } else {
      part.program().run(part.seed(), part.step());
      scalars = part.program()::scalar;
      fine = isFinite(scalars) && leftovers.areFinite(part.written());
    }
    if (!fine) {
      String what =
          isFinite(scalars)
              ? behindFiniteLoss(leftovers.culprit(part.written()).orElseThrow())
              : lossIs(scalars);
      throw explain(part, checked::findNonFinite, what);
    }
    return Reported.result(part.step(), heads, scalars);
  }

  private static void refuse(RuntimeException refusal) {
    throw refusal;
  }

  /**
   * Asks for it; who wants to know its losses waits for it.
   *
   * @param takeBack what is to be done should it turn out to have failed
   */
  StepResult ask(Part part, StepsAhead ahead, Runnable takeBack) {
    LookedProgram program = (LookedProgram) part.program();
    Report report = program.ask(part.seed(), part.step());
    StepsAhead.Asked asked = ahead.add(report, () -> cause(part, program, report));
    ahead.undo(takeBack);
    Supplier<StepResult.Losses> coming =
        () -> {
          ahead.await(asked);
          return Reported.losses(heads, report::scalar);
        };
    return new StepResult(part.step(), coming);
  }

  /** The error for a step that was asked for, now that all is as it was then. */
  private RuntimeException cause(Part part, LookedProgram program, Report report) {
    Optional<RuntimeException> refused = program.refusal();
    if (refused.isPresent()) {
      return refused.get();
    }
    String what;
    if (isFinite(report::scalar)) {
      program.repeat();
      Optional<String> culprit = leftovers.culprit(part.written());
      if (culprit.isEmpty()) {
        return NonFinite.tooLarge(model, report.squares(), part.step());
      }
      what = behindFiniteLoss(culprit.get());
    } else {
      what = lossIs(report::scalar);
    }
    // the arrays that were given may hold something else by now: what was fed is looked at
    return explain(part, () -> Feeds.findNonFinite(ports, port -> fed(program, port), null), what);
  }

  private static @Nullable INDArray fed(LookedProgram program, @Nullable StepInput port) {
    return port == null || !program.graph().feeds().containsKey(port.feed())
        ? null
        : program.fed(port.feed());
  }

  private NonFiniteException explain(Part part, Supplier<Optional<String>> fed, String what) {
    return NonFinite.explain(model, part.program(), fed, what, part.seed(), part.step());
  }

  private static boolean isFinite(ToDoubleFunction<String> scalars) {
    return Double.isFinite(scalars.applyAsDouble(StepInputNames.TOTAL));
  }

  private static String lossIs(ToDoubleFunction<String> scalars) {
    return "the loss is " + scalars.applyAsDouble(StepInputNames.TOTAL);
  }

  private static String behindFiniteLoss(String culprit) {
    return culprit + " behind a finite loss";
  }
}
