package dev.tandem.core.engine.nd4j;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's native functions without its executioner, whose checks make lists on every call. For the
 * CPU backend only: on CUDA the executioner keeps host and device memory in step.
 *
 * <p>The functions are found by name, because their interface is a part of every backend but not of
 * nd4j-api, which is all this module is compiled against.
 */
final class EntryPoints {

  /** An operation of the legacy kind: (x, z) elementwise, with optional parameters. */
  private static final MethodType TRANSFORM =
      MethodType.methodType(
          void.class,
          PointerPointer.class,
          int.class,
          Pointer.class,
          LongPointer.class,
          LongPointer.class,
          Pointer.class,
          LongPointer.class,
          LongPointer.class,
          Pointer.class);

  private static final MethodType SCALAR =
      MethodType.methodType(
          void.class,
          PointerPointer.class,
          int.class,
          Pointer.class,
          LongPointer.class,
          LongPointer.class,
          Pointer.class,
          LongPointer.class,
          LongPointer.class,
          Pointer.class,
          LongPointer.class,
          LongPointer.class,
          Pointer.class);

  static final MethodHandle EXEC_CUSTOM =
      find(
          "execCustomOp2",
          MethodType.methodType(int.class, PointerPointer.class, long.class, Pointer.class));
  static final MethodHandle EXEC_SCALAR = find("execScalar", SCALAR);
  static final MethodHandle EXEC_SAME = find("execTransformSame", TRANSFORM);
  static final MethodHandle EXEC_STRICT = find("execTransformStrict", TRANSFORM);
  static final MethodHandle EXEC_FLOAT = find("execTransformFloat", TRANSFORM);
  static final MethodHandle ERROR_CODE = find("lastErrorCode", MethodType.methodType(int.class));
  static final MethodHandle ERROR_MESSAGE =
      find("lastErrorMessage", MethodType.methodType(String.class));
  static final MethodHandle CREATE_BUFFER =
      find(
          "dbCreateExternalDataBuffer",
          MethodType.methodType(
              Pointer.class, long.class, int.class, Pointer.class, Pointer.class));
  static final MethodHandle DELETE_BUFFER =
      find("deleteDataBuffer", MethodType.methodType(void.class, Pointer.class));

  private EntryPoints() {}

  /** Whether the functions may be called here. */
  static boolean usable() {
    return Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      Class<?> holder = ND4JClassLoading.loadClassByName("org.nd4j.nativeblas.NativeOpsHolder");
      Class<?> functions = ND4JClassLoading.loadClassByName("org.nd4j.nativeblas.NativeOps");
      Object instance = holder.getMethod("getInstance").invoke(null);
      Object library = holder.getMethod("getDeviceNativeOps").invoke(instance);
      var method =
          Arrays.stream(functions.getMethods())
              .filter(m -> m.getName().equals(name))
              .filter(m -> m.getParameterCount() == type.parameterCount())
              .findFirst()
              .orElseThrow(() -> new NoSuchMethodException(name));
      return MethodHandles.publicLookup().unreflect(method).bindTo(library).asType(type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this ND4J backend has no native function " + name, e);
    }
  }

  /** What a call of a handle threw; handles throw nothing that is checked. */
  static RuntimeException rethrown(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
  }

  /** Throws if the last native call failed. */
  static void check(String op) throws Throwable {
    if ((int) ERROR_CODE.invokeExact() != 0) {
      throw failure(op);
    }
  }

  /** The failure of a native op, with the library's own message. */
  static IllegalStateException failure(String op) throws Throwable {
    return new IllegalStateException(
        "native op " + op + " failed: " + (String) ERROR_MESSAGE.invokeExact());
  }
}
