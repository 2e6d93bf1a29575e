// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.spi.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One line for each thing that happens; polls that see nothing new are left out. Made for logs. */
public final class LineProgress implements ProgressListener {
    private static final int MAX_LINE = 2000;

    private final Sink sink;
    private final Map<ResourceId, String> lastReason = new HashMap<>();
    private Instant begin = Instant.EPOCH;

    public LineProgress(Appendable out) {
        this.sink = new Sink(out);
    }

    @Override
    public synchronized void onEvent(Event event) {
        if (event instanceof Event.ApplyStarted e) {
            begin = e.at();
            lastReason.clear();
            line(event, e.backend() + ": " + e.resources().size() + " resources, about " + Text.clock(e.estimate()));
        } else if (event instanceof Event.ResourceStarted e) {
            line(event, Text.doing(e.action()) + " " + e.resource() + " (" + e.description() + ")");
        } else if (event instanceof Event.ResourceWaiting e) {
            if (!e.reason().equals(lastReason.put(e.resource(), e.reason()))
                    && !e.reason().isEmpty()) {
                line(event, e.resource() + ": " + e.reason());
            }
        } else if (event instanceof Event.ResourceRetrying e) {
            line(event, e.resource() + ": again in " + Text.clock(e.delay()) + ": " + e.error());
        } else if (event instanceof Event.ResourceDone e) {
            line(event, Text.done(e.action()) + " " + e.resource() + " after " + Text.clock(e.elapsed()));
        } else if (event instanceof Event.ResourceFailed e) {
            line(
                    event,
                    "FAILED " + e.resource() + ": " + e.error() + (e.remedy().isEmpty() ? "" : " " + e.remedy()));
        } else if (event instanceof Event.ResourceSkipped e) {
            line(event, "skipped " + e.resource() + ", because " + e.because() + " failed");
        } else if (event instanceof Event.ResourceCancelled e) {
            line(event, "left " + e.resource() + " as it is");
        } else if (event instanceof Event.ApplyFinished e) {
            line(event, Text.result(e));
        }
    }

    private void line(Event event, String text) {
        String clock = Text.clock(Duration.between(begin, event.at()));
        sink.write(" ".repeat(Math.max(0, 7 - clock.length())) + clock + "  " + Text.fit(text, MAX_LINE) + "\n");
    }
}
