package dev.tandem.cuda.memory;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.kernel.CommandGroups.Stretch;
import dev.tandem.cuda.text.KernelText;
import java.util.List;

/**
 * Commands that write nothing that lasts while a guard is held. Each kernel looks at the flag
 * first, all threads of it alike; calls of libraries cannot, so they write elsewhere, and a kernel
 * copies.
 */
final class Guarded {

  private final long flag;
  private final List<Stretch> temporary;
  private final Holding holding;
  private final ImmutableList.Builder<Command> made = ImmutableList.builder();

  private Guarded(long flag, List<Stretch> temporary, Holding holding) {
    this.flag = flag;
    this.temporary = temporary;
    this.holding = holding;
  }

  /**
   * The same commands, guarded.
   *
   * @param flag the address of the word that says whether the guard is held
   * @param temporary memory that need not stay as it is
   * @param holding owns what that takes
   */
  static ImmutableList<Command> of(
      List<Command> commands, long flag, List<Stretch> temporary, Holding holding) {
    Guarded guarded = new Guarded(flag, temporary, holding);
    commands.forEach(guarded::add);
    return guarded.made.build();
  }

  /** One kernel, guarded. */
  static Command.Launch launch(Command.Launch launch, long flag) {
    KernelText kernel = launch.kernel();
    int place = kernel.parameters().size();
    KernelText text =
        new KernelText(
            kernel.label(),
            ImmutableList.<String>builder()
                .addAll(kernel.parameters())
                .add("const unsigned long long *")
                .build(),
            "  if (*p" + place + ") return;\n" + kernel.body(),
            kernel.grid());
    ImmutableList<Long> lengths =
        launch.lengths().isEmpty()
            ? ImmutableList.of()
            : ImmutableList.<Long>builder().addAll(launch.lengths()).add(1L).build();
    return new Command.Launch(
        text, ImmutableList.<Long>builder().addAll(launch.addresses()).add(flag).build(), lengths);
  }

  private void add(Command command) {
    if (command instanceof Command.Launch launch) {
      made.add(launch(launch, flag));
    } else if (command instanceof Command.Copy copy) {
      addCopy(copy);
    } else if (command instanceof Command.Product product) {
      add(product);
    } else if (command instanceof Command.Convolution convolution) {
      add(convolution);
    } else {
      throw new IllegalStateException("a guard does not know how to leave out " + command);
    }
  }

  private boolean mayStay(long address) {
    return temporary.stream()
        .anyMatch(one -> one.address() <= address && address < one.address() + one.bytes());
  }

  private void add(Command.Product p) {
    long bytes = p.batch() * p.rows() * p.columns() * p.dtype().width();
    long out = mayStay(p.out()) ? p.out() : holding.allocate(bytes);
    made.add(
        new Command.Product(
            p.dtype(),
            p.precision(),
            p.batch(),
            p.rows(),
            p.inner(),
            p.columns(),
            p.transposeA(),
            p.transposeB(),
            p.a(),
            p.b(),
            p.bias(),
            p.relu(),
            p.addend(),
            out));
    if (out != p.out()) {
      addCopy(new Command.Copy(out, p.out(), bytes));
    }
  }

  private void add(Command.Convolution c) {
    long bytes =
        switch (c.kind()) {
              case OUTPUT -> c.outputShape().length();
              case IMAGE_GRADIENT -> c.imageShape().length();
              case KERNEL_GRADIENT -> c.kernelShape().length();
            }
            * c.dtype().width();
    long to =
        switch (c.kind()) {
          case OUTPUT -> c.output();
          case IMAGE_GRADIENT -> c.image();
          case KERNEL_GRADIENT -> c.kernel();
        };
    long out = mayStay(to) ? to : holding.allocate(bytes);
    made.add(
        new Command.Convolution(
            c.kind(),
            c.dtype(),
            c.precision(),
            c.geometry(),
            c.imageShape(),
            c.kernelShape(),
            c.outputShape(),
            c.kind() == Command.ConvolutionKind.IMAGE_GRADIENT ? out : c.image(),
            c.kind() == Command.ConvolutionKind.KERNEL_GRADIENT ? out : c.kernel(),
            c.kind() == Command.ConvolutionKind.OUTPUT ? out : c.output()));
    if (out != to) {
      addCopy(new Command.Copy(out, to, bytes));
    }
  }

  private void addCopy(Command.Copy copy) {
    if (copy.bytes() == 0) {
      return;
    }
    long all = copy.from() | copy.to() | copy.bytes();
    int width = all % Long.BYTES == 0 ? Long.BYTES : all % Integer.BYTES == 0 ? Integer.BYTES : 1;
    String type = width == Long.BYTES ? "long long" : width == Integer.BYTES ? "int" : "char";
    KernelText text =
        KernelText.over(
            "copy",
            ImmutableList.of("const " + type + " *", type + " *"),
            "    p1[i] = p0[i];\n",
            copy.bytes() / width);
    made.add(launch(new Command.Launch(text, ImmutableList.of(copy.from(), copy.to())), flag));
  }
}
