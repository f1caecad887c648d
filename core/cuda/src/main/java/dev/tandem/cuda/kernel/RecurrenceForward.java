package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.recurrent.LongShortTermCell;
import dev.tandem.core.op.recurrent.RecurrenceForm;
import dev.tandem.core.op.recurrent.SimpleCell;
import dev.tandem.cuda.device.Command;
import java.util.List;

/**
 * A recurrence, step by step. The states of now lie where the last states are wanted; scratch is
 * (product, reset state).
 */
final class RecurrenceForward extends RecurrenceSteps {

  RecurrenceForward(OpCall call, RecurrenceForm form) {
    super(call, form, call.inputs().get(0).spec());
  }

  @Override
  public List<Command> commands(Places places) {
    ImmutableList.Builder<Command> commands = ImmutableList.builder();
    List<Long> given = places.inputs().subList(1, places.inputs().size());
    List<Long> first = form.first(given);
    for (int i = 0; i < first.size(); i++) {
      commands.add(copy(first.get(i), places.out(form.made() + i)));
    }
    for (int step = 0; step < time; step++) {
      boolean begun = step > 0 || form.started();
      long state = places.out(form.made());
      if (begun) {
        commands.add(forward(state, given.get(0), places.scratch(0)));
      }
      int place = form.place(step, (int) time);
      if (resetsBefore()) {
        commands.add(run(reset(places, place, begun), resetText()));
        if (begun) {
          commands.add(forward(places.scratch(1), given.get(0), places.scratch(0)));
        }
      }
      StepKernel kernel = kernel(places, given, place, begun);
      commands.add(run(kernel, text()));
    }
    return commands.build();
  }

  private StepKernel kernel(Places places, List<Long> given, int place, boolean begun) {
    StepKernel kernel = new StepKernel("recurrence_step", type);
    kernel.number("place", place).number("begun", begun ? 1 : 0);
    kernel.reads("x", places.in(0), sequence(gates));
    kernel.reads("product", places.scratch(0), states * gates);
    if (form.biased()) {
      kernel.reads("bias", given.get(1), gates * units);
    }
    masked(kernel, given);
    for (int i = 0; i < form.cell().states(); i++) {
      kernel.writes("made" + i, places.out(i), sequence(1));
      kernel.writes("state" + i, places.out(form.made() + i), states);
    }
    for (int i = 0; i < form.cell().kept().size(); i++) {
      int output = form.cell().states() + i;
      kernel.writes("kept" + i, places.out(output), sequence(form.cell().kept().get(i)));
    }
    return kernel;
  }

  private String text() {
    StringBuilder text = new StringBuilder(place()).append(counts());
    if (form.cell() instanceof SimpleCell) {
      text.append(number("h", at("x", 1, 0)));
      text.append("    if (begun) h += " + of("product", 1, 0) + ";\n    h = " + tanh("h") + ";\n");
      return text.append(states(1)).toString();
    } else if (form.cell() instanceof LongShortTermCell) {
      for (int i = 0; i < 4; i++) {
        text.append(number("z" + i, at("x", 4, i)));
        text.append("    if (begun) z" + i + " += " + of("product", 4, i) + ";\n");
        text.append(number("g" + i, i == 2 ? tanh("z2") : sigmoid("z" + i)));
        text.append(store(at("kept0", 4, i), "g" + i));
      }
      text.append(number("c", "g0 * g2"));
      text.append("    if (begun) c = g1 * state1[i] + c;\n");
      text.append(number("h", "g3 * " + tanh("c")));
      return text.append(states(2)).toString();
    }
    return text.append(resetsBefore() ? candidateBehindProduct() : gatesAndCandidate())
        .append(number("h", "(" + type.number(1) + " - u) * c"))
        .append("    if (begun) h = u * state0[i] + h;\n")
        .append(states(1))
        .toString();
  }

  private String gatesAndCandidate() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      text.append(number("n" + i, type.number(0)));
      text.append("    if (begun) n" + i + " = " + of("product", 3, i) + ";\n");
      if (form.biased()) {
        text.append("    n" + i + " += bias[" + i * units + " + col];\n");
      }
    }
    text.append(number("u", sigmoid(at("x", 3, 0) + " + n0")));
    text.append(number("r", sigmoid(at("x", 3, 1) + " + n1")));
    text.append(number("c", at("x", 3, 2)));
    text.append(form.biased() ? "    c += r * n2;\n" : "    if (begun) c += r * n2;\n");
    text.append("    c = " + tanh("c") + ";\n");
    text.append(store(at("kept0", 3, 0), "u")).append(store(at("kept0", 3, 1), "r"));
    return text.append(store(at("kept0", 3, 2), "c")).append(store(at("kept1", 1, 0), "n2")) + "";
  }

  private String candidateBehindProduct() {
    return number("u", at("kept0", 3, 0))
        + number("c", at("x", 3, 2))
        + ("    if (begun) c += " + of("product", 3, 2) + ";\n    c = " + tanh("c") + ";\n")
        + store(at("kept0", 3, 2), "c");
  }

  /** The first kernel of a step whose reset gate stands before a product: both gates. */
  private StepKernel reset(Places places, int place, boolean begun) {
    return new StepKernel("recurrence_gates", type)
        .number("place", place)
        .number("begun", begun ? 1 : 0)
        .reads("x", places.in(0), sequence(3))
        .reads("product", places.scratch(0), states * 3)
        .reads("state0", places.out(form.made()), states)
        .writes("kept0", places.out(1), sequence(3))
        .writes("kept", places.scratch(1), states);
  }

  private String resetText() {
    StringBuilder text = new StringBuilder(place());
    for (int i = 0; i < 2; i++) {
      text.append(number("z" + i, at("x", 3, i)));
      text.append("    if (begun) z" + i + " += " + of("product", 3, i) + ";\n");
      text.append(store(at("kept0", 3, i), sigmoid("z" + i)));
    }
    return text.append("    if (begun) kept[i] = " + at("kept0", 3, 1) + " * state0[i];\n") + "";
  }

  /** Stores h, and c of two states, unless the step does not count. */
  private String states(int count) {
    StringBuilder text = new StringBuilder();
    String one = type.number(1);
    for (int i = 0; i < count; i++) {
      String name = i == 0 ? "h" : "c";
      String state = "state" + i + "[i]";
      if (form.masked()) {
        text.append("    " + name + " = counts * " + name + ";\n");
        text.append("    if (begun) " + name + " += (" + one + " - counts) * " + state + ";\n");
      }
      text.append(store(state, name)).append(store(at("made" + i, 1, 0), name));
    }
    return text.toString();
  }
}
