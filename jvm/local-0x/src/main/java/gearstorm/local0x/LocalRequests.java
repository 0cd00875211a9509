package gearstorm.local0x;

import backtype.storm.generated.DRPCExecutionException;
import backtype.storm.generated.DRPCRequest;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Open requests of functions that topologies in this process serve; any thread. */
public final class LocalRequests {
  private static final String CLOSED = "Server shutting down";

  private final long timeoutSecs;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<String, Queue<DRPCRequest>> queues = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<String>> open = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public LocalRequests(final long timeoutSecs) {
    this.timeoutSecs = timeoutSecs;
  }

  /**
   * Waits for the answer.
   *
   * @throws DRPCExecutionException when the request fails or takes too long, or after {@link
   *     #close}
   * @throws InterruptedException when the caller is interrupted while it waits
   */
  public String execute(final String function, final String arguments)
      throws DRPCExecutionException, InterruptedException {
    final String id = String.valueOf(lastId.incrementAndGet());
    final DRPCRequest request = new DRPCRequest(arguments, id);
    final CompletableFuture<String> answer = new CompletableFuture<>();
    open.put(id, answer);
    queue(function).add(request);
    if (closed) {
      fail(answer, CLOSED);
    }
    try {
      return answer.get(timeoutSecs, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new DRPCExecutionException("Request timed out");
    } catch (ExecutionException failure) {
      throw new DRPCExecutionException(failure.getCause().getMessage());
    } finally {
      open.remove(id);
      queue(function).remove(request);
    }
  }

  /** The oldest that nobody has fetched; an empty one when there is none, as Storm has it. */
  public DRPCRequest fetch(final String function) {
    final DRPCRequest request = queue(function).poll();
    return request == null ? new DRPCRequest("", "") : request;
  }

  public void result(final String id, final String result) {
    final CompletableFuture<String> answer = open.get(id);
    if (answer != null) {
      answer.complete(result);
    }
  }

  public void fail(final String id) {
    fail(open.get(id), "Request failed");
  }

  /** Fails what is open, and what comes. */
  public void close() {
    closed = true;
    open.values().forEach(answer -> fail(answer, CLOSED));
  }

  private static void fail(final CompletableFuture<String> answer, final String reason) {
    if (answer != null) {
      answer.completeExceptionally(new IllegalStateException(reason));
    }
  }

  private Queue<DRPCRequest> queue(final String function) {
    return queues.computeIfAbsent(function, each -> new ConcurrentLinkedQueue<>());
  }
}
