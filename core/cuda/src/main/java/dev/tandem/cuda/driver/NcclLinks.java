package dev.tandem.cuda.driver;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.CardLinks;
import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.device.LinkException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.nccl;
import org.bytedeco.cuda.nccl.ncclComm;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The ways between cards of this process, by NCCL. One thread asks for the sends and receives of
 * all cards as one group, so that none is ever asked for without its other end.
 *
 * <p>Nothing of it is captured: a graph that was captured with transfers in it could not be left
 * out by one card alone, nor outlive ways that broke.
 */
public final class NcclLinks implements CardLinks {

  /** How long the host looks without sleeping; most exchanges take less. */
  private static final long EAGER_NANOS = 2_000_000;

  private static final long SLEEP_NANOS = 50_000;

  private final ImmutableList<CudaDevice> cards;
  private final ImmutableList<ncclComm> ways;
  private final Scope scope = new Scope();
  private final ImmutableList<CUevent_st> arrivals;
  private final Duration patience;
  private final ScheduledThreadPoolExecutor watch;
  private boolean open = true;

  private NcclLinks(List<CudaDevice> cards, Duration patience) {
    this.cards = ImmutableList.copyOf(cards);
    this.patience = patience;
    this.watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "tandem-nccl-watch");
              thread.setDaemon(true);
              return thread;
            });
    scope.onClose(watch::shutdownNow);
    try {
      ImmutableList.Builder<CUevent_st> events = ImmutableList.builder();
      for (CudaDevice card : cards) {
        card.enter();
        CUevent_st event = new CUevent_st();
        CudaStatus.check(
            cudart.cudaEventCreateWithFlags(event, cudart.cudaEventDisableTiming),
            "cudaEventCreateWithFlags");
        scope.onClose(() -> cudart.cudaEventDestroy(event));
        events.add(event);
      }
      this.arrivals = events.build();
      this.ways = cards.size() == 1 ? ImmutableList.of() : connectInTime();
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  /**
   * Connects cards, each of which is another one. One alone needs no NCCL.
   *
   * @param patience how long NCCL may take to ask the cards for transfers: it opens ways at the
   *     first ones, and then waits on the host
   * @throws DeviceException if NCCL is missing, or cannot connect them; names the next step
   */
  public static NcclLinks between(List<CudaDevice> cards, Duration patience) {
    if (cards.size() > 1) {
      CudaNatives.loadForSeveral(CudaLibraries.find());
    }
    return new NcclLinks(cards, patience);
  }

  /** The version of NCCL, as in {@code 2.29.2}. */
  static String version() {
    int[] number = new int[1];
    CudaStatus.nccl(nccl.ncclGetVersion(number), "ncclGetVersion");
    return number[0] / 10_000 + "." + number[0] / 100 % 100 + "." + number[0] % 100;
  }

  /** NCCL talks to all cards, and may wait for one without end. */
  private ImmutableList<ncclComm> connectInTime() {
    Future<ImmutableList<ncclComm>> made = watch.submit(this::connect);
    try {
      return made.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new DeviceException(
          "NCCL does not connect "
              + cards.size()
              + " cards in "
              + patience.toSeconds()
              + " s (ncclCommInitAll); "
              + CudaStatus.NCCL,
          e);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      Throwables.throwIfUnchecked(cause);
      throw new IllegalStateException(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while NCCL connects cards", e);
    }
  }

  private ImmutableList<ncclComm> connect() {
    int[] indices = cards.stream().mapToInt(card -> card.card().index()).toArray();
    try (PointerPointer<ncclComm> made = new PointerPointer<>(cards.size())) {
      CudaStatus.nccl(
          nccl.ncclCommInitAll(made, cards.size(), indices),
          "ncclCommInitAll of " + cards.size() + " cards");
      ImmutableList.Builder<ncclComm> all = ImmutableList.builder();
      for (int i = 0; i < cards.size(); i++) {
        all.add(made.get(ncclComm.class, i));
      }
      return all.build();
    }
  }

  /** Memory that is no part of a pool: NCCL lets other cards reach into it. */
  @Override
  public long allocate(int card, long bytes) {
    CudaDevice device = cards.get(card);
    synchronized (device) {
      device.enter();
      BytePointer made = new BytePointer();
      CudaStatus.check(
          cudart.cudaMalloc(made, bytes), "cudaMalloc of " + bytes + " bytes to exchange by");
      return made.address();
    }
  }

  @Override
  public void free(int card, long address) {
    CudaDevice device = cards.get(card);
    synchronized (device) {
      if (device.isOpen()) {
        device.enter();
        CudaStatus.release(cudart.cudaFree(new At(address)), "cudaFree");
      }
    }
  }

  @Override
  public void move(List<Transfer> transfers) {
    if (transfers.isEmpty()) {
      return;
    }
    requireOpen();
    Future<?> late = watch.schedule(this::abort, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ask(transfers);
    } finally {
      late.cancel(false);
    }
  }

  private void ask(List<Transfer> transfers) {
    int asked = transfers.get(0).from();
    int status = nccl.ncclGroupStart();
    String call = "ncclGroupStart";
    for (Transfer transfer : transfers) {
      if (status == nccl.ncclSuccess) {
        asked = transfer.from();
        call = "ncclSend";
        status =
            nccl.ncclSend(
                new At(transfer.source()),
                transfer.bytes(),
                nccl.ncclUint8,
                transfer.to(),
                ways.get(transfer.from()),
                cards.get(transfer.from()).stream());
      }
      if (status == nccl.ncclSuccess) {
        asked = transfer.to();
        call = "ncclRecv";
        status =
            nccl.ncclRecv(
                new At(transfer.target()),
                transfer.bytes(),
                nccl.ncclUint8,
                transfer.from(),
                ways.get(transfer.to()),
                cards.get(transfer.to()).stream());
      }
    }
    int end = nccl.ncclGroupEnd();
    if (status == nccl.ncclSuccess && end != nccl.ncclSuccess) {
      status = end;
      call = "ncclGroupEnd of " + transfers.size() + " transfers";
    }
    if (status != nccl.ncclSuccess) {
      throw broken(asked, call, status);
    }
  }

  @Override
  public void await(Duration longest) {
    if (ways.isEmpty()) {
      return;
    }
    requireOpen();
    for (int card = 0; card < cards.size(); card++) {
      CudaDevice device = cards.get(card);
      synchronized (device) {
        device.enter();
        CudaStatus.check(
            cudart.cudaEventRecord(arrivals.get(card), device.stream()), "cudaEventRecord");
      }
    }
    long begin = System.nanoTime();
    int[] state = new int[1];
    for (int card = 0; card < cards.size(); ) {
      int status = cudart.cudaEventQuery(arrivals.get(card));
      if (status == cudart.cudaSuccess) {
        card++;
        continue;
      }
      if (status != cudart.cudaErrorNotReady) {
        abort();
        CudaStatus.check(status, "waiting for what cards exchange (cudaEventQuery)");
      }
      long waited = System.nanoTime() - begin;
      for (int way = 0; way < ways.size(); way++) {
        int asked = nccl.ncclCommGetAsyncError(ways.get(way), state);
        if (asked != nccl.ncclSuccess || state[0] != nccl.ncclSuccess) {
          throw broken(way, "an exchange", asked != nccl.ncclSuccess ? asked : state[0]);
        }
      }
      if (waited > longest.toNanos()) {
        abort();
        throw new LinkException(
            card,
            "nothing has come for "
                + longest.toSeconds()
                + " s of what cards exchange; run nvidia-smi to see whether all are well, and"
                + " NCCL_DEBUG=WARN to see NCCL's own words");
      }
      if (waited > EAGER_NANOS) {
        sleep();
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private static void sleep() {
    try {
      TimeUnit.NANOSECONDS.sleep(SLEEP_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // others wait for what is on its way
    }
  }

  private synchronized LinkException broken(int card, String call, int status) {
    if (!open) {
      return new LinkException(
          card, call + " did not come back for " + patience.toSeconds() + " s and was given up");
    }
    String words = nccl.ncclGetLastError(ways.get(card)).getString();
    abort();
    try {
      CudaStatus.nccl(status, call);
    } catch (RuntimeException e) {
      return new LinkException(card, e.getMessage() + (words.isEmpty() ? "" : ": " + words));
    }
    return new LinkException(card, call + " failed");
  }

  private synchronized void requireOpen() {
    if (!open) {
      throw new LinkException(
          0, "the ways between the cards broke before; let the program run anew");
    }
  }

  /** Ends what is on its way, so that no card waits for it. */
  private synchronized void abort() {
    if (open) {
      open = false;
      ways.forEach(nccl::ncclCommAbort);
    }
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      ways.forEach(nccl::ncclCommDestroy);
    }
    scope.close();
  }
}
