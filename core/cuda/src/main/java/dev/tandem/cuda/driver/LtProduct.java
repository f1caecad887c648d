package dev.tandem.cuda.driver;

import dev.tandem.core.op.Precision;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.DeviceException;
import org.bytedeco.cuda.cublas.cublasLtMatmulAlgo_t;
import org.bytedeco.cuda.cublas.cublasLtMatmulDescOpaque_t;
import org.bytedeco.cuda.cublas.cublasLtMatmulHeuristicResult_t;
import org.bytedeco.cuda.cublas.cublasLtMatmulPreferenceOpaque_t;
import org.bytedeco.cuda.cublas.cublasLtMatrixLayoutOpaque_t;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.nd4j.linalg.api.buffer.DataType;

/** A product by cuBLASLt, with the algorithm that it thinks fastest. */
final class LtProduct implements CudaStep {

  private static final long MOST_WORKSPACE = 32L << 20;

  private final Handles handles;
  private final Command.Product product;
  private final ProductLayout layout;
  private final Scope scope = new Scope();
  private final cublasLtMatmulDescOpaque_t description;
  private final cublasLtMatrixLayoutOpaque_t first;
  private final cublasLtMatrixLayoutOpaque_t second;
  private final cublasLtMatrixLayoutOpaque_t out;
  private final cublasLtMatmulHeuristicResult_t choice;
  private final cublasLtMatmulAlgo_t algorithm;
  private final boolean isThere;
  private final Pointer one;
  private final Pointer added;

  LtProduct(Handles handles, Command.Product product) {
    this.handles = handles;
    this.product = product;
    this.layout = ProductLayout.of(product);
    try {
      boolean isDouble = product.dtype() == DataType.DOUBLE;
      this.one = scope.add(isDouble ? new DoublePointer(1.0) : new FloatPointer(1f));
      double share = product.addend() == 0 ? 0 : 1;
      this.added = scope.add(isDouble ? new DoublePointer(share) : new FloatPointer((float) share));
      this.description = describe();
      this.first = lay(layout.first(), product.operands());
      this.second = lay(layout.second(), product.operands());
      this.out = lay(layout.out(), product.dtype());
      this.choice = scope.add(new cublasLtMatmulHeuristicResult_t(1));
      this.isThere = choose();
      this.algorithm = choice.algo();
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private static int type(DataType dtype) {
    return switch (dtype) {
      case FLOAT -> cudart.CUDA_R_32F;
      case DOUBLE -> cudart.CUDA_R_64F;
      case BFLOAT16 -> cudart.CUDA_R_16BF;
      default -> throw new DeviceException("cuBLASLt is not asked for products of " + dtype);
    };
  }

  private int arithmetic() {
    if (product.dtype() == DataType.DOUBLE) {
      return cublas.CUBLAS_COMPUTE_64F;
    }
    return product.precision() == Precision.TF32
        ? cublas.CUBLAS_COMPUTE_32F_FAST_TF32
        : cublas.CUBLAS_COMPUTE_32F;
  }

  private cublasLtMatmulDescOpaque_t describe() {
    cublasLtMatmulDescOpaque_t made;
    try (PointerPointer<Pointer> place = new PointerPointer<>(1)) {
      CudaStatus.blas(
          cublas.cublasLtMatmulDescCreate(place, arithmetic(), type(product.dtype())),
          "cublasLtMatmulDescCreate");
      made = new cublasLtMatmulDescOpaque_t(place.get(0));
    }
    scope.onClose(() -> cublas.cublasLtMatmulDescDestroy(made));
    set(made, cublas.CUBLASLT_MATMUL_DESC_TRANSA, transpose(layout.transposeFirst()));
    set(made, cublas.CUBLASLT_MATMUL_DESC_TRANSB, transpose(layout.transposeSecond()));
    boolean biased = product.bias() != 0;
    if (biased || product.relu()) {
      int epilogue =
          !biased
              ? cublas.CUBLASLT_EPILOGUE_RELU
              : product.relu() ? cublas.CUBLASLT_EPILOGUE_RELU_BIAS : cublas.CUBLASLT_EPILOGUE_BIAS;
      set(made, cublas.CUBLASLT_MATMUL_DESC_EPILOGUE, epilogue);
    }
    if (biased) {
      try (LongPointer address = new LongPointer(new long[] {product.bias()})) {
        CudaStatus.blas(
            cublas.cublasLtMatmulDescSetAttribute(
                made, cublas.CUBLASLT_MATMUL_DESC_BIAS_POINTER, address, Long.BYTES),
            "cublasLtMatmulDescSetAttribute of the bias");
      }
    }
    return made;
  }

  private static int transpose(boolean whether) {
    return whether ? cublas.CUBLAS_OP_T : cublas.CUBLAS_OP_N;
  }

  private static void set(cublasLtMatmulDescOpaque_t description, int attribute, int value) {
    try (IntPointer number = new IntPointer(new int[] {value})) {
      CudaStatus.blas(
          cublas.cublasLtMatmulDescSetAttribute(description, attribute, number, Integer.BYTES),
          "cublasLtMatmulDescSetAttribute " + attribute);
    }
  }

  private cublasLtMatrixLayoutOpaque_t lay(ProductLayout.Matrix matrix, DataType dtype) {
    cublasLtMatrixLayoutOpaque_t made;
    try (PointerPointer<Pointer> place = new PointerPointer<>(1)) {
      CudaStatus.blas(
          cublas.cublasLtMatrixLayoutCreate(
              place, type(dtype), matrix.rows(), matrix.columns(), matrix.leading()),
          "cublasLtMatrixLayoutCreate");
      made = new cublasLtMatrixLayoutOpaque_t(place.get(0));
    }
    scope.onClose(() -> cublas.cublasLtMatrixLayoutDestroy(made));
    if (layout.batch() > 1) {
      try (IntPointer count = new IntPointer(new int[] {Math.toIntExact(layout.batch())});
          LongPointer stride = new LongPointer(new long[] {matrix.stride()})) {
        CudaStatus.blas(
            cublas.cublasLtMatrixLayoutSetAttribute(
                made, cublas.CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT, count, Integer.BYTES),
            "cublasLtMatrixLayoutSetAttribute of the batch");
        CudaStatus.blas(
            cublas.cublasLtMatrixLayoutSetAttribute(
                made, cublas.CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET, stride, Long.BYTES),
            "cublasLtMatrixLayoutSetAttribute of the stride");
      }
    }
    return made;
  }

  /** Takes the first algorithm of cuBLASLt's list; says whether there is one. */
  private boolean choose() {
    cublasLtMatmulPreferenceOpaque_t preference;
    try (PointerPointer<Pointer> place = new PointerPointer<>(1)) {
      CudaStatus.blas(
          cublas.cublasLtMatmulPreferenceCreate(place), "cublasLtMatmulPreferenceCreate");
      preference = new cublasLtMatmulPreferenceOpaque_t(place.get(0));
    }
    try {
      prefer(preference);
      int[] count = new int[1];
      int status =
          cublas.cublasLtMatmulAlgoGetHeuristic(
              handles.blas(), description, first, second, out, out, preference, 1, choice, count);
      if (status == cublas.CUBLAS_STATUS_NOT_SUPPORTED) {
        return false;
      }
      CudaStatus.blas(status, "cublasLtMatmulAlgoGetHeuristic of " + product);
      return count[0] > 0 && choice.state() == 0;
    } finally {
      cublas.cublasLtMatmulPreferenceDestroy(preference);
    }
  }

  private void prefer(cublasLtMatmulPreferenceOpaque_t preference) {
    try (LongPointer most = new LongPointer(new long[] {MOST_WORKSPACE})) {
      CudaStatus.blas(
          cublas.cublasLtMatmulPreferenceSetAttribute(
              preference, cublas.CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, most, Long.BYTES),
          "cublasLtMatmulPreferenceSetAttribute of the workspace");
    }
    int width = product.operands().width();
    align(
        preference,
        cublas.CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES,
        At.alignment(product.b(), stride(layout.first()) * width));
    align(
        preference,
        cublas.CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES,
        At.alignment(product.a(), stride(layout.second()) * width));
    // a bias has no place of its own here
    int output =
        At.alignment(
            product.out(),
            product.bias(),
            product.addend(),
            stride(layout.out()) * product.dtype().width());
    align(preference, cublas.CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, output);
    align(preference, cublas.CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES, output);
  }

  private long stride(ProductLayout.Matrix matrix) {
    return layout.batch() > 1 ? matrix.stride() : 0;
  }

  private static void align(cublasLtMatmulPreferenceOpaque_t preference, int attribute, int bytes) {
    try (IntPointer number = new IntPointer(new int[] {bytes})) {
      CudaStatus.blas(
          cublas.cublasLtMatmulPreferenceSetAttribute(preference, attribute, number, Integer.BYTES),
          "cublasLtMatmulPreferenceSetAttribute of an alignment");
    }
  }

  /** Whether cuBLASLt has an algorithm for it. */
  boolean isThere() {
    return isThere;
  }

  @Override
  public String label() {
    return "product of "
        + product.rows()
        + "×"
        + product.inner()
        + "×"
        + product.columns()
        + " (batch "
        + product.batch()
        + (product.precision() == Precision.FLOAT32 ? "" : ", " + product.precision())
        + ")";
  }

  @Override
  public long workspace() {
    return choice.workspaceSize();
  }

  @Override
  public void ask(long workspace) {
    Pointer result = new At(product.out());
    CudaStatus.blas(
        cublas.cublasLtMatmul(
            handles.blas(),
            description,
            one,
            new At(product.b()),
            first,
            new At(product.a()),
            second,
            added,
            product.addend() == 0 ? result : new At(product.addend()),
            out,
            result,
            out,
            algorithm,
            workspace == 0 ? new BytePointer() : new At(workspace),
            choice.workspaceSize(),
            handles.stream()),
        "cublasLtMatmul, " + label());
  }

  @Override
  public void close() {
    scope.close();
  }
}
