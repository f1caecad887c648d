package dev.tandem.cuda;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.LookedProgram;
import dev.tandem.core.op.LookedProgram.Finding;
import dev.tandem.core.op.LookedProgram.Report;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.memory.CudaBinding;
import dev.tandem.cuda.memory.Holding;
import dev.tandem.cuda.memory.Verdict;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** The reports of a program's runs: copies on their way from the card, in places used in turn. */
final class CudaReports {

  /** Where a number lies, and whether it is float64. */
  private record Place(String name, long offset, DataType dtype) {}

  private static final Finding[] FINDINGS = {Finding.FINE, Finding.HELD, Finding.LEFT_OUT};

  private final Device.Inbox inbox;
  private final long address;
  private final long verdict;
  private final ImmutableList<Place> places;
  private final One[] all = new One[LookedProgram.MOST_REPORTS];
  private int next;

  CudaReports(CudaBinding binding, Verdict verdict, Holding holding) {
    this.address = binding.made().address(0);
    this.verdict = verdict.offset();
    this.inbox = holding.device().inbox(binding.made().bytes(), all.length);
    holding.own(inbox::close);
    ImmutableList.Builder<Place> found = ImmutableList.builder();
    for (Map.Entry<String, TensorSpec> scalar : verdict.scalars().entrySet()) {
      found.add(
          new Place(scalar.getKey(), verdict.offset(scalar.getKey()), scalar.getValue().dtype()));
    }
    this.places = found.build();
  }

  /** Asks for the report of the run that was asked for last. */
  Report ask() {
    One before = all[next];
    if (before != null) {
      before.take();
    }
    inbox.bring(address, next);
    One made = new One(next);
    all[next] = made;
    next = (next + 1) % all.length;
    return made;
  }

  private static double number(BytePointer at, Place place) {
    return place.dtype() == DataType.DOUBLE
        ? at.getDouble(place.offset())
        : at.getFloat(place.offset());
  }

  private final class One implements Report {

    private final int place;
    private @Nullable Finding finding;
    private double squares;
    private double[] numbers = {};

    One(int place) {
      this.place = place;
    }

    @Override
    public synchronized Finding take() {
      Finding known = finding;
      if (known == null) {
        Pointer there = inbox.await(place);
        BytePointer at = new BytePointer(there);
        known = FINDINGS[(int) at.getLong(verdict)];
        squares = at.getDouble(verdict + Long.BYTES);
        numbers = new double[places.size()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = number(at, places.get(i));
        }
        finding = known;
      }
      return known;
    }

    @Override
    public double scalar(String name) {
      for (int i = 0; i < numbers.length; i++) {
        if (places.get(i).name().equals(name)) {
          return numbers[i];
        }
      }
      throw new IllegalArgumentException("there is no scalar output \"" + name + "\"");
    }

    @Override
    public double squares() {
      return squares;
    }
  }
}
