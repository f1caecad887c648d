package dev.tandem.cuda.driver;

import dev.tandem.core.op.Precision;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.device.DeviceMemoryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUmemPoolHandle_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;

/** A card, by NVIDIA's driver and libraries: one stream, on which all is asked for in order. */
public final class CudaDevice implements Device {

  /** Lets each command be asked for alone and waited for, so that errors name it. */
  private static final String SINGLE = "tandem.cuda.single";

  /** The oldest CUDA that a driver has to know, as cuDriverGetVersion counts. */
  private static final String OLDEST_DRIVER = "13.0";

  private final CudaCard card;
  private final int handle;
  private final Scope scope = new Scope();
  private final CUctx_st context = new CUctx_st();
  private final CUstream_st stream = new CUstream_st();
  private final Handles handles;
  private final KernelModules modules;
  private final Uploads uploads;
  private final boolean pools;
  private final Map<Long, Long> allocated = new HashMap<>();
  private boolean open = true;

  private CudaDevice(CudaCard card) {
    this.card = card;
    this.handles = new Handles(stream, card);
    try {
      int[] found = new int[1];
      CudaStatus.check(cudart.cuDeviceGet(found, card.index()), "cuDeviceGet");
      this.handle = found[0];
      this.pools =
          CudaCards.attribute(cudart.CU_DEVICE_ATTRIBUTE_MEMORY_POOLS_SUPPORTED, handle) != 0;
      CudaStatus.check(
          cudart.cuDevicePrimaryCtxRetain(context, handle), "cuDevicePrimaryCtxRetain");
      scope.onClose(() -> cudart.cuDevicePrimaryCtxRelease(handle));
      enter();
      CudaStatus.check(
          cudart.cudaStreamCreateWithFlags(stream, cudart.cudaStreamNonBlocking),
          "cudaStreamCreateWithFlags");
      scope.onClose(() -> cudart.cudaStreamDestroy(stream));
      scope.onClose(handles::close);
      this.modules =
          new KernelModules(new KernelCompiler(CubinStore.ofUser(), card.architecture()));
      this.uploads = new Uploads(stream);
      scope.onClose(uploads::close);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  /**
   * Opens a card.
   *
   * @param index its place among {@link CudaCards#all}
   * @throws DeviceException if there is no such card, it is too old, or something is missing; names
   *     everything that is, and the next step
   */
  public static CudaDevice open(int index) {
    CudaLibraries libraries = CudaLibraries.find();
    libraries.require();
    List<CudaCard> cards = CudaCards.all(libraries);
    if (index < 0 || index >= cards.size()) {
      throw new DeviceException(
          "there is no card " + index + ", but " + cards.size() + ", counted from 0: " + cards);
    }
    CudaCard card = cards.get(index);
    requireFit(card);
    CudaNatives.loadAll(libraries);
    return new CudaDevice(card);
  }

  /** Refuses a card that is too old, or has too old a driver. */
  static void requireFit(CudaCard card) {
    if (!card.isNewEnough()) {
      throw new DeviceException(
          card
              + " is too old: capability 7.5 is the least; take another card, or the engine"
              + " \"cpu\"; for cards from 3.7 on there is the build with -Pcuda");
    }
    if (Double.parseDouble(card.driver()) < Double.parseDouble(OLDEST_DRIVER)) {
      throw new DeviceException(
          "the driver of "
              + card
              + " knows CUDA "
              + card.driver()
              + ", and "
              + OLDEST_DRIVER
              + " is the least; "
              + CudaLibrary.DRIVER.remedy());
    }
  }

  /** The card. */
  public CudaCard card() {
    return card;
  }

  /** The stream on which all is asked for. */
  CUstream_st stream() {
    return stream;
  }

  @Override
  public String description() {
    return card.toString();
  }

  @Override
  public Optional<String> lacks(Precision precision) {
    return card.lacks(precision);
  }

  /** Makes this thread's calls go to the card. */
  void enter() {
    if (!open) {
      throw new IllegalStateException(card + " is closed");
    }
    CudaStatus.check(cudart.cuCtxSetCurrent(context), "cuCtxSetCurrent");
  }

  boolean isOpen() {
    return open;
  }

  /** The bytes of the card's memory that nobody holds. */
  public synchronized long freeBytes() {
    synchronize();
    return memory()[0];
  }

  /** Free and all. */
  private static long[] memory() {
    try (SizeTPointer free = new SizeTPointer(1);
        SizeTPointer total = new SizeTPointer(1)) {
      CudaStatus.check(cudart.cudaMemGetInfo(free, total), "cudaMemGetInfo");
      return new long[] {free.get(), total.get()};
    }
  }

  @Override
  public synchronized long allocate(long bytes) {
    enter();
    BytePointer made = new BytePointer();
    int status = ask(made, bytes);
    if (status == cudart.cudaErrorMemoryAllocation) {
      // what was given back may not have been taken yet
      cudart.cudaGetLastError();
      reclaim();
      status = ask(made, bytes);
    }
    if (status == cudart.cudaErrorMemoryAllocation) {
      cudart.cudaGetLastError();
      throw new DeviceMemoryException(outOfMemory(card, bytes, memory(), allocated.values()));
    }
    CudaStatus.check(status, "an allocation of " + bytes + " bytes");
    allocated.put(made.address(), bytes);
    return made.address();
  }

  private int ask(BytePointer made, long bytes) {
    return pools ? cudart.cudaMallocAsync(made, bytes, stream) : cudart.cudaMalloc(made, bytes);
  }

  private void reclaim() {
    CudaStatus.check(cudart.cudaStreamSynchronize(stream), "cudaStreamSynchronize");
    if (pools) {
      CUmemPoolHandle_st pool = new CUmemPoolHandle_st();
      CudaStatus.check(
          cudart.cudaDeviceGetDefaultMemPool(pool, card.index()), "cudaDeviceGetDefaultMemPool");
      CudaStatus.check(cudart.cudaMemPoolTrimTo(pool, 0), "cudaMemPoolTrimTo");
    }
  }

  /** What is said when a card has not so much memory. */
  static String outOfMemory(CudaCard card, long asked, long[] memory, Iterable<Long> held) {
    long here = 0;
    int pieces = 0;
    for (long bytes : held) {
      here += bytes;
      pieces++;
    }
    return card
        + " has no "
        + asked
        + " bytes left: "
        + memory[0]
        + " of "
        + memory[1]
        + " are free, "
        + here
        + " are held by this process in "
        + pieces
        + " pieces, "
        + Math.max(0, memory[1] - memory[0] - here)
        + " by other processes and the driver; "
        + CudaStatus.step(cudart.cudaErrorMemoryAllocation);
  }

  @Override
  public synchronized void free(long address) {
    if (allocated.remove(address) == null) {
      throw new IllegalArgumentException(
          "nothing was allocated at " + Long.toHexString(address) + ", or it is free already");
    }
    enter();
    int status =
        pools ? cudart.cudaFreeAsync(new At(address), stream) : cudart.cudaFree(new At(address));
    CudaStatus.release(status, "giving back memory");
  }

  @Override
  public synchronized void upload(Pointer host, long device, long bytes) {
    if (bytes > 0) {
      enter();
      uploads.copy(host, device, bytes);
    }
  }

  @Override
  public synchronized void download(long device, Pointer host, long bytes) {
    if (bytes > 0) {
      enter();
      CudaStatus.check(
          cudart.cudaMemcpyAsync(
              new At(At.address(host)),
              new At(device),
              bytes,
              cudart.cudaMemcpyDeviceToHost,
              stream),
          "cudaMemcpyAsync of " + bytes + " bytes from the card");
      synchronize();
    }
  }

  @Override
  public synchronized Inbox inbox(long bytes, int places) {
    enter();
    return new CudaInbox(this, stream, bytes, places);
  }

  @Override
  public synchronized Recording record(List<Command> commands) {
    enter();
    return new CudaRecording(this, handles, modules, commands, Boolean.getBoolean(SINGLE));
  }

  @Override
  public synchronized void synchronize() {
    enter();
    CudaStatus.check(
        cudart.cudaStreamSynchronize(stream), "waiting for the card (cudaStreamSynchronize)");
  }

  @Override
  public synchronized void close() {
    if (open) {
      enter();
      CudaStatus.release(cudart.cudaStreamSynchronize(stream), "cudaStreamSynchronize");
      List.copyOf(allocated.keySet()).forEach(this::free);
      open = false;
      scope.close();
    }
  }

  @Override
  public String toString() {
    return description();
  }
}
