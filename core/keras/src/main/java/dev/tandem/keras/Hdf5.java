package dev.tandem.keras;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.tensor.Shape;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An HDF5 file of Keras, opened to read groups, attributes and arrays of numbers. Links to other
 * places or files are refused, and so are arrays that say they are far larger than what is stored.
 */
final class Hdf5 implements AutoCloseable {

  /** Up to this size an array is believed. */
  private static final long BELIEVED_BYTES = 1L << 26;

  /** By how much compression makes weights smaller, at most. */
  private static final long MOST_EXPANSION = 1000;

  private static final int DEEPEST = 64;

  private final String file;
  private final HdfFile hdf;

  private Hdf5(String file, HdfFile hdf) {
    this.file = file;
    this.hdf = hdf;
  }

  /**
   * Opens a file.
   *
   * @param file what messages call it
   */
  static Hdf5 open(String file, Path path) {
    return new Hdf5(file, guarded(file, () -> new HdfFile(path)));
  }

  private static <T> T guarded(String file, Supplier<T> action) {
    try {
      return action.get();
    } catch (DataFileException known) {
      throw known;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError error) {
      throw new DataFileException(
          file,
          "is no whole HDF5 file ("
              + error
              + "); it may have been cut while it was copied: copy or save it again",
          error);
    }
  }

  private <T> T guarded(Supplier<T> action) {
    return guarded(file, action);
  }

  /** What messages call the file. */
  String file() {
    return file;
  }

  /** The group that everything is in. */
  Entry root() {
    return new Entry(hdf);
  }

  @Override
  public void close() {
    hdf.close();
  }

  /** A group in the file. */
  final class Entry {

    private final Group group;

    private Entry(Group group) {
      this.group = group;
    }

    /** As in {@code layers/dense/vars}; empty for the root. */
    String path() {
      return relative(group);
    }

    /** A group below this one, by names with slashes in between. */
    Optional<Entry> group(String path) {
      return node(path).filter(Group.class::isInstance).map(found -> new Entry((Group) found));
    }

    /** An array below this one, by names with slashes in between. */
    Optional<StoredArray> array(String path) {
      return node(path)
          .filter(Dataset.class::isInstance)
          .map(found -> new Stored((Dataset) found, relative(found)));
    }

    private Optional<Node> node(String path) {
      return guarded(
          () -> {
            Node at = group;
            for (String name : path.split("/")) {
              at = at instanceof Group inner ? inner.getChildren().get(name) : null;
              if (at == null) {
                return Optional.empty();
              }
              at = refusingLinks(at);
            }
            return Optional.of(at);
          });
    }

    /** The groups in this one. */
    List<Entry> groups() {
      return guarded(
          () ->
              group.getChildren().values().stream()
                  .map(Hdf5.this::refusingLinks)
                  .filter(Group.class::isInstance)
                  .map(node -> new Entry((Group) node))
                  .toList());
    }

    /** The name of this group. */
    String name() {
      return group.getName();
    }

    /** All arrays below this one, however deep. */
    List<StoredArray> arrays() {
      List<StoredArray> all = new ArrayList<>();
      collect(0, all, new ArrayList<>());
      return all;
    }

    /** All groups below this one, however deep. */
    List<Entry> groupsBelow() {
      List<Entry> all = new ArrayList<>();
      collect(0, new ArrayList<>(), all);
      return all;
    }

    private void collect(int depth, List<StoredArray> arrays, List<Entry> groups) {
      if (depth > DEEPEST) {
        throw new DataFileException(
            file, "has groups " + depth + " deep at " + path() + "; it is no file of Keras");
      }
      for (Node child : guarded(() -> List.copyOf(group.getChildren().values()))) {
        Node node = refusingLinks(child);
        if (node instanceof Group inner) {
          Entry entry = new Entry(inner);
          groups.add(entry);
          entry.collect(depth + 1, arrays, groups);
        } else if (node instanceof Dataset dataset) {
          arrays.add(new Stored(dataset, relative(dataset)));
        }
      }
    }

    /** An attribute that is a text. */
    Optional<String> text(String name) {
      return attribute(name).map(attribute -> guarded(() -> text(attribute.getData())));
    }

    /**
     * An attribute that is a list of texts. Keras cuts long ones into several attributes with
     * numbers behind the name.
     */
    Optional<List<String>> texts(String name) {
      Optional<Attribute> whole = attribute(name);
      if (whole.isPresent()) {
        return whole.map(attribute -> guarded(() -> list(attribute)));
      }
      List<String> all = new ArrayList<>();
      int parts = 0;
      for (; attribute(name + parts).isPresent(); parts++) {
        all.addAll(attribute(name + parts).map(part -> guarded(() -> list(part))).orElseThrow());
      }
      return parts == 0 ? Optional.empty() : Optional.of(all);
    }

    private Optional<Attribute> attribute(String name) {
      return guarded(() -> Optional.ofNullable(group.getAttributes().get(name)));
    }

    private List<String> list(Attribute attribute) {
      if (attribute.getSize() == 0 || attribute.isEmpty()) {
        return List.of();
      }
      Object data = attribute.getData();
      if (data == null || !data.getClass().isArray()) {
        return List.of(text(data));
      }
      return IntStream.range(0, Array.getLength(data))
          .mapToObj(i -> text(Array.get(data, i)))
          .toList();
    }

    private String text(@Nullable Object data) {
      if (data instanceof String text) {
        return text;
      }
      if (data instanceof String[] texts && texts.length == 1) {
        return texts[0];
      }
      throw new DataFileException(
          file,
          "has an attribute at \"/"
              + path()
              + "\" that is no text, "
              + (data == null ? "nothing" : data.getClass().getSimpleName())
              + "; it is no file of Keras");
    }
  }

  private static String relative(Node node) {
    String path = node.getPath();
    int from = path.startsWith("/") ? 1 : 0;
    int to = path.endsWith("/") && path.length() > 1 ? path.length() - 1 : path.length();
    return path.substring(Math.min(from, to), to);
  }

  private Node refusingLinks(Node node) {
    if (node.isLink()) {
      throw new DataFileException(
          file,
          "has a link at \""
              + relative(node)
              + "\"; Keras writes none, and they may lead anywhere: save the model again");
    }
    return node;
  }

  private final class Stored implements StoredArray {

    private final Dataset dataset;
    private final String path;

    private Stored(Dataset dataset, String path) {
      this.dataset = dataset;
      this.path = path;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public String name() {
      String last = path.substring(path.lastIndexOf('/') + 1);
      int colon = last.lastIndexOf(':');
      return colon < 0 ? last : last.substring(0, colon);
    }

    @Override
    public Shape shape() {
      return guarded(
          () -> Shape.of(IntStream.of(dataset.getDimensions()).asLongStream().toArray()));
    }

    @Override
    public String type() {
      return guarded(() -> NumberType.of(dataset));
    }

    @Override
    public INDArray read(DataType type) {
      return guarded(
          () -> {
            requireStored();
            return NumberType.read(file, path, dataset, shape(), type);
          });
    }

    private void requireStored() {
      long said = dataset.getSizeInBytes();
      long stored = dataset.getStorageInBytes();
      if (said < 0 || said > BELIEVED_BYTES && said / MOST_EXPANSION > stored) {
        throw new DataFileException(
            file,
            "says that \""
                + path
                + "\" has "
                + said
                + " bytes and stores "
                + stored
                + " of them; it is not read, for it would fill the memory with nothing");
      }
    }
  }

  /** Names of groups, for messages. */
  static List<String> names(List<Entry> groups) {
    return groups.stream().map(Entry::name).collect(ImmutableList.toImmutableList());
  }
}
