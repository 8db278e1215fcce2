package dev.yagura.base;

/** The one exception of the project: it carries a {@link Failure}. */
public final class FlowException extends RuntimeException {
  private final Failure failure;

  public FlowException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  public FlowException(Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
