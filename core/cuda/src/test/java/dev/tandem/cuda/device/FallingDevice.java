package dev.tandem.cuda.device;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * A device that falls off when it is told to: from then on it only takes back what it gave, as a
 * card's driver does.
 */
public final class FallingDevice {

  private static final Set<String> STILL_DONE =
      Set.of("free", "close", "description", "toString", "hashCode", "equals");

  private final Device device;
  private volatile boolean fallen;

  /** A device in front of another one. */
  public FallingDevice(Device behind) {
    this.device = (Device) through(Device.class, behind);
  }

  /** What engines are given. */
  public Device device() {
    return device;
  }

  /** Lets it fall. */
  public void fall() {
    fallen = true;
  }

  private Object through(Class<?> type, Object behind) {
    InvocationHandler handler = (proxy, method, arguments) -> call(behind, method, arguments);
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private Object call(Object behind, Method method, Object[] arguments) throws Throwable {
    if (fallen && !STILL_DONE.contains(method.getName())) {
      throw new DeviceLostException(
          method.getName() + " answers cudaErrorLaunchFailure (719); " + DeviceLostException.STEP);
    }
    Object result;
    try {
      result = method.invoke(behind, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    Class<?> type = method.getReturnType();
    return type.isInterface() && type.getEnclosingClass() == Device.class
        ? through(type, result)
        : result;
  }
}
