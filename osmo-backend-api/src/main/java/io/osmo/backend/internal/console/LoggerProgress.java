// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import org.slf4j.Logger;

/** Writes to a logger: at most one line of level INFO for each resource, what it waits for as DEBUG, failures as WARN. */
public final class LoggerProgress implements ProgressListener {
    private static final int LONGEST_LINE = 2000;

    private final Logger log;
    private final Waits waits = new Waits();

    public LoggerProgress(Logger log) {
        this.log = log;
    }

    @Override
    public void onEvent(Event event) {
        if (!waits.isNew(event)) {
            return;
        }
        if (event instanceof Event.ApplyStarted e) {
            log.info("{}: {}, about {}", e.ref(), Text.count(e.resources().size()), Text.clock(e.estimate()));
        } else if (event instanceof Event.ResourceStarted e) {
            log.debug("{}: {} {} ({})", e.ref(), Text.doing(e.action()), e.resource(), line(e.description()));
        } else if (event instanceof Event.ResourceWaiting e) {
            log.debug("{}: {}: {}", e.ref(), e.resource(), line(e.reason()));
        } else if (event instanceof Event.ResourceRetrying e) {
            log.debug("{}: {}: {}", e.ref(), e.resource(), line(Text.retrying(e)));
        } else if (event instanceof Event.ResourceDone e) {
            log.info("{}: {} {}{}", e.ref(), Text.done(e.action()), e.resource(), Text.in(e.elapsed()));
        } else if (event instanceof Event.ResourceFailed e) {
            log.warn("{}: {} failed: {} {}", e.ref(), e.resource(), line(e.error()), line(e.remedy()));
        } else if (event instanceof Event.ResourceSkipped e) {
            log.warn("{}: skipped {}, because {} failed", e.ref(), e.resource(), e.because());
        } else if (event instanceof Event.ResourceCancelled e) {
            log.info("{}: left {} as it is", e.ref(), e.resource());
        } else if (event instanceof Event.ApplyFinished e) {
            if (e.result() == Event.ApplyFinished.Result.SUCCEEDED) {
                log.info("{}: {}", e.ref(), Text.result(e));
            } else {
                log.warn("{}: {}", e.ref(), Text.result(e));
            }
        }
    }

    private static String line(String text) {
        return Text.fit(text, LONGEST_LINE);
    }
}
