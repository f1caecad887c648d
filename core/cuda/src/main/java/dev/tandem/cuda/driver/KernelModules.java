package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableSet;
import dev.tandem.cuda.device.Prelude;
import dev.tandem.cuda.text.KernelText;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;

/**
 * The kernels that a card has loaded. What several recordings use is loaded once, and goes with the
 * last of them.
 */
final class KernelModules {

  private final KernelCompiler compiler;
  private final Map<String, Loaded> functions = new HashMap<>();

  KernelModules(KernelCompiler compiler) {
    this.compiler = compiler;
  }

  private static final class Module {
    private final CUmod_st handle = new CUmod_st();
    private final ImmutableSet<String> names;
    private int users;

    Module(ImmutableSet<String> names) {
      this.names = names;
    }
  }

  private record Loaded(CUfunc_st function, Module module) {}

  /** Some kernels, loaded until this is closed. */
  final class Use implements AutoCloseable {
    private final Set<Module> modules;

    private Use(Set<Module> modules) {
      this.modules = modules;
    }

    CUfunc_st function(KernelText kernel) {
      return Objects.requireNonNull(functions.get(kernel.name()), kernel.label()).function();
    }

    /** Gives the kernels back; nothing may run them any more. */
    @Override
    public void close() {
      modules.forEach(KernelModules.this::leave);
      modules.clear();
    }
  }

  /** Loads those of some kernels that are not there yet, as one module. */
  Use use(Collection<KernelText> kernels) {
    Map<String, KernelText> fresh = new TreeMap<>();
    for (KernelText kernel : kernels) {
      if (!functions.containsKey(kernel.name())) {
        fresh.put(kernel.name(), kernel);
      }
    }
    if (!fresh.isEmpty()) {
      load(fresh);
    }
    Set<Module> modules = new LinkedHashSet<>();
    for (KernelText kernel : kernels) {
      modules.add(Objects.requireNonNull(functions.get(kernel.name())).module());
    }
    modules.forEach(module -> module.users++);
    return new Use(modules);
  }

  private void load(Map<String, KernelText> kernels) {
    StringBuilder text = new StringBuilder(KernelCompiler.NUMBERS).append(Prelude.TEXT);
    kernels.values().forEach(kernel -> text.append(kernel.function()));
    Module module = new Module(ImmutableSet.copyOf(kernels.keySet()));
    try (BytePointer code = new BytePointer(compiler.compile(text.toString()))) {
      CudaStatus.check(
          cudart.cuModuleLoadData(module.handle, code),
          "cuModuleLoadData of " + kernels.size() + " kernels");
    }
    Map<String, Loaded> loaded = new HashMap<>();
    try {
      for (String name : kernels.keySet()) {
        CUfunc_st function = new CUfunc_st();
        CudaStatus.check(
            cudart.cuModuleGetFunction(function, module.handle, name),
            "cuModuleGetFunction of " + name);
        loaded.put(name, new Loaded(function, module));
      }
    } catch (RuntimeException e) {
      cudart.cuModuleUnload(module.handle);
      throw e;
    }
    functions.putAll(loaded);
  }

  private void leave(Module module) {
    module.users--;
    if (module.users == 0) {
      functions.keySet().removeAll(module.names);
      CudaStatus.release(cudart.cuModuleUnload(module.handle), "cuModuleUnload");
    }
  }
}
