package acme.crawl;

import backtype.storm.generated.GlobalStreamId;
import backtype.storm.grouping.CustomStreamGrouping;
import backtype.storm.task.WorkerTopologyContext;
import java.util.Collections;
import java.util.List;

/** A page always goes to the same fetcher, a page that robots may not read to none. */
final class SiteGrouping implements CustomStreamGrouping {
  private static final long serialVersionUID = 1;

  private transient List<Integer> fetchers;
  private transient int pageIndex;

  @Override
  public void prepare(
      WorkerTopologyContext context, GlobalStreamId stream, List<Integer> targetTasks) {
    fetchers = targetTasks;
    pageIndex = context.getComponentOutputFields(stream).fieldIndex("page");
  }

  @Override
  public List<Integer> chooseTasks(int taskId, List<Object> values) {
    String page = (String) values.get(pageIndex);
    if (!Web.allowed(page)) {
      return Collections.emptyList();
    }
    int index = Math.floorMod(page.hashCode(), fetchers.size());
    return Collections.singletonList(fetchers.get(index));
  }
}
