// What kernels find on a host in place of CUDA: see host_cuda.cpp.
#pragma once
extern "C" {
float expf(float); double exp(double); float logf(float); double log(double); float log1pf(float); double log1p(double);
float erff(float); double erf(double); float sqrtf(float); double sqrt(double); float fabsf(float); double fabs(double);
float tanhf(float); double tanh(double); float powf(float, float); double pow(double, double); float expm1f(float); double expm1(double);
float floorf(float); double floor(double); float fmaxf(float, float); double fmax(double, double); float fminf(float, float); double fmin(double, double);
float fmaf(float, float, float); double fma(double, double, double); float copysignf(float, float); double copysign(double, double);
void *memcpy(void *, const void *, unsigned long);
void host_barrier();
void host_exchange(const void *value, void *result, unsigned bytes, unsigned from);
unsigned host_ballot(int predicate);
}
#define NAN __builtin_nan("")
#define INFINITY __builtin_inf()
#define isnan(x) __builtin_isnan(x)
#define isfinite(x) __builtin_isfinite(x)
#define __global__
#define __device__ static inline
#define __forceinline__ inline
#define __shared__ static // one block runs at a time
#define __launch_bounds__(...)
#define __restrict__
struct dim3 { unsigned x, y, z; };
extern dim3 threadIdx, blockIdx, blockDim, gridDim;
extern unsigned host_thread;
static inline void __syncthreads() { host_barrier(); }
static inline void __syncwarp(unsigned = ~0u) { host_barrier(); }
template <class T> static inline T host_exchanged(T v, unsigned from) { T r; host_exchange(&v, &r, sizeof v, from); return r; }
template <class T> static inline T __shfl_xor_sync(unsigned, T v, int lanes) { return host_exchanged(v, host_thread ^ lanes); }
template <class T> static inline T __shfl_down_sync(unsigned, T v, int by) { return host_exchanged(v, host_thread % 32 + by < 32 ? host_thread + by : host_thread); }
template <class T> static inline T __ldg(const T *p) { return *p; }
static inline float rsqrtf(float x) { return 1 / sqrtf(x); }
static inline double rsqrt(double x) { return 1 / sqrt(x); }
static inline unsigned __ballot_sync(unsigned, int predicate) { return host_ballot(predicate); }
static inline int __ffs(unsigned x) { return __builtin_ffs(x); }
static inline unsigned long long atomicMin(unsigned long long *p, unsigned long long v) { unsigned long long old = *p; if (v < old) *p = v; return old; }
static inline double __dadd_rn(double a, double b) { return a + b; }
static inline double __dmul_rn(double a, double b) { return a * b; }
static inline unsigned __float_as_uint(float x) { unsigned r; memcpy(&r, &x, 4); return r; }
static inline float __uint_as_float(unsigned x) { float r; memcpy(&r, &x, 4); return r; }
