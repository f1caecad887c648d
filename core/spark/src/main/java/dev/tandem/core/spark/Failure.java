package dev.tandem.core.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a run ended.
 *
 * @param rank of the worker that it is about
 * @param message what happened, with the worker's name
 * @param again whether another run may do better: the worker was lost, or a file could not be read
 * @param error what was thrown, in bytes, if it can be sent
 */
record Failure(int rank, String message, boolean again, byte @Nullable [] error)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  static Failure of(int rank, String message, boolean again, Throwable error) {
    return new Failure(rank, message, again, bytes(error));
  }

  private static byte @Nullable [] bytes(Throwable error) {
    try {
      return written(error);
    } catch (IOException | RuntimeException e) {
      return null; // it holds what cannot be sent; the message says what it was
    }
  }

  private static byte[] written(Object object) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(object);
    }
    return out.toByteArray();
  }

  byte[] toBytes() {
    try {
      return written(this);
    } catch (IOException e) {
      throw new IllegalStateException("a failure cannot be sent", e);
    }
  }

  static Failure read(byte[] bytes) {
    try {
      return (Failure) read(bytes, Failure.class.getClassLoader());
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("what a worker says of its failure cannot be read", e);
    }
  }

  /** What was thrown, if its class is known here. */
  Optional<Throwable> thrown() {
    try {
      return error == null
          ? Optional.empty()
          : Optional.of((Throwable) read(error, Thread.currentThread().getContextClassLoader()));
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Object read(byte[] bytes, @Nullable ClassLoader loader)
      throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new Objects(new ByteArrayInputStream(bytes), loader)) {
      return in.readObject();
    }
  }

  /** Finds classes that were sent with the application, too. */
  private static final class Objects extends ObjectInputStream {

    private final @Nullable ClassLoader loader;

    Objects(InputStream in, @Nullable ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description);
      }
    }
  }
}
