package dev.tandem.cuda.device;

/** What stands before the kernels of every module. */
public final class Prelude {

  /** Functions that kernels call, in CUDA C++. */
  public static final String TEXT =
      """
      __device__ unsigned long long mix(unsigned long long z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
      }
      template <class T> __device__ T sum_of(T a, T b) { return a + b; }
      template <class T> __device__ T larger_of(T a, T b) { return a > b || a != a ? a : b; }
      """;

  private Prelude() {}
}
