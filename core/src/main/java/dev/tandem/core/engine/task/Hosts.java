package dev.tandem.core.engine.task;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.Map;

/** The buffers that lie in other ones of the same size, and in which. */
public final class Hosts {

  /** Every buffer by itself. */
  static final Hosts NONE = new Hosts(ImmutableMap.of());

  private final ImmutableMap<Buffer, Buffer> hosts;

  private Hosts(ImmutableMap<Buffer, Buffer> hosts) {
    this.hosts = hosts;
  }

  /** The buffer that one lies in at last; often itself. */
  public Buffer root(Buffer buffer) {
    return root(hosts, buffer);
  }

  /** Where a buffer lies at last. */
  public Buffer.Home home(Buffer buffer) {
    return root(buffer).home();
  }

  private static Buffer root(Map<Buffer, Buffer> hosts, Buffer buffer) {
    Buffer root = buffer;
    while (hosts.containsKey(root)) {
      root = hosts.get(root);
    }
    return root;
  }

  /** A builder that begins with these. */
  public Builder toBuilder() {
    return new Builder(hosts);
  }

  /** Hosts as they are found. */
  public static final class Builder {

    private final Map<Buffer, Buffer> hosts;

    private Builder(Map<Buffer, Buffer> before) {
      this.hosts = new HashMap<>(before);
    }

    /** Lets a buffer lie in another one of the same size. */
    public void put(Buffer buffer, Buffer host) {
      if (hosts.containsKey(buffer) || root(host) == buffer) {
        throw new IllegalStateException("a buffer shares with two others");
      }
      hosts.put(buffer, host);
    }

    /** The buffer that one lies in as far as is known; often itself. */
    public Buffer root(Buffer buffer) {
      return Hosts.root(hosts, buffer);
    }

    /** Where a buffer lies as far as is known. */
    public Buffer.Home home(Buffer buffer) {
      return root(buffer).home();
    }

    /** All that was found. */
    public Hosts build() {
      return new Hosts(ImmutableMap.copyOf(hosts));
    }
  }
}
