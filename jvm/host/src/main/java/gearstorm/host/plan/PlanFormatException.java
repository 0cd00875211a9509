package gearstorm.host.plan;

/** The plan is not what translator/execution-plan.ts says it is. */
public final class PlanFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public PlanFormatException(final String message) {
    super(message);
  }

  PlanFormatException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
