package dev.tandem.core.io;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.NumpyFile;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Named arrays in a file that any language writes, {@code safetensors} or {@code npz}, as weights:
 *
 * <pre>{@code
 * TensorFile.open(file).load(model); // names, shapes and types are those of model.weightsByPath()
 *
 * TensorFile.open(file)
 *     .renamed(name -> name.replace('.', '/'))
 *     .permuted("fc/kernel", 1, 0) // PyTorch's Linear is (out, in)
 *     .converted() // halves and doubles to what the model has
 *     .load(model);
 * }</pre>
 *
 * <p>Each of these methods gives a new object; the file is read by {@link #load} and {@link #read}.
 */
public final class TensorFile {

  private final Path file;
  private final TensorSource source;
  private final ImmutableMap<String, String> names;
  private final ImmutableMap<String, int[]> orders;
  private final boolean converts;
  private final boolean leaves;

  private TensorFile(
      Path file,
      TensorSource source,
      ImmutableMap<String, String> names,
      ImmutableMap<String, int[]> orders,
      boolean converts,
      boolean leaves) {
    this.file = file;
    this.source = source;
    this.names = names;
    this.orders = orders;
    this.converts = converts;
    this.leaves = leaves;
  }

  /**
   * Opens a file and checks what it says of itself; which format it is, its first bytes tell.
   *
   * @throws DataFileException if it is missing, damaged, or of neither format
   */
  public static TensorFile open(Path file) {
    TensorSource source =
        isArchive(file) ? NpzSource.of(NumpyFile.ofArchive(file)) : SafetensorsSource.open(file);
    ImmutableMap.Builder<String, String> names = ImmutableMap.builder();
    source.entries().keySet().forEach(name -> names.put(name, name));
    return new TensorFile(file, source, names.buildOrThrow(), ImmutableMap.of(), false, false);
  }

  private static boolean isArchive(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DataFileException(
          file.toString(),
          (Files.exists(file) ? "is no file" : "does not exist")
              + "; give a file of safetensors, or an .npz of NumPy");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(4), new byte[] {'P', 'K', 3, 4});
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + ")", e);
    }
  }

  /** The names of the arrays, as they are after {@link #renamed}. */
  public List<String> names() {
    return names.keySet().asList();
  }

  /** The shape of an array in the file. */
  public Shape shape(String name) {
    return entry(name).shape();
  }

  /** The type of an array in the file, by the labels of safetensors, as in {@code BF16}. */
  public String type(String name) {
    return entry(name).type().name();
  }

  /** Texts that stand beside the arrays; none in an npz. */
  public ImmutableMap<String, String> metadata() {
    return source.metadata();
  }

  /**
   * An array; in float32 what is of 16 bits.
   *
   * @throws DataFileException if there is none of this name, or it cannot be read
   */
  public INDArray read(String name) {
    entry(name);
    INDArray array = source.read(Objects.requireNonNull(names.get(name)));
    int[] order = orders.get(name);
    return order == null ? array : array.permute(order).dup('c');
  }

  private TensorSource.Entry entry(String name) {
    String here = names.get(name);
    if (here == null) {
      throw new DataFileException(
          file.toString(), "holds no \"" + name + "\"; it has " + Texts.shortened(names.keySet()));
    }
    return Objects.requireNonNull(source.entries().get(here));
  }

  /**
   * The same arrays by other names.
   *
   * @param name the name for an array, from the one that it has
   * @throws IllegalArgumentException if two arrays get one name
   */
  public TensorFile renamed(UnaryOperator<String> name) {
    Map<String, String> others = new LinkedHashMap<>();
    names.forEach(
        (here, there) -> {
          String other = name.apply(here);
          String before = others.put(other, there);
          if (before != null) {
            throw new IllegalArgumentException(
                "\"" + before + "\" and \"" + there + "\" are both renamed to \"" + other + "\"");
          }
        });
    return new TensorFile(file, source, ImmutableMap.copyOf(others), orders, converts, leaves);
  }

  /**
   * The same arrays, with the axes of one in another order: {@code (2, 3, 1, 0)} makes the kernel
   * of a convolution of PyTorch (out, in, height, width) one of here.
   *
   * @param name of the array, after renaming
   * @param axes for each axis here which one it is in the file
   */
  public TensorFile permuted(String name, int... axes) {
    int rank = entry(name).shape().rank();
    int[] sorted = axes.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      if (sorted.length != rank || sorted[i] != i) {
        throw new IllegalArgumentException(
            "axes of \"" + name + "\" " + entry(name) + " have no order " + Arrays.toString(axes));
      }
    }
    ImmutableMap<String, int[]> all =
        ImmutableMap.<String, int[]>builder()
            .putAll(orders)
            .put(name, axes.clone())
            .buildKeepingLast();
    return new TensorFile(file, source, names, all, converts, leaves);
  }

  /** The same arrays, which take the types of the weights that they are loaded into. */
  public TensorFile converted() {
    return new TensorFile(file, source, names, orders, true, leaves);
  }

  /** The same arrays, of which those that a model has no weight for are left out. */
  public TensorFile leavingOthers() {
    return new TensorFile(file, source, names, orders, converts, true);
  }

  /**
   * Loads the weights of a model, all of them.
   *
   * @throws DataFileException if names, shapes or types differ, a number does not fit into the type
   *     that it is converted to, or the file is damaged; names all differences, and no weight is
   *     changed then
   */
  public void load(Model model) {
    Map<String, Variable> here = ModelEntries.weights(model);
    Differences differences = differences(here);
    if (!differences.isEmpty()) {
      throw new DataFileException(
          file.toString(),
          "weights differ from those of "
              + model
              + ": "
              + differences
              + "; nothing was loaded; "
              + nextStep(differences));
    }
    Map<Variable, INDArray> arrays = new LinkedHashMap<>();
    here.forEach((name, variable) -> arrays.put(variable, fitted(name, variable.spec().dtype())));
    arrays.forEach(
        (variable, array) -> {
          variable.arrayToFill().assign(array);
          variable.announceChange();
        });
  }

  private Differences differences(Map<String, Variable> here) {
    List<String> missing = new ArrayList<>();
    List<String> misfits = new ArrayList<>();
    here.forEach(
        (name, variable) -> {
          if (!names.containsKey(name)) {
            missing.add(name);
            return;
          }
          TensorSource.Entry entry = entry(name);
          boolean sameShape = shapeHere(name).equals(variable.spec().shape());
          boolean sameType = converts || entry.type().isExactly(variable.spec().dtype());
          if (!sameShape || !sameType) {
            misfits.add(name + " is " + entry + " in the file and " + variable.spec() + " here");
          }
        });
    TreeSet<String> others = new TreeSet<>(names.keySet());
    others.removeAll(here.keySet());
    return new Differences(
        ImmutableList.copyOf(missing),
        leaves ? ImmutableList.of() : ImmutableList.copyOf(others),
        ImmutableList.copyOf(misfits));
  }

  private Shape shapeHere(String name) {
    Shape shape = entry(name).shape();
    int[] order = orders.get(name);
    return order == null ? shape : Shape.of(Arrays.stream(order).mapToLong(shape::size).toArray());
  }

  private static String nextStep(Differences differences) {
    if (!differences.missing().isEmpty()) {
      return "give the arrays the names of model.weightsByPath() with renamed(name -> ...)";
    }
    return differences.misfits().isEmpty()
        ? "leave them out with leavingOthers()"
        : "turn axes with permuted(name, axes), and take other types with converted()";
  }

  private INDArray fitted(String name, DataType dtype) {
    INDArray array = read(name);
    if (array.dataType() == dtype) {
      return array;
    }
    INDArray cast = array.castTo(dtype);
    boolean whole = !dtype.isFPType();
    for (long i = 0; i < array.length(); i++) {
      double before = array.data().getDouble(i);
      double after = cast.data().getDouble(i);
      boolean lost = whole ? before != after : Double.isFinite(before) && !Double.isFinite(after);
      if (lost) {
        throw new DataFileException(
            file.toString(),
            "\""
                + name
                + "\" holds "
                + before
                + ", which is no "
                + dtype
                + "; nothing was loaded; take a model of another type");
      }
    }
    return cast;
  }

  /** As in {@code TensorFile[net.safetensors, 12 arrays]}. */
  @Override
  public String toString() {
    return "TensorFile[" + file + ", " + names.size() + " arrays]";
  }
}
