package dev.tandem.cuda.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/**
 * Ways between devices of any kind, through the host: what NCCL does for cards. All that is sent is
 * read before anything arrives, as nobody may rely on an order.
 */
public class HostLinks implements CardLinks {

  private final List<? extends Device> devices;
  private final List<List<Transfer>> moves = new ArrayList<>();
  private int allocated;
  private boolean closed;

  /** Ways between devices. */
  public HostLinks(List<? extends Device> devices) {
    this.devices = devices;
  }

  /** All that was asked for. */
  public List<List<Transfer>> moves() {
    return moves;
  }

  /** How many pieces of memory are held. */
  public int allocated() {
    return allocated;
  }

  /** Whether they were closed. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public long allocate(int card, long bytes) {
    allocated++;
    return devices.get(card).allocate(bytes);
  }

  @Override
  public void free(int card, long address) {
    allocated--;
    devices.get(card).free(address);
  }

  @Override
  public void move(List<Transfer> transfers) {
    moves.add(transfers);
    List<BytePointer> sent = new ArrayList<>();
    for (Transfer transfer : transfers) {
      BytePointer numbers = new BytePointer(transfer.bytes());
      devices.get(transfer.from()).download(transfer.source(), numbers, transfer.bytes());
      sent.add(numbers);
    }
    for (int i = 0; i < sent.size(); i++) {
      Transfer transfer = transfers.get(i);
      devices.get(transfer.to()).upload(sent.get(i), transfer.target(), transfer.bytes());
      sent.get(i).close();
    }
  }

  @Override
  public void await(Duration longest) {}

  @Override
  public void close() {
    closed = true;
  }
}
