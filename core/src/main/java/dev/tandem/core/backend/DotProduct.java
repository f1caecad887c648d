package dev.tandem.core.backend;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The dot product of memory with itself by ND4J's OpenBLAS, called directly where it serves: 70 ns
 * for a call and .06 ns for an element, where ND4J's own way takes 1 µs for a call.
 */
final class DotProduct {

  private static final @Nullable MethodHandle FLOATS =
      find("cblas_sdot", FloatPointer.class, float.class);
  private static final @Nullable MethodHandle DOUBLES =
      find("cblas_ddot", DoublePointer.class, double.class);

  private DotProduct() {}

  /** Whether there is a direct way. */
  static boolean usable() {
    return FLOATS != null && DOUBLES != null;
  }

  private static @Nullable MethodHandle find(String name, Class<?> pointer, Class<?> number) {
    if (Nd4j.getExecutioner().type() != ExecutionerType.NATIVE_CPU) {
      return null;
    }
    try {
      Class<?> blas = ND4JClassLoading.loadClassByName("org.bytedeco.openblas.global.openblas");
      MethodType type =
          MethodType.methodType(number, int.class, pointer, int.class, pointer, int.class);
      return MethodHandles.publicLookup().findStatic(blas, name, type);
    } catch (ReflectiveOperationException | LinkageError | NullPointerException e) {
      return null; // another BLAS
    }
  }

  /** Of so many elements from a pointer's position on. */
  static double ofItself(Pointer memory, int length) {
    try {
      if (memory instanceof FloatPointer floats) {
        return (float) Objects.requireNonNull(FLOATS).invokeExact(length, floats, 1, floats, 1);
      }
      DoublePointer doubles = (DoublePointer) memory;
      return (double) Objects.requireNonNull(DOUBLES).invokeExact(length, doubles, 1, doubles, 1);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of an array in 'c' order, by whatever BLAS ND4J has. */
  static double ofItself(INDArray dense) {
    return Nd4j.getBlasWrapper().level1().dot(dense.length(), 1.0, dense, dense);
  }
}
