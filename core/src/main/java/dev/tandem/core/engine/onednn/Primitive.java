package dev.tandem.core.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Scratchpad;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A primitive of oneDNN with its arguments. Running it makes no garbage. */
final class Primitive implements Kernel {

  private final String name;
  private final dnnl_primitive handle;
  private final dnnl_stream stream;
  private final dnnl_exec_arg_t arguments;
  private final int count;
  private final List<Pointer> held;
  private final long scratchBytes;
  private final @Nullable memory scratch;

  private Primitive(Builder builder, primitive made) {
    this.name = builder.name;
    this.held = builder.held;
    this.scratchBytes = builder.scratchBytes;
    this.scratch = builder.scratch;
    held.add(made);
    this.handle = made.get();
    this.stream = builder.dnnl.stream().get();
    this.count = builder.memories.size();
    this.arguments = new dnnl_exec_arg_t(count);
    for (int i = 0; i < count; i++) {
      arguments.position(i).arg(builder.roles.get(i));
      arguments.memory(builder.memories.get(i).get());
    }
    arguments.position(0);
  }

  @Override
  public void workIn(Scratchpad pad) {
    if (scratch != null) {
      pad.require(scratchBytes, scratch::set_data_handle);
    }
  }

  @Override
  public void run() {
    int status = dnnl_primitive_execute(handle, stream, count, arguments);
    if (status != 0) {
      throw new IllegalStateException("oneDNN's " + name + " failed with status " + status);
    }
  }

  @Override
  public void close() {
    arguments.close();
    held.forEach(Pointer::close);
  }

  /** Collects the arguments of a primitive. */
  static final class Builder {

    private static final @Nullable Pointer NOWHERE = null;

    private final String name;
    private final Dnnl dnnl;
    private final List<Integer> roles = new ArrayList<>();
    private final List<memory> memories = new ArrayList<>();
    private final List<Pointer> held = new ArrayList<>();
    private long scratchBytes;
    private @Nullable memory scratch;

    Builder(String name, Dnnl dnnl) {
      this.name = name;
      this.dnnl = dnnl;
    }

    /** An argument that lies in an array. */
    Builder argument(int role, memory.desc desc, INDArray array) {
      return argument(role, desc, new memory(desc, dnnl.engine(), array.data().addressPointer()));
    }

    private Builder argument(int role, memory.desc desc, memory bound) {
      roles.add(role);
      memories.add(bound);
      held.add(bound);
      held.add(desc);
      return this;
    }

    /** Keeps something alive as long as the kernel. */
    Builder hold(Pointer pointer) {
      held.add(pointer);
      return this;
    }

    /**
     * The kernel.
     *
     * @param make the primitive of a way
     */
    <W extends primitive_desc_base> Primitive build(Function<W, primitive> make, W way) {
      hold(way);
      memory.desc needed = way.scratchpad_desc();
      scratchBytes = needed.get_size();
      if (scratchBytes > 0) {
        scratch = new memory(needed, dnnl.engine(), NOWHERE);
        argument(DNNL_ARG_SCRATCHPAD, needed, scratch);
      }
      return new Primitive(this, make.apply(way));
    }
  }
}
