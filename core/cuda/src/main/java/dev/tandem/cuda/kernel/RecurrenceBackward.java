package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.recurrent.LongShortTermCell;
import dev.tandem.core.op.recurrent.RecurrenceGradient;
import dev.tandem.core.op.recurrent.SimpleCell;
import dev.tandem.cuda.device.Command;
import java.util.List;

/**
 * The gradient of a recurrence, from the last step made to the first. Scratch is (parts, gradient
 * at the first state, at the second, product).
 */
final class RecurrenceBackward extends RecurrenceSteps {

  private final RecurrenceGradient op;

  RecurrenceBackward(OpCall call, RecurrenceGradient op) {
    super(call, op.form(), call.outputs().get(0).spec());
    this.op = op;
  }

  @Override
  public List<Command> commands(Places places) {
    ImmutableList.Builder<Command> commands = ImmutableList.builder();
    RecurrenceGradient.Given<Long> given = op.given(places.inputs());
    long kernel = given.before().get(0);
    for (int i = 0; i < given.last().size(); i++) {
      commands.add(copy(given.last().get(i), places.scratch(1 + i)));
    }
    for (int step = (int) time - 1; step >= 0; step--) {
      boolean fresh = step == time - 1 && given.last().isEmpty();
      boolean goesOn = step > 0 || form.started();
      if (resetsBefore()) {
        commands.add(run(kernel("recurrence_candidate", places, given, step, fresh), candidate()));
        commands.add(backward(places.scratch(0), kernel, false, places.scratch(3)));
        commands.add(run(kernel("recurrence_back", places, given, step, fresh), gates()));
      } else {
        commands.add(run(kernel("recurrence_back", places, given, step, fresh), text()));
      }
      if (goesOn) {
        commands.add(backward(places.scratch(0), kernel, adds(), places.scratch(1)));
      }
    }
    for (int i = 0; form.started() && i < form.cell().states(); i++) {
      commands.add(copy(places.scratch(1 + i), places.out(1 + i)));
    }
    return commands.build();
  }

  /** Whether a gradient goes past the product. */
  private boolean adds() {
    boolean gated =
        !(form.cell() instanceof SimpleCell || form.cell() instanceof LongShortTermCell);
    return form.masked() || gated;
  }

  private StepKernel kernel(
      String label, Places places, RecurrenceGradient.Given<Long> given, int step, boolean fresh) {
    StepKernel kernel = new StepKernel(label, type);
    int all = (int) time;
    kernel.number("place", form.place(step, all));
    kernel.number("before", step > 0 ? form.place(step - 1, all) : -1);
    kernel.number("fresh", fresh ? 1 : 0);
    List<Long> first = form.first(given.before());
    for (int i = 0; i < form.cell().states(); i++) {
      kernel.reads("made" + i, given.made().get(i), sequence(1));
      kernel.writes("slope" + i, places.scratch(1 + i), states);
      if (form.started()) {
        kernel.reads("first" + i, first.get(i), states);
      }
    }
    for (int i = 0; i < form.cell().kept().size(); i++) {
      long parts = form.cell().kept().get(i);
      kernel.reads("kept" + i, given.made().get(form.cell().states() + i), sequence(parts));
    }
    Long upstream = given.all();
    if (upstream != null) {
      kernel.reads("upstream", upstream, sequence(1));
    }
    masked(kernel, given.before());
    kernel.reads("product", places.scratch(3), states);
    return kernel
        .writes("parts", places.scratch(0), states * gates)
        .writes("out", places.out(0), sequence(gates));
  }

  /** The gradients that arrive at the states, and what of them goes past a step. */
  private String arriving() {
    StringBuilder text = new StringBuilder(place()).append(counts());
    for (int i = 0; i < form.cell().states(); i++) {
      String name = i == 0 ? "h" : "c";
      text.append(number(name, "fresh ? " + type.number(0) + " : slope" + i + "[i]"));
      if (i == 0 && op.all()) {
        text.append("    h += " + at("upstream", 1, 0) + ";\n");
      }
      if (form.masked()) {
        text.append(number(name + "past", "(" + type.number(1) + " - counts) * " + name));
        text.append("    " + name + " = counts * " + name + ";\n");
      }
    }
    return text.toString();
  }

  /** The state before a step. */
  private String before(int state) {
    String none = form.started() ? "first" + state + "[i]" : type.number(0);
    return "before < 0 ? "
        + none
        + " : made"
        + state
        + "[(row * "
        + time
        + " + before) * "
        + units
        + " + col]";
  }

  private String past(String name) {
    return form.masked() ? " + " + name + "past" : "";
  }

  /** Stores a part of the gradient, here and for the product. */
  private String part(int index, String value) {
    return store(of("parts", gates, index), value)
        + store(at("out", gates, index), of("parts", gates, index));
  }

  private String backSigmoid(String g, String y) {
    return g + " * (" + y + " * (" + type.number(1) + " - " + y + "))";
  }

  private String backTanh(String g, String y) {
    return g + " * (" + type.number(1) + " - " + y + " * " + y + ")";
  }

  private String text() {
    StringBuilder text = new StringBuilder(arriving());
    if (form.cell() instanceof SimpleCell) {
      text.append(number("y", at("made0", 1, 0))).append(part(0, backTanh("h", "y")));
      return text.append(form.masked() ? store("slope0[i]", "hpast") : "").toString();
    } else if (form.cell() instanceof LongShortTermCell) {
      for (int i = 0; i < 4; i++) {
        text.append(number("g" + i, at("kept0", 4, i)));
      }
      text.append(number("y", tanh(at("made1", 1, 0))));
      text.append("    c += " + backTanh("h * g3", "y") + ";\n");
      text.append(number("b", before(1)));
      text.append(part(0, backSigmoid("c * g2", "g0"))).append(part(1, backSigmoid("c * b", "g1")));
      text.append(part(2, backTanh("c * g0", "g2"))).append(part(3, backSigmoid("h * y", "g3")));
      text.append(store("slope1[i]", "c * g1" + past("c")));
      return text.append(form.masked() ? store("slope0[i]", "hpast") : "").toString();
    }
    text.append(parts());
    text.append(part(0, backSigmoid("h * (b - c)", "u")));
    text.append(number("d", backTanh("h * (" + type.number(1) + " - u)", "c")));
    text.append(part(1, backSigmoid("d * " + at("kept1", 1, 0), "r"))).append(part(2, "d"));
    text.append(store(of("parts", 3, 2), "d * r"));
    return text.append(store("slope0[i]", "h * u" + past("h"))).toString();
  }

  /** Gates, candidate and the state before. */
  private String parts() {
    return number("u", at("kept0", 3, 0))
        + number("r", at("kept0", 3, 1))
        + number("c", at("kept0", 3, 2))
        + number("b", before(0));
  }

  /** With the reset gate before a product: the candidate alone, for that product. */
  private String candidate() {
    return arriving()
        + parts()
        + store(of("parts", 3, 0), type.number(0))
        + store(of("parts", 3, 1), type.number(0))
        + part(2, backTanh("h * (" + type.number(1) + " - u)", "c"));
  }

  /** What comes behind it: both gates, and what goes past their product. */
  private String gates() {
    return arriving()
        + parts()
        + number("p", "product[i]")
        + part(0, backSigmoid("h * (b - c)", "u"))
        + part(1, backSigmoid("p * b", "r"))
        + store(of("parts", 3, 2), type.number(0))
        + store("slope0[i]", "h * u + p * r" + past("h"));
  }
}
