package gearstorm.local0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backtype.storm.generated.DRPCExecutionException;
import backtype.storm.generated.DRPCRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class LocalRequestsTest {
  private static final long LONG_SECS = 600;

  @Test
  void whenARequestIsAnswered_thenItsCallerHasTheResult() {
    final LocalRequests requests = new LocalRequests(LONG_SECS);
    final CompletableFuture<String> answer = call(requests, "f", "a");
    final DRPCRequest request = fetch(requests, "f");
    assertEquals("a", request.get_func_args());
    requests.result(request.get_request_id(), "b");
    assertEquals("b", answer.join());
  }

  @Test
  void whenARequestFails_thenItsCallerHearsSo() {
    final LocalRequests requests = new LocalRequests(LONG_SECS);
    final CompletableFuture<String> answer = call(requests, "f", "a");
    requests.fail(fetch(requests, "f").get_request_id());
    assertEquals("Request failed", failureOf(answer));
  }

  @Test
  void whenNobodyAnswersInTime_thenTheRequestIsNotFetchedAnyMore() {
    final LocalRequests requests = new LocalRequests(0);
    assertThrows(DRPCExecutionException.class, () -> requests.execute("f", "a"));
    assertEquals("", requests.fetch("f").get_request_id());
  }

  @Test
  void whenItIsClosed_thenWhoWaitsHearsSo() {
    final LocalRequests requests = new LocalRequests(LONG_SECS);
    final CompletableFuture<String> answer = call(requests, "f", "a");
    fetch(requests, "f");
    requests.close();
    assertEquals("Server shutting down", failureOf(answer));
  }

  @Test
  void whenItWasClosed_thenWhoComesHearsSoAtOnce() {
    final LocalRequests requests = new LocalRequests(LONG_SECS);
    requests.close();
    assertEquals("Server shutting down", failureOf(call(requests, "f", "a")));
    assertEquals("", requests.fetch("f").get_request_id());
  }

  @Test
  void whenAnotherFunctionIsFetched_thenThereIsNothing() {
    final LocalRequests requests = new LocalRequests(LONG_SECS);
    final CompletableFuture<String> answer = call(requests, "f", "a");
    assertEquals("", requests.fetch("g").get_request_id());
    requests.result(fetch(requests, "f").get_request_id(), "b");
    assertEquals("b", answer.join());
  }

  private static CompletableFuture<String> call(
      final LocalRequests requests, final String function, final String arguments) {
    return CompletableFuture.supplyAsync(
        () -> Sneaky.call(() -> requests.execute(function, arguments)));
  }

  /** As a spout does, which asks again and again. */
  private static DRPCRequest fetch(final LocalRequests requests, final String function) {
    while (true) {
      final DRPCRequest request = requests.fetch(function);
      if (!request.get_request_id().isEmpty()) {
        return request;
      }
      Thread.onSpinWait();
    }
  }

  private static String failureOf(final CompletableFuture<String> answer) {
    final CompletionException error = assertThrows(CompletionException.class, answer::join);
    return ((DRPCExecutionException) error.getCause()).get_msg();
  }
}
