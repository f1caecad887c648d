package dev.tandem.examples.bench.memory;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What threads have allocated on the heap since they started.
 *
 * @param bytes by the thread's id
 */
record Allocations(Map<Long, Long> bytes) {

  /** Of all threads that live now. */
  static Allocations now() {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long[] ids = threads.getAllThreadIds();
    long[] allocated = threads.getThreadAllocatedBytes(ids);
    Map<Long, Long> bytes = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      bytes.put(ids[i], Math.max(0, allocated[i]));
    }
    return new Allocations(bytes);
  }

  /**
   * What came after an earlier reading. Threads that were born and died in between are not seen.
   */
  long since(Allocations earlier) {
    return bytes.entrySet().stream()
        .mapToLong(entry -> entry.getValue() - earlier.bytes().getOrDefault(entry.getKey(), 0L))
        .sum();
  }
}
