package gearstorm.host.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanReaderTest {
  private static final String PLAN =
      """
      {"planVersion":2,"stormId":"words-1-2","topologyName":"words","generation":"storm-0x","yamlKeys":["b"],
       "processors":[
        {"id":"__acker","kind":"system","host":null,"tasks":[1],"streams":[],"configJson":"{}","ownConfigKeys":[],
         "cycle":null},
        {"id":"split","kind":"bolt","host":"java","tasks":[2,3],
         "streams":[{"id":"default","fields":["word"],"direct":false}],
         "configJson":"{\\"a\\":1,\\"b\\":2}","ownConfigKeys":["a"],"cycle":0}],
       "executors":[{"component":"split","firstTask":2,"lastTask":3,"worker":0}],
       "workers":[{"index":0,"port":6700}],
       "routes":[
        {"source":"split","stream":"default","target":"count","targetTasks":[4,5],
         "choice":{"kind":"fields","indexes":[0]}},
        {"source":"split","stream":"default","target":"log","targetTasks":[6],
         "choice":{"kind":"local-or-shuffle"}}]}
      """;

  @Test
  void aPlanIsReadFieldForField() {
    final ExecutionPlan plan = PlanReader.parse(PLAN);
    assertEquals("words-1-2", plan.stormId());
    assertEquals(Set.of("b"), plan.yamlKeys());
    assertEquals(
        new Processor(
            "split",
            Processor.Kind.BOLT,
            "java",
            List.of(2, 3),
            List.of(new PlannedStream("default", List.of("word"), false)),
            "{\"a\":1,\"b\":2}",
            Set.of("a"),
            0),
        plan.processor("split"));
    assertNull(plan.processor("__acker").host());
    assertNull(plan.processor("__acker").cycle());
    assertEquals(List.of(new WorkerPlan(0, 6700)), plan.workers());
    assertEquals(
        List.of(
            new RouteChoice(RouteChoice.Kind.FIELDS, List.of(0)),
            new RouteChoice(RouteChoice.Kind.LOCAL_OR_SHUFFLE, List.of())),
        plan.routesFrom("split").stream().map(Route::choice).toList());
  }

  @Test
  void executorsAreFoundByTaskAndByWorker() {
    final ExecutionPlan plan = PlanReader.parse(PLAN);
    assertEquals(plan.executors().get(0), plan.executorOf(3));
    assertEquals(plan.executors(), plan.executorsOf(0));
    assertTrue(plan.executorsOf(1).isEmpty());
    assertThrows(PlanFormatException.class, () -> plan.executorOf(1));
  }

  @Test
  void anotherVersionIsRefused() {
    final PlanFormatException refusal =
        assertThrows(
            PlanFormatException.class,
            () -> PlanReader.parse(PLAN.replace("\"planVersion\":2", "\"planVersion\":1")));
    assertEquals("the plan's version is 1, not 2", refusal.getMessage());
  }

  @Test
  void whatIsNoPlanIsRefusedWithAReason() {
    for (final String text :
        List.of(
            "",
            "[]",
            "{\"planVersion\":2}",
            PLAN.replace("\"bolt\"", "\"blot\""),
            PLAN.replace("[2,3]", "[\"x\"]"),
            PLAN.substring(0, 200))) {
      assertThrows(PlanFormatException.class, () -> PlanReader.parse(text), text);
    }
  }
}
