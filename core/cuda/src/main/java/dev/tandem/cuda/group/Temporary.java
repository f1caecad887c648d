package dev.tandem.cuda.group;

import com.google.common.collect.ImmutableList;

/** Memory of which nobody reads what is there when all commands are done. */
public interface Temporary {

  /** No memory. */
  Temporary NONE =
      new Temporary() {
        @Override
        public ImmutableList<Stretch> stretches() {
          return ImmutableList.of();
        }

        @Override
        public long add(long bytes) {
          throw new IllegalStateException("there is no temporary memory");
        }
      };

  /** A value's memory. */
  record Stretch(long address, long bytes) {}

  /** All of it. */
  ImmutableList<Stretch> stretches();

  /** The address of some more. */
  long add(long bytes);
}
