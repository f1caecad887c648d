package dev.tandem.cuda.device;

/** What stands before the kernels of every module. */
public final class Prelude {

  /** Functions that kernels call, in CUDA C++. */
  public static final String TEXT =
      """
      #ifdef __CUDACC_RTC__
      #define INFINITY __int_as_float(0x7f800000)
      #define NAN __int_as_float(0x7fffffff)
      #endif
      // bfloat16: the upper half of a float, to the nearest and to even; NaN stays NaN
      __device__ unsigned short narrowed(float x) {
        const unsigned int bits = __float_as_uint(x);
        return x != x ? (bits >> 16) | 64 : (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
      }
      __device__ float widened(unsigned short x) { return __uint_as_float((unsigned int)x << 16); }
      #define RANDOM_GAMMA 0x9E3779B97F4A7C15ull
      __device__ unsigned long long mix(unsigned long long z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
      }
      // the key of (seed, step) and a stream
      __device__ unsigned long long random_key(const long long *clock, unsigned long long stream) {
        const unsigned long long odd = 0xD1342543DE82EF95ull;
        const unsigned long long key = mix((unsigned long long)clock[0] + RANDOM_GAMMA);
        return mix(mix(key + (unsigned long long)clock[1] * odd) + stream * odd);
      }
      __device__ float random_uniformf(unsigned long long bits) { return (bits >> 40) * 0x1.0p-24f; }
      __device__ double random_uniform(unsigned long long bits) { return (bits >> 11) * 0x1.0p-53; }
      // no product is fused with a sum, so that hosts get the same
      __device__ double random_polynomial(const double *c, double x) {
        double sum = c[7];
        for (int i = 6; i >= 0; i--) sum = __dadd_rn(__dmul_rn(sum, x), c[i]);
        return sum;
      }
      // Wichura's AS 241: the number below which a standard normal one lies with probability p
      __device__ double random_quantile(double p) {
        const double a[8] = {
            3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
            4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
        const double b[8] = {
            1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
            2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3};
        const double c[8] = {
            1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
            1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
        const double d[8] = {
            1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
            1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9};
        const double e[8] = {
            6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
        const double f[8] = {
            1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
            7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15};
        const double q = p - 0.5;
        if (fabs(q) <= 0.425) {
          const double r = __dadd_rn(0.180625, -__dmul_rn(q, q));
          return __dmul_rn(q, random_polynomial(a, r)) / random_polynomial(b, r);
        }
        const double r = sqrt(-log(q < 0 ? p : 1 - p));
        const double tail = r <= 5 ? random_polynomial(c, r - 1.6) / random_polynomial(d, r - 1.6)
                                   : random_polynomial(e, r - 5) / random_polynomial(f, r - 5);
        return q < 0 ? -tail : tail;
      }
      __device__ double random_normal(unsigned long long bits) {
        return random_quantile(((double)(bits >> 12) + 0.5) * 0x1.0p-52);
      }
      // the first of the indices that are outside a table: its place and the halves of the index
      __device__ void index_outside(unsigned long long *errors, long long at, long long index) {
        const unsigned long long place = (unsigned long long)at << 32;
        atomicMin(errors, place | (unsigned long long)index & 0xffffffffull);
        atomicMin(errors + 1, place | (unsigned long long)index >> 32);
      }
      template <class T> __device__ T sum_of(T a, T b) { return a + b; }
      template <class T> __device__ T larger_of(T a, T b) { return a > b || a != a ? a : b; }
      """;

  private Prelude() {}
}
