// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.resource.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Redraws a small picture in place: a bar of the whole apply, measured along its critical path, and a line for each resource
 * that is under way. What is done or failed scrolls up above it. Time is that of the events.
 */
public final class TerminalProgress implements ProgressListener {
    private static final String CLEAR_LINE = "\u001b[2K";
    private static final String CLEAR_BELOW = "\u001b[J";
    /** A terminal narrower than was said must cut the picture, not wrap it: its lines are counted to go back up. */
    private static final String CUT_LINES = "\u001b[?7l";

    private static final String WRAP_LINES = "\u001b[?7h";
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final int MAX_RUNNING = 10;

    private final Sink sink;
    private final int width;
    private final Map<ResourceId, Event.Planned> plan = new LinkedHashMap<>();
    private final Map<ResourceId, Running> running = new LinkedHashMap<>();
    private final Map<ResourceId, Boolean> ended = new HashMap<>();
    private String title = "";
    private Instant begin = Instant.EPOCH;
    private Instant lastFrame = Instant.EPOCH;
    private int drawn;

    private static final class Running {
        final Instant since;
        final String doing;
        String reason = "";

        Running(Instant since, String doing) {
            this.since = since;
            this.doing = doing;
        }
    }

    /**
     * @param out a terminal that understands ANSI escapes
     * @param width its columns, at least 40
     */
    public TerminalProgress(Appendable out, int width) {
        this.sink = new Sink(out);
        this.width = Math.max(40, width);
    }

    @Override
    public synchronized void onEvent(Event event) {
        List<String> scroll = new ArrayList<>();
        boolean urgent = true;
        if (event instanceof Event.ApplyStarted e) {
            start(e);
        } else if (event instanceof Event.ResourceStarted e) {
            running.put(e.resource(), new Running(e.at(), Text.doing(e.action())));
        } else if (event instanceof Event.ResourceWaiting e) {
            urgent = say(e.resource(), e.reason());
        } else if (event instanceof Event.ResourceRetrying e) {
            urgent = say(e.resource(), Text.retrying(e));
        } else if (event instanceof Event.EffectAccepted) {
            urgent = false;
        } else if (event instanceof Event.ResourceDone e) {
            end(e.resource());
            scroll.add("✓ " + Text.done(e.action()) + " " + e.resource() + Text.in(e.elapsed()));
        } else if (event instanceof Event.ResourceFailed e) {
            end(e.resource());
            scroll.add("✗ " + e.resource() + ": " + e.error());
            if (!e.remedy().isEmpty()) {
                scroll.add("  " + e.remedy());
            }
        } else if (event instanceof Event.ResourceSkipped e) {
            end(e.resource());
            scroll.add("- skipped " + e.resource() + ": " + e.because() + " failed");
        } else if (event instanceof Event.ResourceCancelled e) {
            end(e.resource());
        } else if (event instanceof Event.PoolFellBack e) {
            scroll.add("~ " + Text.fellBack(e));
        } else if (event instanceof Event.ApplyFinished e) {
            draw(List.of(title + ": " + Text.result(e)), List.of());
            return;
        }
        if (urgent || Duration.between(lastFrame, event.at()).compareTo(FRAME) >= 0) {
            lastFrame = event.at();
            draw(scroll, picture(event.at()));
        }
    }

    private void start(Event.ApplyStarted event) {
        plan.clear();
        running.clear();
        ended.clear();
        event.resources().forEach(planned -> plan.put(planned.resource(), planned));
        title = event.ref().toString();
        begin = event.at();
    }

    private boolean say(ResourceId id, String reason) {
        Running now = running.get(id);
        if (now == null || now.reason.equals(reason)) {
            return false;
        }
        now.reason = reason;
        return true;
    }

    private void end(ResourceId id) {
        running.remove(id);
        ended.put(id, true);
    }

    private List<String> picture(Instant now) {
        List<String> lines = new ArrayList<>();
        double share = share(now);
        String facts = String.format(
                " %3d%%  %d/%d  %s",
                (int) (share * 100), ended.size(), plan.size(), Text.clock(Duration.between(begin, now)));
        int bar = Math.max(10, width - title.length() - facts.length() - 4);
        int full = (int) Math.round(share * bar);
        lines.add(title + "  [" + "█".repeat(full) + "░".repeat(bar - full) + "]" + facts);
        running.entrySet().stream().limit(MAX_RUNNING).forEach(entry -> {
            Event.Planned planned = plan.get(entry.getKey());
            Running one = entry.getValue();
            lines.add("  " + one.doing + " " + entry.getKey() + "  " + Text.clock(Duration.between(one.since, now))
                    + (planned == null ? "" : " of ~" + Text.clock(planned.estimate()))
                    + (one.reason.isEmpty() ? "" : "  " + one.reason));
        });
        if (running.size() > MAX_RUNNING) {
            lines.add("  and " + (running.size() - MAX_RUNNING) + " more");
        }
        return lines;
    }

    /** Done part of the whole, as time: what is left along the longest chain against the estimate of all. */
    private double share(Instant now) {
        Map<ResourceId, Duration> left = new HashMap<>();
        Map<ResourceId, Duration> total = new HashMap<>();
        Duration longestLeft = Duration.ZERO;
        Duration longest = Duration.ZERO;
        // In topological order, so that one pass is enough.
        for (Event.Planned planned : plan.values()) {
            Duration own = remaining(planned, now);
            Duration ownLeft = latest(planned.after(), left).plus(own);
            Duration ownTotal = latest(planned.after(), total).plus(planned.estimate());
            left.put(planned.resource(), ownLeft);
            total.put(planned.resource(), ownTotal);
            longestLeft = longer(longestLeft, ownLeft);
            longest = longer(longest, ownTotal);
        }
        if (longest.isZero()) {
            return plan.isEmpty() ? 1 : (double) ended.size() / plan.size();
        }
        return Math.max(0, 1 - (double) longestLeft.toMillis() / longest.toMillis());
    }

    private Duration remaining(Event.Planned planned, Instant now) {
        if (ended.containsKey(planned.resource())) {
            return Duration.ZERO;
        }
        Running one = running.get(planned.resource());
        if (one == null) {
            return planned.estimate();
        }
        // Never quite done before it is: a hundredth stays until the end.
        Duration rest = planned.estimate().minus(Duration.between(one.since, now));
        return longer(rest, planned.estimate().dividedBy(100));
    }

    private static Duration latest(Set<ResourceId> ids, Map<ResourceId, Duration> of) {
        return ids.stream()
                .map(id -> of.getOrDefault(id, Duration.ZERO))
                .reduce(Duration.ZERO, TerminalProgress::longer);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private void draw(List<String> scroll, List<String> picture) {
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            frame.append("\u001b[").append(drawn).append("A\r");
        }
        scroll.stream()
                .flatMap(line -> Text.wrap(line, width).stream())
                .forEach(line -> frame.append(CLEAR_LINE).append(line).append('\n'));
        frame.append(CUT_LINES);
        picture.forEach(
                line -> frame.append(CLEAR_LINE).append(Text.fit(line, width)).append('\n'));
        frame.append(WRAP_LINES).append(CLEAR_BELOW);
        drawn = picture.size();
        sink.write(frame.toString());
    }
}
