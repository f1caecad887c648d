// What stands for NVIDIA's driver, runtime, NVRTC and NCCL where there is no card: memory of the host, streams that are
// done at once, and transfers between three cards that are none. FAULT names what goes wrong.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <deque>
#include <map>
#include <utility>
static bool fault(const char *name) { const char *f = getenv("FAULT"); return f && !strcmp(f, name); }
extern "C" {
#if defined(DRIVER)
int cuInit(unsigned) { return 0; }
int cuDriverGetVersion(int *version) { *version = 13000; return 0; }
int cuDeviceGetCount(int *count) { *count = 3; return 0; }
int cuDeviceGet(int *device, int index) { *device = index; return 0; }
int cuDeviceGetName(char *name, int length, int device) { snprintf(name, length, "Stand-in %d", device / 2); return 0; }
int cuDeviceTotalMem_v2(size_t *bytes, int) { *bytes = 1 << 30; return 0; }
int cuDeviceGetAttribute(int *value, int which, int) { *value = which == 75 ? 9 : which == 16; return 0; }
int cuDevicePrimaryCtxRetain(void **context, int device) { *context = (void *)(1000L + device); return 0; }
int cuDevicePrimaryCtxRelease_v2(int) { return 0; }
int cuCtxSetCurrent(void *) { return 0; }
#elif defined(RUNTIME)
static long handles = 1000;
int cudaStreamCreateWithFlags(void **stream, unsigned) { *stream = (void *)handles++; return 0; }
int cudaStreamDestroy(void *) { return 0; }
int cudaStreamSynchronize(void *) { return 0; }
int cudaMalloc(void **p, size_t bytes) { *p = aligned_alloc(256, (bytes + 255) / 256 * 256); return 0; }
int cudaFree(void *p) { free(p); return 0; }
int cudaMallocHost(void **p, size_t bytes) { *p = malloc(bytes); return 0; }
int cudaFreeHost(void *p) { free(p); return 0; }
int cudaMemcpyAsync(void *to, const void *from, size_t bytes, int, void *) { memcpy(to, from, bytes); return 0; }
int cudaEventCreateWithFlags(void **event, unsigned) { *event = (void *)handles++; return 0; }
int cudaEventRecord(void *, void *) { return 0; }
int cudaEventQuery(void *) { static int asked; return ++asked % 3 || fault("hangs") ? 600 : 0; }
int cudaEventSynchronize(void *) { return 0; }
int cudaEventDestroy(void *) { return 0; }
int cudaGetLastError() { return 0; }
const char *cudaGetErrorName(int) { return "cudaErrorStandIn"; }
const char *cudaGetErrorString(int) { return "none"; }
#elif defined(NVRTC)
int nvrtcVersion(int *major, int *minor) { *major = 13; *minor = 0; return 0; }
#elif defined(NCCL)
struct Way { int rank; bool open; };
struct End { void *at; size_t bytes; };
static std::map<std::pair<int, int>, std::deque<End>> sends, receives;
static bool aborted, grouped;
static int told(const char *what, int rank) { fprintf(stdout, "%s %d\n", what, rank); fflush(stdout); return 0; }
int ncclGetVersion(int *version) { *version = 22902; return 0; }
int ncclCommInitAll(Way **ways, int count, const int *cards) {
  if (fault("connects")) return 2;
  while (fault("waits")) usleep(1000);
  aborted = false;
  sends.clear();
  receives.clear();
  for (int i = 0; i < count; i++) { ways[i] = new Way{i, true}; told("way of card", cards[i]); }
  return 0;
}
int ncclGroupStart() { grouped = true; return 0; }
int ncclSend(const void *at, size_t bytes, int type, int peer, Way *way, void *stream) {
  if (!grouped || type != 1 || !way->open || (long)stream < 1000) return 5;
  if (fault("sends")) return 4;
  sends[{way->rank, peer}].push_back({(void *)at, bytes});
  return 0;
}
int ncclRecv(void *at, size_t bytes, int type, int peer, Way *way, void *stream) {
  if (!grouped || type != 1 || !way->open || (long)stream < 1000) return 5;
  receives[{peer, way->rank}].push_back({at, bytes});
  return 0;
}
int ncclGroupEnd() {
  grouped = false;
  while (fault("blocks") && !aborted) usleep(1000);
  if (aborted) return 6;
  for (auto &ends : sends) {
    auto &others = receives[ends.first];
    for (; !ends.second.empty(); ends.second.pop_front(), others.pop_front()) {
      if (others.empty() || others[0].bytes != ends.second[0].bytes) return 5;
      if (!fault("damages")) memcpy(others[0].at, ends.second[0].at, others[0].bytes);
    }
    if (!others.empty()) return 5;
  }
  return 0;
}
int ncclCommGetAsyncError(Way *way, int *state) { *state = way->rank == 1 && fault("breaks") ? 6 : 0; return 0; }
int ncclCommAbort(Way *way) { way->open = false; aborted = true; return told("given up", way->rank); }
int ncclCommDestroy(Way *way) { told("closed", way->rank); delete way; return 0; }
const char *ncclGetErrorString(int) { return "an error of the stand-in"; }
const char *ncclGetLastError(Way *) { return "its own words"; }
#endif
}
