// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.resource.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One line for each thing that happens, made for logs: a resource that is done at once has one line, one that takes time has a
 * line when it starts. Polls and retries that bring nothing new are left out.
 */
public final class LineProgress implements ProgressListener {
    private static final int MAX_LINE = 2000;

    private final Sink sink;
    private final Map<ResourceId, Event.ResourceStarted> begun = new HashMap<>();
    private final Map<ResourceId, String> lastSaid = new HashMap<>();
    private Instant begin = Instant.EPOCH;

    public LineProgress(Appendable out) {
        this.sink = new Sink(out);
    }

    @Override
    public synchronized void onEvent(Event event) {
        if (event instanceof Event.ApplyStarted e) {
            begin = e.at();
            begun.clear();
            lastSaid.clear();
            line(event, e.ref() + ": " + Text.count(e.resources().size()) + ", about " + Text.clock(e.estimate()));
        } else if (event instanceof Event.ResourceStarted e) {
            begun.put(e.resource(), e);
        } else if (event instanceof Event.ResourceWaiting e) {
            say(event, e.resource(), e.reason());
        } else if (event instanceof Event.ResourceRetrying e) {
            say(event, e.resource(), Text.retrying(e));
        } else if (event instanceof Event.ResourceDone e) {
            line(event, Text.done(e.action()) + " " + e.resource() + Text.in(e.elapsed()));
        } else if (event instanceof Event.ResourceFailed e) {
            line(
                    event,
                    "FAILED " + e.resource() + ": " + e.error() + (e.remedy().isEmpty() ? "" : " " + e.remedy()));
        } else if (event instanceof Event.ResourceSkipped e) {
            line(event, "skipped " + e.resource() + ", because " + e.because() + " failed");
        } else if (event instanceof Event.ResourceCancelled e) {
            line(event, "left " + e.resource() + " as it is");
        } else if (event instanceof Event.PoolFellBack e) {
            line(event, Text.fellBack(e));
        } else if (event instanceof Event.ApplyFinished e) {
            line(event, Text.result(e));
        }
    }

    private void say(Event event, ResourceId id, String what) {
        Event.ResourceStarted first = begun.remove(id);
        boolean known = what.equals(lastSaid.put(id, what));
        if (first != null) {
            line(
                    event,
                    Text.doing(first.action()) + " " + id + " (" + first.description() + ")"
                            + (what.isEmpty() ? "" : ": " + what));
        } else if (!known && !what.isEmpty()) {
            line(event, id + ": " + what);
        }
    }

    private void line(Event event, String text) {
        String clock = Text.clock(Duration.between(begin, event.at()));
        sink.write(" ".repeat(Math.max(0, 7 - clock.length())) + clock + "  " + Text.fit(text, MAX_LINE) + "\n");
    }
}
