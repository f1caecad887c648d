package dev.tandem.core.engine.onednn;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.tensor.Shape;
import java.util.Optional;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one engine and stream of oneDNN on the CPU, loaded at first use. */
final class Dnnl {

  private static final Logger LOG = LoggerFactory.getLogger(Dnnl.class);

  private static final class Holder {
    static final Optional<Dnnl> LOADED = load();
  }

  private final engine engine;
  private final stream stream;
  private final primitive_attr attributes;

  /** Objects that live as long as the program, whoever collects those of this thread. */
  private Dnnl() {
    this.engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0).retainReference();
    this.stream = new stream(engine).retainReference();
    this.attributes = newAttributes().retainReference();
  }

  /**
   * New attributes of a primitive that works in memory given to it. oneDNN's own belongs to the
   * thread that made the primitive, and another thread would find none.
   */
  static primitive_attr newAttributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
    return attributes;
  }

  private static Optional<Dnnl> load() {
    try {
      return Optional.of(new Dnnl());
    } catch (LinkageError | RuntimeException e) {
      LOG.warn(
          "oneDNN does not load here ({}); ND4J's kernels serve instead, with which steps of"
              + " convolutional nets take about 1.7 times as long. Add to the dependencies:{}",
          e.toString(),
          Backend.oneDnnArtifacts());
      return Optional.empty();
    }
  }

  /** oneDNN, if it loads here. */
  static Optional<Dnnl> get() {
    return Holder.LOADED;
  }

  engine engine() {
    return engine;
  }

  stream stream() {
    return stream;
  }

  /** The attributes of primitives with nothing else to say. */
  primitive_attr attributes() {
    return attributes;
  }

  /** The version, as in {@code 3.11.0}. */
  static String version() {
    var version = dnnl.dnnl_version();
    return version.major() + "." + version.minor() + "." + version.patch();
  }

  /** Whether this processor multiplies bfloat16 by instructions of its own. */
  boolean multipliesBFloat16() {
    int both = dnnl.dnnl_cpu_isa_avx512_core_bf16;
    return (dnnl.dnnl_get_effective_cpu_isa() & both) == both;
  }

  /** The most that oneDNN takes of this processor's instructions, as in {@code avx2}. */
  String instructions() {
    return dnnl.get_effective_cpu_isa().toString();
  }

  /** float32 of the given sizes in a layout. */
  static memory.desc desc(memory.format_tag layout, long... sizes) {
    return desc(memory.data_type.f32, layout, sizes);
  }

  /** Numbers of the given sizes in a layout. */
  static memory.desc desc(memory.data_type type, memory.format_tag layout, long... sizes) {
    return new memory.desc(sizes, type, layout, false);
  }

  /** The type of an array's numbers: float32 or bfloat16. */
  static memory.data_type type(DataType dtype) {
    return switch (dtype) {
      case FLOAT -> memory.data_type.f32;
      case BFLOAT16 -> memory.data_type.bf16;
      default -> throw new IllegalArgumentException("no kernels of " + dtype);
    };
  }

  /** float32 of the given sizes, so many elements apart along each axis. */
  static memory.desc strided(long[] sizes, long[] strides) {
    return new memory.desc(sizes, memory.data_type.f32, strides, false);
  }

  /** (batch, height, width, channels) in its own order, as oneDNN names axes: (n, c, h, w). */
  static memory.desc image(Shape shape) {
    return image(memory.data_type.f32, shape);
  }

  /** The same, of numbers of some type. */
  static memory.desc image(memory.data_type type, Shape shape) {
    return desc(
        type, memory.format_tag.nhwc, shape.size(0), shape.size(3), shape.size(1), shape.size(2));
  }

  /** A tensor whose layout does not matter: rows of channels. */
  static memory.desc rows(Shape shape) {
    long channels = shape.rank() == 0 ? 1 : shape.size(-1);
    return desc(memory.format_tag.ab, shape.length() / Math.max(1, channels), channels);
  }

  /** Numbers in a row. */
  static memory.desc flat(long length) {
    return desc(memory.format_tag.a, length);
  }
}
